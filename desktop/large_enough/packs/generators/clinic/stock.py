"""Asks about the store room and the bills of a clinic: stock, units, sums."""

import datetime
from decimal import Decimal

from large_enough.domain.pack import ChoiceKey, DateKey, ListKey, NumberKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import (
    SILENT_DATE,
    SILENT_EUR,
    SILENT_NUMBER,
    SILENT_TEXT,
    money_key,
)
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, rounded, table

_GOODS = ("Gloves", "Syringes", "Swabs", "Bandages", "Masks", "Plasters", "Tubes", "Cannulas")


def _reorder(dice: Dice, _tongue: Tongue) -> Draft:
    goods = dice.some(_GOODS, 6)
    while True:
        stock = [dice.whole(0, 90, 5) for _each in goods]
        least = [dice.whole(10, 60, 5) for _each in goods]
        ordered = [dice.happens(0.25) for _each in goods]
        chosen = [
            name
            for name, have, need, is_ordered in zip(goods, stock, least, ordered, strict=True)
            if have < need and not is_ordered
        ]
        spared = any(
            have < need and is_ordered
            for have, need, is_ordered in zip(stock, least, ordered, strict=True)
        )
        if spared and 1 <= len(chosen) <= 4:
            break
    rows = [
        (name, str(have), str(need), "yes" if is_ordered else "no")
        for name, have, need, is_ordered in zip(goods, stock, least, ordered, strict=True)
    ]
    head = ("Article", "Boxes in stock", "Minimum stock", "On order")
    return Draft(
        context="Articles of which there are fewer boxes than the minimum stock are ordered, unless"
        f" they are on order already.\n\n{table(head, rows)}",
        question="Which articles must be ordered now? List them.",
        key=ListKey(entries=tuple((name,) for name in chosen)),
        explain=", ".join(chosen),
    )


def _boxes(dice: Dice, _tongue: Tongue) -> Draft:
    per_box, per_day, days = dice.pick((20, 25, 40, 50)), dice.whole(12, 60), dice.whole(5, 20)
    stock = dice.whole(0, 6)
    need = per_day * days
    boxes = max(-(-need // per_box) - stock, 0)
    return Draft(
        context=f"{dice.pick(_GOODS)}: {per_box} pieces in a box; {stock} full boxes are in stock."
        " Only whole boxes can be ordered.",
        question=f"{per_day} pieces are used a day. How many boxes must be ordered so that the"
        f" stock lasts for {days} days?",
        key=NumberKey(answer=float(boxes)),
        explain=f"ceil({need} / {per_box}) - {stock} = {boxes}",
    )


def _lasts(dice: Dice, tongue: Tongue) -> Draft:
    per_day, stock = dice.whole(3, 9), dice.whole(40, 200)
    day = datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))
    full = stock // per_day
    last = day + datetime.timedelta(days=full - 1)
    return Draft(
        context=f"The ward uses {per_day} bottles of disinfectant every day, weekends too. On the"
        f" morning of {tongue.date(day)} there are {stock} bottles.",
        question="What is the last date on which the ward can be fully supplied from this stock?",
        key=DateKey(answer=last.isoformat()),
        explain=f"{stock} // {per_day} = {full} days from {day.isoformat()}",
    )


def _convert(dice: Dice, _tongue: Tongue) -> Draft:
    litres, per = dice.whole(2, 9), dice.pick((250, 400, 500, 125))
    used = dice.whole(1, 12)
    left = litres * 1000 - used * per
    if left < 0:
        litres, left = litres + 6, left + 6000
    return Draft(
        context="1 litre is 1,000 millilitres. The cleaning solution stands in a can of"
        f" {litres} litres; a bucket takes {per} millilitres of it.",
        question=f"How many millilitres are left in a full can after {used} buckets?",
        key=NumberKey(answer=float(left), unit="ml", unit_factors={"l": 1000.0, "litres": 1000.0}),
        explain=f"{litres} x 1000 - {used} x {per} = {left}",
    )


def _mixing(dice: Dice, _tongue: Tongue) -> Draft:
    parts, total = dice.pick((9, 19, 24, 49)), dice.whole(2, 10)
    agent = Decimal(total * 1000) / (parts + 1)
    return Draft(
        context=f"Floor cleaner is mixed 1 : {parts}, that is, one part of concentrate and {parts}"
        " parts"
        " of water.",
        question=f"How many millilitres of concentrate are needed for {total} litres of the"
        " mixture?",
        key=NumberKey(answer=float(rounded(agent, Decimal("0.1"))), unit="ml", tolerance_abs=0.51),
        explain=f"{total * 1000} / {parts + 1} = {agent}",
    )


def _fever(dice: Dice, _tongue: Tongue) -> Draft:
    celsius = Decimal(dice.whole(355, 405)) / 10
    factor, more = dice.whole(2, 5), dice.whole(5, 30)
    marks = celsius * factor + more
    return Draft(
        context="The old thermometer of the ward shows marks, not degrees: multiply degrees Celsius"
        f" by {factor} and add {more}.",
        question=f"How many marks does it show at {celsius} degrees Celsius? One decimal.",
        key=NumberKey(answer=float(marks), tolerance_abs=0.051),
        explain=f"{celsius} x {factor} + {more} = {marks}",
    )


