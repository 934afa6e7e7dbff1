"""Simulates runs whose truth is known, and counts how often the verdict is false.

`python -m tests.helpers.verdict_streams` prints the table at full size; the tests take fewer runs.

At the margin itself the small model is *not* large enough, so every "large enough" is a false
claim: 5 % are promised. Allowed are 6 % where questions stand alone, 7 % where they go together in
groups, and 5 % for evidence that is looked at after each question.
"""

import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from large_enough.domain.verdict import Outcome
from large_enough.stats.evidence import ENOUGH_EVIDENCE, grouped_enough
from large_enough.stats.noninferiority import decide
from large_enough.stats.paired_difference import PairedDifference, paired_difference

MARGIN = 0.10
ALONE_ALLOWED = 0.06
GROUPED_ALLOWED = 0.07
ANYTIME_ALLOWED = 0.05
SEED = 20_261_128
CAMPAIGN_RUNS = 4_000
NOISE = 2.5
"""Standard errors of the simulation itself."""


@dataclass(frozen=True, kw_only=True)
class Stream:
    """How answers to questions come about."""

    name: str
    groups: int
    size: int = 1
    """Questions of a group."""
    lone: int = 0
    """Further questions that stand alone."""
    likeness: float = 0.0
    """Share of the groups in which all questions go the same way."""
    worse: float = 0.20
    """Share of the questions on which the small model gets `loss` less."""
    better: float = 0.10
    """Share of those on which it gets `gain` more."""
    loss: float = 1.0
    gain: float = 1.0

    @property
    def difference(self) -> float:
        """The true difference, small minus large."""
        return self.better * self.gain - self.worse * self.loss

    @property
    def has_parts(self) -> bool:
        """Whether scores are parts of points."""
        return self.loss < 1 or self.gain < 1

    @property
    def allowed(self) -> float:
        """Share of false claims that is allowed."""
        return ALONE_ALLOWED if self.size == 1 else GROUPED_ALLOWED

    def drawn(self, random: np.random.Generator) -> npt.NDArray[np.float64]:
        """Return the differences of one run in its groups, a row for each."""
        return self._drawn(random, self.groups, self.size)

    def drawn_with_lone(self, random: np.random.Generator) -> list[list[float]]:
        """Return the differences of one run by group, those that stand alone behind the others."""
        lone = self._drawn(random, self.lone, 1)
        return [*self.drawn(random).tolist(), *lone.tolist()]

    def _drawn(
        self, random: np.random.Generator, groups: int, size: int
    ) -> npt.NDArray[np.float64]:
        draws = random.random((groups, size))
        shared = random.random(groups) < self.likeness
        draws[shared] = draws[shared][:, :1]
        is_better = draws < self.worse + self.better
        return np.where(draws < self.worse, -self.loss, np.where(is_better, self.gain, 0.0))


@dataclass(frozen=True, kw_only=True)
class Share:
    """How often something was claimed."""

    stream: Stream
    runs: int
    enough: float
    """Share of the runs whose verdict is "large enough"."""
    anytime: float
    """Share in which the evidence allowed that claim at any time."""

    @property
    def is_fine(self) -> bool:
        """Whether there are no more false claims than allowed, but for the noise of the draws."""
        return self._is_within(self.enough, self.stream.allowed) and self._is_within(
            self.anytime, ANYTIME_ALLOWED
        )

    def _is_within(self, share: float, allowed: float) -> bool:
        return share <= allowed + NOISE * math.sqrt(allowed * (1 - allowed) / self.runs)

    def row(self) -> str:
        """Return a line of the table."""
        stream = self.stream
        return (
            f"{stream.name:<34} {stream.groups:>4} x {stream.size:<2} + {stream.lone:<3}"
            f"{stream.difference:>+6.3f}  "
            f"{100 * self.enough:>6.2f} %  {100 * self.anytime:>6.2f} %"
        )


