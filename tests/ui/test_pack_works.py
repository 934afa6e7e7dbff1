"""Packs on a real disk: kept, found again, written for others."""

from pathlib import Path

import msgspec
import pytest
from tests.ui.fake_packs import make_pack

from large_enough.domain.errors import RequestError
from large_enough.domain.grade import GradeStatus
from large_enough.domain.pack import ChoiceKey
from large_enough.packs.importing import read_questions
from large_enough.resources.paths import HOME_VARIABLE
from large_enough.ui.pack_forms import PackForm
from large_enough.ui.pack_works import PackWorks


@pytest.fixture
def works(tmp_path: Path) -> PackWorks:
    return PackWorks({HOME_VARIABLE: str(tmp_path)})


def own(works: PackWorks) -> list[str]:
    return [one.name for one in works.find() if not one.is_shipped]


def test_a_new_pack_is_called_by_its_title_and_replaces_no_other(works: PackWorks):
    first = works.save(make_pack("Workshop: fees!"), is_new=True)
    second = works.save(make_pack("Workshop: fees!"), is_new=True)
    assert first.pack is not None
    assert first.pack.id == "workshop-fees"
    assert sorted(own(works)) == ["workshop-fees", "workshop-fees-1"]
    assert first.path != second.path
    assert Path(first.path).is_file()


def test_an_old_pack_is_replaced_and_its_chance_is_computed(works: PackWorks):
    kept = works.save(make_pack("Fees"), is_new=True)
    assert kept.pack is not None
    changed = msgspec.structs.replace(kept.pack, items=kept.pack.items[1:2])
    again = works.save(changed, is_new=False)
    assert again.path == kept.path
    assert again.pack is not None
    assert again.pack.chance == pytest.approx(1 / 3)
    (found,) = [one for one in works.find() if not one.is_shipped]
    assert found.pack == again.pack


def test_a_pack_is_deleted(works: PackWorks):
    works.save(make_pack("Fees"), is_new=True)
    works.delete("fees")
    assert own(works) == []
    with pytest.raises(RequestError):
        works.delete("fees")


@pytest.mark.parametrize("form", [PackForm.JSON, PackForm.CSV])
def test_what_is_written_can_be_read_again(works: PackWorks, tmp_path: Path, form: PackForm):
    pack = make_pack()
    document = works.document(pack, form, f"fees.{form.value}")
    ((name, data),) = document.files.items()
    works.write(str(tmp_path / name), data)
    again = read_questions(tmp_path / name)
    assert again.faults == ()
    assert again.pack is not None
    assert again.pack.items == pack.items


def test_cells_that_would_be_formulas_are_harmless(works: PackWorks):
    item = msgspec.structs.replace(make_pack().items[7], question="=HYPERLINK(1)")
    pack = make_pack(items=(item,))
    for form in (PackForm.CSV, PackForm.PROMPTFOO):
        for data in works.document(pack, form, "x.csv").files.values():
            cells = data.decode("utf-8-sig").replace('"', "").replace("\n", ",").split(",")
            assert not any(cell.startswith("=HYPERLINK") for cell in cells)


def test_options_are_lettered_as_they_stand_in_the_pack(works: PackWorks):
    key = ChoiceKey(choices=("Basic", "Comfort"), answer="Comfort")
    assert works.grade(key, "ANSWER: B", "en").status is GradeStatus.CORRECT
    assert works.grade(key, "ANSWER: A", "en").status is GradeStatus.WRONG
