"""The chips of the domains that come with the program."""

from pytestqt.qtbot import QtBot

from large_enough.packs.prompt_file import domain_prompts
from large_enough.ui.theme import Theme
from large_enough.ui.widgets.domain_chips import DomainChips

CARD_WIDTH_PX = 1050


def test_all_domains_fit_into_one_line(qtbot: QtBot, theme: Theme) -> None:
    chips = DomainChips(theme, domain_prompts())
    qtbot.addWidget(chips)
    chips.resize(CARD_WIDTH_PX, 40)
    chips.show()
    chips.choose_first()  # now the steps take their place in the line, too
    assert chips.step_on.isVisible()
    assert len(chips.chips) == 9
    qtbot.waitUntil(lambda: len({chip.y() for chip in chips.chips}) == 1)
