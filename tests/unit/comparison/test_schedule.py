"""Who may load or answer next."""

import pytest

from large_enough.comparison.schedule import Phase, letters_to_ask, letters_to_load
from large_enough.domain.round import Mode

W, L, R, A, E = Phase.WAITING, Phase.LOADING, Phase.READY, Phase.ANSWERING, Phase.ENDED


def phases(*given: Phase) -> dict[str, Phase]:
    return dict(zip("ABCD", given, strict=False))


@pytest.mark.parametrize(
    ("given", "fit", "expected"),
    [
        ((W, W), True, ["A"]),
        ((L, W), True, []),
        ((R, W), True, ["B"]),
        ((E, W), True, ["B"]),
        ((R, R), True, []),
        ((A, W), True, []),
        ((W, W), False, ["A"]),
        ((R, W), False, []),
        ((A, W), False, []),
        ((E, W), False, ["B"]),
    ],
)
def test_loading(given: tuple[Phase, ...], fit: bool, expected: list[str]) -> None:
    assert letters_to_load(phases(*given), fit_together=fit) == expected


@pytest.mark.parametrize(
    ("given", "mode", "fit", "seats", "expected"),
    [
        # measured: everything is loaded first, then one at a time
        ((R, W), Mode.MEASURED, True, 2, []),
        ((R, L), Mode.MEASURED, True, 2, []),
        ((R, R), Mode.MEASURED, True, 2, ["A"]),
        ((A, R), Mode.MEASURED, True, 2, []),
        ((E, R), Mode.MEASURED, True, 2, ["B"]),
        # together: all at once, as many as there are shares of cores
        ((R, R), Mode.TOGETHER, True, 2, ["A", "B"]),
        ((R, R, R), Mode.TOGETHER, True, 2, ["A", "B"]),
        ((A, A, R), Mode.TOGETHER, True, 2, []),
        ((E, A, R), Mode.TOGETHER, True, 2, ["C"]),
        # not enough memory: each one loads, answers and goes before the next
        ((R, W), Mode.MEASURED, False, 2, ["A"]),
        ((R, W), Mode.TOGETHER, False, 2, ["A"]),
        ((L, W), Mode.TOGETHER, False, 2, []),
    ],
)
def test_asking(
    given: tuple[Phase, ...], mode: Mode, fit: bool, seats: int, expected: list[str]
) -> None:
    chosen = letters_to_ask(phases(*given), mode=mode, fit_together=fit, seat_count=seats)
    assert chosen == expected
