"""Proposes ladders: models of one family that differ in one thing only."""

from collections import Counter
from collections.abc import Iterable, Sequence

from large_enough.catalog.kinship import family_key
from large_enough.catalog.pairs import is_same_model
from large_enough.domain.pairing import Candidate, Ladder, LadderKind

FEWEST_STEPS = 3
"""Two are a pair."""


def ladders(found: Sequence[Candidate]) -> tuple[Ladder, ...]:
    """Return the ladders, the same for the same models in whatever order they come.

    First those with the fewest models to fetch, then the longest.

    Args:
        found: All models (`catalog.candidates.candidates`).
    """
    ordered = sorted(found, key=lambda each: (each.size_bytes, each.name, each.path))
    proposed = [ladder for family in _families(ordered) for ladder in _of_family(family)]
    return tuple(sorted(proposed, key=_rank))


def _of_family(family: Sequence[Candidate]) -> Iterable[Ladder]:
    models = _models(family)
    for model in models:
        steps = _quantisations(model)
        if len(steps) >= FEWEST_STEPS:
            yield Ladder(kind=LadderKind.QUANTISATIONS, steps=steps)
    if len(models) >= FEWEST_STEPS:
        usual = _usual_quantisation(models)
        chosen = (_chosen(model, usual) for model in models)
        by_size = sorted(chosen, key=lambda each: (each.parameter_count, each.name))
        yield Ladder(kind=LadderKind.SIZES, steps=tuple(by_size))


def _models(family: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the files of a family by model."""
    models: list[list[Candidate]] = []
    for each in family:
        for model in models:
            if is_same_model(model[0], each):
                model.append(each)
                break
        else:
            models.append([each])
    return models


def _usual_quantisation(models: Sequence[Sequence[Candidate]]) -> str:
    """Return the quantisation that most models have, so that sizes differ in size alone."""
    counts = Counter(name for model in models for name in {each.quantisation for each in model})
    return min(counts, key=lambda name: (-counts[name], name))


def _chosen(model: Sequence[Candidate], quantisation: str) -> Candidate:
    """Return the file to use: one that is here, in the usual quantisation where there is one."""
    return min(model, key=lambda each: (not each.is_here, each.quantisation != quantisation))


def _quantisations(model: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return one file of each quantisation, one that is here before one that is not."""
    chosen: dict[str, Candidate] = {}
    for each in sorted(model, key=lambda each: not each.is_here):
        chosen.setdefault(each.quantisation, each)
    return tuple(sorted(chosen.values(), key=lambda each: (each.size_bytes, each.quantisation)))


def _families(found: Sequence[Candidate]) -> list[list[Candidate]]:
    families: dict[tuple[str, str], list[Candidate]] = {}
    for each in found:
        families.setdefault((family_key(each.family), each.variant), []).append(each)
    return list(families.values())


def _rank(ladder: Ladder) -> tuple[int, int, str, str]:
    missing = sum(not step.is_here for step in ladder.steps)
    return missing, -len(ladder.steps), ladder.kind.value, ladder.steps[0].name
