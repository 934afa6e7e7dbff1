"""Asks about policies: what is covered, and what is paid."""

from decimal import Decimal

from large_enough.domain.pack import ChoiceKey, LabelKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import SILENT_EUR, money_key
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, counted, rounded, table

INSURERS = ("Alder Mutual", "Brightwater Cover", "Castell Insurance", "Dovetail Assurance")


def _payout(dice: Dice, tongue: Tongue) -> Draft:
    damage, excess = dice.whole(300, 9000, 50), dice.pick((100, 150, 250, 300, 500))
    most = dice.whole(2000, 6000, 500)
    paid = min(max(damage - excess, 0), most)
    return Draft(
        context=f"{dice.pick(INSURERS)}, household policy. From each claim an excess of"
        f" {tongue.money(excess)} is deducted first. What remains is paid up to a limit of"
        f" {tongue.money(most)}.",
        question=f"A burst pipe causes damage of EUR {damage}. How much is paid, in EUR?",
        key=money_key(paid),
        explain=f"min({damage} - {excess}, {most}) = {paid}",
    )


def _used_value(dice: Dice, tongue: Tongue) -> Draft:
    steps = (100, 80, 60, 40, 20)
    price, years, months = dice.whole(300, 2400, 20), dice.whole(0, 4), dice.whole(1, 11)
    excess = dice.pick((15, 25, 50))
    paid = max(rounded(Decimal(price) * steps[years] / 100) - excess, Decimal(0))
    rows = [(f"year {year + 1}", f"{share} %") for year, share in enumerate(steps)]
    return Draft(
        context="Device cover: the age of the device on the day of the damage or theft decides"
        " which share"
        f" of the purchase price is paid. An excess of {tongue.money(excess)} is deducted from the"
        f" result.\n\n{table(('Device is in its', 'Share paid'), rows)}",
        question=f"A camera bought for EUR {price} is stolen when it is {years} years and {months}"
        " months old. How much is paid, in EUR?",
        key=money_key(paid),
        explain=f"year {years + 1}: {steps[years]} % of {price} - {excess} = {paid}",
    )


_EVENTS = (
    ("a storm tore tiles off the roof", 0),
    ("hail broke the greenhouse", 0),
    ("the washing machine hose burst at night", 1),
    ("a frozen pipe cracked in the kitchen", 1),
    ("thieves forced the balcony door and took the silver", 2),
    ("somebody broke the lock of the cellar and took two bicycles", 2),
    ("the river came over its bank and filled the cellar", 3),
    ("after days of rain the stream stood in the living room", 3),
    ("the owner left the window open and rain ruined the carpet", 4),
    ("the owner forgot candles and they burnt a hole into the table", 4),
)
_COVER = ("covered: storm and hail", "covered: tap water", "covered: burglary",
          "not covered: flood", "not covered: own carelessness")  # fmt: skip


def _covered(dice: Dice, _tongue: Tongue) -> Draft:
    event, kind = dice.pick(_EVENTS)
    insurer = dice.pick(INSURERS)
    return Draft(
        context=f"{insurer}, home policy. Covered are: storm and hail; water from pipes and"
        " connected machines; burglary with traces of force. Not covered are: flood, that is, open"
        " water or rain that rises over the ground; damage by the policyholder's own carelessness.",
        question=f"Report: {event}. How is this claim to be filed?",
        key=ChoiceKey(choices=_COVER, answer=_COVER[kind]),
        explain=_COVER[kind],
    )


def _premium(dice: Dice, tongue: Tongue) -> Draft:
    bands, sums = ("18-29", "30-44", "45-59", "60-70"), (50, 100, 200)
    price = [[Decimal(dice.whole(300, 495, 5) + 300 * row + 250 * col) / 100 for col in range(3)]
             for row in range(4)]  # fmt: skip
    row, col = dice.whole(0, 3), dice.whole(0, 2)
    low, high = (int(part) for part in bands[row].split("-"))
    age = dice.whole(low, high)
    lines = "\n".join(
        f"Age {band}: "
        + ", ".join(
            f"{tongue.money(each)} for {amount},000"
            for each, amount in zip(line, sums, strict=True)
        )
        for band, line in zip(bands, price, strict=True)
    )
    return Draft(
        context=f"Term life insurance of {dice.pick(INSURERS)}, premium a month by age and sum"
        f" insured:\n\n{lines}",
        question=f"What does a person aged {age} pay a month for a sum of EUR {sums[col]},000?",
        key=money_key(price[row][col]),
        explain=f"{bands[row]} / {sums[col]},000: {price[row][col]}",
    )


def _premium_silent(dice: Dice, tongue: Tongue) -> Draft:
    rows = [(name, tongue.number(Decimal(dice.whole(300, 2500, 5)) / 100, 2))
            for name in ("Liability", "Household", "Bicycle", "Travel")]  # fmt: skip
    asked, key = dice.pick(
        (
            ("What does cover for a dog cost a month, in EUR?", SILENT_EUR),
            ("By how much does the price fall if one pays once a year, in EUR?", SILENT_EUR),
            ("How high is the excess of the bicycle cover, in EUR?", SILENT_EUR),
            ("Up to which sum does the liability cover pay, in EUR?", SILENT_EUR),
        )
    )
    return Draft(
        context=f"{dice.pick(INSURERS)}: prices\n\n{table(('Cover', 'EUR a month'), rows)}",
        question=asked,
        key=key,
        explain="The list does not say.",
    )