AT_THE_MARGIN = (
    *(Stream(name="alone", groups=count) for count in (20, 60, 100, 200)),
    *(Stream(name="alone, never better", groups=count, worse=0.1, better=0) for count in (60, 200)),
    Stream(name="alone, often different", groups=100, worse=0.35, better=0.25),
    *(
        Stream(name=f"groups, alike in {likeness:.0%}", groups=groups, size=size, likeness=likeness)
        for groups, size in ((20, 5), (40, 3))
        for likeness in (0.0, 0.3, 1.0)
    ),
    *(
        Stream(name="large among lone", groups=groups, size=size, lone=lone, likeness=likeness)
        for groups, size, lone in ((1, 40, 40), (2, 20, 60), (3, 10, 30))
        for likeness in (0.2, 0.5, 1.0)
    ),
    Stream(name="groups, never better", groups=20, size=5, likeness=1.0, worse=0.1, better=0),
    *(
        Stream(name="parts: losses of a half", groups=count, worse=0.2, better=0.0, loss=0.5)
        for count in (20, 60, 100)
    ),
    *(
        Stream(name="parts: small gains", groups=count, worse=0.15, better=0.25, gain=0.2)
        for count in (20, 60, 200)
    ),
    Stream(name="parts: small losses", groups=100, worse=0.75, better=0.05, loss=0.2),
    *(
        Stream(
            name="parts in groups",
            groups=groups,
            size=size,
            likeness=0.5,
            worse=0.3,
            better=0.05,
            loss=0.5,
        )
        for groups, size in ((20, 5), (50, 4))
    ),
    Stream(
        name="parts in groups, all alike",
        groups=20,
        size=5,
        likeness=1.0,
        worse=0.2,
        better=0.0,
        loss=0.5,
    ),
)
"""Truly worse by the margin: every claim is false."""

POWER = {
    (20, 0.05): (0.11, 0.13, 0.12),
    (40, 0.05): (0.22, 0.16, 0.14),
    (60, 0.05): (0.29, 0.22, 0.17),
    (100, 0.05): (0.43, 0.29, 0.23),
    (200, 0.05): (0.70, 0.47, 0.36),
    (20, 0.10): (0.27, 0.21, 0.18),
    (40, 0.10): (0.55, 0.39, 0.31),
    (60, 0.10): (0.72, 0.50, 0.41),
    (100, 0.10): (0.90, 0.71, 0.56),
    (200, 0.10): (0.99, 0.93, 0.82),
}
"""Chance of "large enough" for equal models, by questions and margin; see `DISCORDANT`."""
DISCORDANT = (0.10, 0.20, 0.30)
"""Share of the questions that exactly one of them gets right."""


def simulate(stream: Stream, runs: int, *, margin: float = MARGIN, seed: int = SEED) -> Share:
    """Return how often a run of that kind ends with "large enough"."""
    random = np.random.default_rng(seed)
    enough = anytime = 0
    for _run in range(runs):
        rows = stream.drawn_with_lone(random)
        found = paired_difference(_by_group(rows), has_parts=stream.has_parts)
        enough += _is_enough(found, margin)
        anytime += _ever(rows, random, margin)
    return Share(stream=stream, runs=runs, enough=enough / runs, anytime=anytime / runs)


def equal(count: int, discordant: float) -> Stream:
    """Return a stream of two models that are equally good."""
    half = discordant / 2
    return Stream(name=f"equal, {discordant:.0%} differ", groups=count, worse=half, better=half)


def campaign(runs: int = CAMPAIGN_RUNS) -> Iterator[Share]:
    """Return the false claims of all streams."""
    for stream in AT_THE_MARGIN:
        yield simulate(stream, runs)


def main() -> int:
    """Print the tables; return 1 if there are more false claims than allowed."""
    is_fine = True
    _say("truly worse by 10 points           groups x size + lone  true   false  at any time")
    for share in campaign():
        is_fine &= share.is_fine
        _say(share.row())
    _say('equally good: chance of "large enough", in brackets that of the design')
    for (count, margin), wanted in POWER.items():
        found = [
            simulate(equal(count, share), CAMPAIGN_RUNS, margin=margin).enough
            for share in DISCORDANT
        ]
        cells = (f"{one:.2f} ({two:.2f})" for one, two in zip(found, wanted, strict=True))
        _say(f"{count:>4} questions, margin {margin:.2f}: {'  '.join(cells)}")
    return 0 if is_fine else 1


def _by_group(rows: Sequence[Sequence[float]]) -> Mapping[str, Sequence[float]]:
    return {str(place): row for place, row in enumerate(rows)}


def _is_enough(found: PairedDifference, margin: float) -> bool:
    decision = decide(found.limits, margin, count=found.effective_count, discordant=found.spread)
    return decision.outcome is Outcome.LARGE_ENOUGH


def _ever(rows: Sequence[Sequence[float]], random: np.random.Generator, margin: float) -> bool:
    """Return whether the evidence would ever allow the claim, with questions in random order."""
    asked = [(value, str(place)) for place, row in enumerate(rows) for value in row]
    mixed = [asked[place] for place in random.permutation(len(asked))]
    values, clusters = [value for value, _name in mixed], [name for _value, name in mixed]
    return max(grouped_enough(values, margin, clusters)) >= ENOUGH_EVIDENCE


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