def _bill(dice: Dice, tongue: Tongue) -> Draft:
    names = ("Consultation", "Blood count", "Ultrasound", "Dressing")
    prices = [Decimal(dice.whole(800, 6500, 25)) / 100 for _name in names]
    counts = [dice.whole(0, 3) for _name in names]
    counts[dice.whole(0, 3)] += 1
    share = dice.pick((10, 20, 25))
    total = sum((n * p for n, p in zip(counts, prices, strict=True)), Decimal(0))
    own = rounded(total * share / 100)
    rows = [(name, tongue.number(price, 2)) for name, price in zip(names, prices, strict=True)]
    done = ", ".join(f"{name} {count}x" for name, count in zip(names, counts, strict=True) if count)
    return Draft(
        context=f"{table(('Service', 'EUR each'), rows)}\n\nPatients pay {share} % of the total"
        " themselves, rounded to the cent; the insurer pays the rest.",
        question=f"Done: {done}. How much does the patient pay, in EUR?",
        key=money_key(own),
        explain=f"{share} % of {total} = {own}",
    )


def _supplier(dice: Dice, tongue: Tongue) -> Draft:
    names, boxes = ("Medora", "Sanivia", "Klinipro"), dice.whole(4, 30)
    while True:
        price = [Decimal(dice.whole(400, 900, 10)) / 100 for _name in names]
        freight = [dice.whole(0, 30, 5) for _name in names]
        free_from = [dice.pick((50, 100, 150)) for _name in names]
        costs = [
            boxes * each + (0 if boxes * each >= limit else extra)
            for each, extra, limit in zip(price, freight, free_from, strict=True)
        ]
        ordered = sorted(costs)
        if ordered[1] - ordered[0] >= 1:
            break
    rows = [
        (name, tongue.number(each, 2), str(extra), str(limit))
        for name, each, extra, limit in zip(names, price, freight, free_from, strict=True)
    ]
    head = (
        "Supplier",
        "EUR a box",
        "Freight in EUR",
        "Goods worth this much (EUR) go free of freight",
    )
    return Draft(
        context=table(head, rows),
        question=f"{boxes} boxes are needed from one supplier. Where is the order cheapest, freight"
        " included?",
        key=ChoiceKey(choices=names, answer=names[costs.index(ordered[0])]),
        explain=", ".join(f"{name}: {cost}" for name, cost in zip(names, costs, strict=True)),
    )


def _expiry(dice: Dice, tongue: Tongue) -> Draft:
    batches = [f"B{dice.whole(100, 999)}" for _batch in range(4)]
    today = datetime.date(2026, dice.whole(2, 11), dice.whole(1, 28))
    while True:
        left = [dice.whole(-40, 200) for _batch in batches]
        alive = [days for days in left if days > 0]
        if len(alive) >= 2 and len(set(left)) == len(left) and len(set(batches)) == len(batches):
            break
        batches = [f"B{dice.whole(100, 999)}" for _batch in range(4)]
    best = batches[left.index(min(alive))]
    rows = [
        (batch, tongue.date(today + datetime.timedelta(days=days)))
        for batch, days in zip(batches, left, strict=True)
    ]
    return Draft(
        context="From the batches that have not expired, the one that expires first is used first."
        f" Today is {tongue.date(today)}.\n\n{table(('Batch', 'Expires'), rows)}",
        question="Which batch is to be used next?",
        key=ChoiceKey(choices=tuple(batches), answer=best),
        explain=best,
    )


def _silent(dice: Dice, _tongue: Tongue) -> Draft:
    goods = dice.some(_GOODS, 4)
    rows = [(name, str(dice.whole(2, 60)), str(dice.whole(5, 30))) for name in goods]
    asked, key = dice.pick(
        (
            (f"What does a box of {goods[0].lower()} cost, in EUR?", SILENT_EUR),
            (f"When do the {goods[1].lower()} expire?", SILENT_DATE),
            (f"Who delivers the {goods[2].lower()}?", SILENT_TEXT),
            (f"How many pieces are in a box of {goods[3].lower()}?", SILENT_NUMBER),
        )
    )
    return Draft(
        context=table(("Article", "Boxes in stock", "Minimum stock"), rows),
        question=asked,
        key=key,
        explain="The list does not say.",
    )


TEMPLATES = (
    Template(name="to-order", family=Family.SELECTION, level=2, draw=_reorder),
    Template(name="boxes", family=Family.ARITHMETIC, level=2, draw=_boxes),
    Template(name="lasts-until", family=Family.DEADLINE, level=3, draw=_lasts),
    Template(name="left-in-can", family=Family.ARITHMETIC, level=2, draw=_convert),
    Template(name="mixing", family=Family.ARITHMETIC, level=3, draw=_mixing),
    Template(name="thermometer", family=Family.ARITHMETIC, level=2, draw=_fever),
    Template(name="own-share", family=Family.ARITHMETIC, level=3, draw=_bill),
    Template(name="supplier", family=Family.ARITHMETIC, level=2, draw=_supplier),
    Template(name="next-batch", family=Family.RULE, level=2, draw=_expiry),
    Template(name="stock-silent", family=Family.SILENCE, level=3, draw=_silent),
)