def _underinsured(dice: Dice, tongue: Tongue) -> Draft:
    value = dice.whole(40, 120, 5) * 1000
    insured = dice.whole(20, value // 1000 + 20, 5) * 1000
    damage = dice.whole(2, 18) * 1000
    paid = damage if insured >= value else rounded(Decimal(damage) * insured / value)
    return Draft(
        context="If the sum insured is lower than the value of the contents, only the share of a"
        " damage is paid that the sum insured is of the value (damage times sum insured, divided by"
        " the value), rounded to the cent. If it is as high or higher, the damage is paid in full."
        f" Sum insured: {tongue.money(insured)}.",
        question=f"The contents are worth EUR {value}. A fire causes a damage of EUR {damage}. How"
        " much is paid, in EUR?",
        key=money_key(paid),
        explain=f"{damage} x min(1, {insured} / {value}) = {paid}",
    )


def _bonus_class(dice: Dice, tongue: Tongue) -> Draft:
    base, start = dice.whole(300, 900, 20), dice.whole(3, 8)
    years, claims = dice.whole(3, 6), dice.whole(1, 2)
    rate = [100, 90, 80, 72, 65, 59, 54, 50, 46, 43, 40, 38, 36, 34, 32]
    final = max(start + (years - claims) - 3 * claims, 0)
    amount = rounded(Decimal(base) * rate[final] / 100)
    listed = ", ".join(f"class {number}: {share} %" for number, share in enumerate(rate))
    return Draft(
        context="Motor insurance. A year without a claim raises the class by one. A year with a"
        " claim lowers it by three, but never below class 0; there is at most one claim a year."
        f" The premium is a share of the basic premium of {tongue.money(base)}: {listed}.",
        question=f"A driver begins in class {start}. {counted(years - claims, 'year', 'years')}"
        " without a claim and"
        f" then {counted(claims, 'year', 'years')} with one claim each follow. Which premium holds"
        " after that, in EUR?",
        key=money_key(amount),
        explain=f"class {start} -> {final}: {rate[final]} % of {base} = {amount}",
    )


def _hospital(dice: Dice, tongue: Tongue) -> Draft:
    per_day, wait, most = dice.whole(20, 60, 5), dice.whole(2, 4), dice.whole(15, 30, 5)
    days = dice.whole(3, 40)
    paid_days = min(max(days - wait, 0), most)
    return Draft(
        context=f"Hospital cover: {tongue.money(per_day)} a day from day {wait + 1} of a stay on,"
        f" for at most {most} days for each stay.",
        question=f"Somebody is in hospital for {days} days. How much is paid, in EUR?",
        key=money_key(per_day * paid_days),
        explain=f"{paid_days} x {per_day}",
    )


def _cheapest(dice: Dice, tongue: Tongue) -> Draft:
    names = dice.some(INSURERS, 3)
    while True:
        premium = [dice.whole(60, 240, 10) for _name in names]
        excess = [dice.whole(0, 400, 50) for _name in names]
        damages = [dice.whole(100, 900, 50) for _damage in range(2)]
        costs = [year + sum(min(each, own) for each in damages)
                 for year, own in zip(premium, excess, strict=True)]  # fmt: skip
        ordered = sorted(costs)
        if ordered[1] - ordered[0] >= 10 and costs.index(ordered[0]) != premium.index(min(premium)):
            break
    rows = [(name, tongue.number(year, 2), tongue.number(own, 2))
            for name, year, own in zip(names, premium, excess, strict=True)]  # fmt: skip
    head = ("Insurer", "Premium a year in EUR", "Excess per damage in EUR")
    return Draft(
        context=f"{table(head, rows)}\n\nOf each damage the customer pays the first part, up to"
        " the excess;"
        " the insurer pays the rest.",
        question=f"In a year there are two damages, of EUR {damages[0]} and EUR {damages[1]}. With"
        " which insurer do premium and own share together cost least?",
        key=ChoiceKey(choices=names, answer=names[costs.index(ordered[0])]),
        explain=", ".join(f"{name}: {cost}" for name, cost in zip(names, costs, strict=True)),
    )


def _who_pays(dice: Dice, _tongue: Tongue) -> Draft:
    age, is_ride = dice.whole(4, 11), dice.happens(0.5)
    is_watched = dice.happens(0.7)
    pays = (
        "yes" if (age >= 10 and is_ride) or (age >= 7 and not is_ride) or not is_watched else "no"
    )
    return Draft(
        context="Family liability. Children under 7 are not liable for damage; in road traffic"
        " children under 10 are not. For damage by a child that is not liable, the policy pays"
        " only if the parents had failed to watch the child. For damage by a child that is liable,"
        " it always pays.",
        question=f"A child of {age} years scratched a car"
        f" {'while cycling on the street' if is_ride else 'with a stone in a back yard'}. The"
        f" parents had {'watched the child as they should' if is_watched else 'not watched it'}."
        " Does the policy pay?",
        key=LabelKey(labels=("yes", "no"), answer=pays),
        explain=f"age {age}, traffic: {is_ride}, watched: {is_watched}",
    )


TEMPLATES = (
    Template(name="payout", family=Family.ARITHMETIC, level=2, draw=_payout),
    Template(name="used-value", family=Family.ARITHMETIC, level=3, draw=_used_value),
    Template(name="is-covered", family=Family.ROUTING, level=1, draw=_covered),
    Template(name="premium-lookup", family=Family.LOOKUP, level=3, draw=_premium),
    Template(name="premium-silent", family=Family.SILENCE, level=3, draw=_premium_silent),
    Template(name="underinsured", family=Family.ARITHMETIC, level=3, draw=_underinsured),
    Template(name="bonus-class", family=Family.RULE, level=3, draw=_bonus_class),
    Template(name="hospital-days", family=Family.ARITHMETIC, level=3, draw=_hospital),
    Template(name="cheapest-insurer", family=Family.ARITHMETIC, level=3, draw=_cheapest),
    Template(name="child-liable", family=Family.RULE, level=2, draw=_who_pays),
)
