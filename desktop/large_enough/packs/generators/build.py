"""Builds a pack from its domain's templates and a seed."""

import uuid

import msgspec

from large_enough.domain.pack import FreeKey, Pack, PackDefaults, PackItem
from large_enough.domain.quantity import Unavailable
from large_enough.packs.chance import chance_level
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.template import Demo, Domain, Draft, Template
from large_enough.packs.generators.tongue import Tongue

SHIPPED_SEED = 1
"""The packs that come with the program are built from this seed."""
ITEMS_PER_TEMPLATE = 5
MOST_WORDS = 350
"""Of a document: with a question it fits a context of 2,048 tokens, on slow laptops too."""
_MOST_DRAWS = 200
_NAMESPACE = uuid.UUID("6f1f2f6e-6f7c-5b0e-9a53-6d8f3a1c2b47")
"""Ours, for canaries."""
_MAX_TOKENS = 512


def build(
    domain: Domain,
    *,
    seed: int = SHIPPED_SEED,
    language: str = "en",
    per_template: int = ITEMS_PER_TEMPLATE,
) -> Pack:
    """Build a pack: the same one from the same arguments, byte for byte.

    Args:
        domain: What the pack is about.
        seed: Another seed gives other companies, numbers and keys.
        language: One of the domain's.
        per_template: Items of each template.

    Raises:
        ValueError: The domain has no such language, or a template cannot draw so many different
            items (a fault of the template).
    """
    if language not in domain.languages:
        message = f"{domain.id} is not written in {language}"
        raise ValueError(message)
    tongue = Tongue(language)
    name = domain.id if language == "en" else f"{domain.id}-{language}"
    is_shipped = seed == SHIPPED_SEED
    items = [
        item
        for template in domain.templates
        for item in _items(domain, template, seed, tongue, per_template)
    ]
    demos = [_demo_item(demo) for demo in domain.demos(tongue)]
    pack = Pack(
        id=name if is_shipped else f"{name}-{seed}",
        version=domain.version if is_shipped else f"{domain.version}+seed.{seed}",
        title=domain.title(tongue) if is_shipped else _variant_title(domain, tongue, seed),
        language=language,
        domain=domain.field,
        licence="CC-BY-4.0",
        authors=("Large Enough",),
        canary=str(uuid.uuid5(_NAMESPACE, f"{name}/{domain.version}/{seed}")),
        description=domain.description(tongue),
        about=domain.about(tongue),
        reasons_first=True,
        defaults=PackDefaults(max_tokens=_MAX_TOKENS),
        margin=domain.margin,
        items=(*items, *demos),
    )
    chance = chance_level(pack)
    return msgspec.structs.replace(
        pack, chance=chance if isinstance(chance, Unavailable) else round(chance, 4)
    )


def _variant_title(domain: Domain, tongue: Tongue, seed: int) -> str:
    """Return a title that tells a variant from the others."""
    variant = tongue.say(f"variant {seed}", f"Variante {seed}")
    return f"{domain.title(tongue)} ({variant})"


def _items(
    domain: Domain, template: Template, seed: int, tongue: Tongue, count: int
) -> list[PackItem]:
    """Draw items of one template that differ in what is asked; answers may repeat."""
    items: list[PackItem] = []
    seen: set[str] = set()
    for attempt in range(_MOST_DRAWS):
        draft = template.draw(Dice(f"{domain.id}/{template.name}/{seed}/{attempt}"), tongue)
        if len(items) == count:
            break
        asked = " ".join(f"{draft.context} {draft.question}".split()).casefold()
        if asked not in seen:
            seen.add(asked)
            items.append(_item(domain, template, seed, len(items) + 1, draft))
    if len(items) < count:
        message = f"{domain.id}/{template.name} draws only {len(items)} different items"
        raise ValueError(message)
    return items


def _item(domain: Domain, template: Template, seed: int, number: int, draft: Draft) -> PackItem:
    return PackItem(
        id=f"{template.name}-{number}",
        question=draft.question,
        context=draft.context,
        key=draft.key,
        group=template.name,
        family=template.family.value,
        level=template.level,
        explain=draft.explain,
        source=f"generator:{domain.id}@seed={seed}",
        extract=draft.extract,
    )


def _demo_item(demo: Demo) -> PackItem:
    return PackItem(
        id=demo.name,
        question=demo.question,
        context=demo.context,
        key=FreeKey(keywords=demo.keywords),
        group=demo.name,
        family="demo",
        demo=True,
        source="hand-made",
    )
