"""Asks about orders: fields of messages, policies, refunds and dates."""

import datetime
from decimal import Decimal

from large_enough.domain.pack import (
    ChoiceKey,
    DateKey,
    JsonKey,
    LabelKey,
    NumberKey,
    TextKey,
)
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.names import FIRST_NAMES, LAST_NAMES, TOWNS
from large_enough.packs.generators.parts import (
    SILENT_DATE,
    SILENT_EUR,
    SILENT_NUMBER,
    SILENT_TEXT,
    broken_rule,
    money_key,
)
from large_enough.packs.generators.support.routing import PRODUCTS
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, rounded, table


def _day(dice: Dice) -> datetime.date:
    return datetime.date(2026, dice.whole(1, 12), dice.whole(1, 28))


def _order_number(dice: Dice) -> str:
    return f"A{dice.whole(100000, 999999)}"


def _fields(dice: Dice, tongue: Tongue) -> Draft:
    number, other = _order_number(dice), _order_number(dice)
    name = f"{dice.pick(FIRST_NAMES)} {dice.pick(LAST_NAMES)}"
    thing, count, day = dice.pick(PRODUCTS), dice.whole(1, 4), _day(dice)
    return Draft(
        context=f"Hello, my order {number} of {tongue.date(day)} ({count} x {thing}) came with a"
        f" broken handle. Order {other} was fine. Please help. {name}, {dice.pick(TOWNS)}",
        question='Give the complaint as JSON with the fields "order" (the one complained about),'
        ' "name", "product", "pieces" (number) and "ordered" (YYYY-MM-DD).',
        key=JsonKey(
            answer={
                "order": number,
                "name": name,
                "product": thing,
                "pieces": count,
                "ordered": day.isoformat(),
            },
            json_schema={
                "type": "object",
                "required": ["order", "name", "product", "pieces", "ordered"],
            },
        ),
        explain=f"{number}, {name}, {thing}, {count}, {day.isoformat()}",
    )


def _reply_fields(dice: Dice, _tongue: Tongue) -> Draft:
    number, town = _order_number(dice), dice.pick(TOWNS)
    street, house = f"{dice.pick(LAST_NAMES)} Road", dice.whole(1, 180)
    old = f"{dice.pick(LAST_NAMES)} Lane"
    return Draft(
        context=f"I have moved. Please do not send {number} to {old} {dice.whole(1, 99)} any more,"
        f" but to {street} {house} in {town}. The telephone number stays the same.",
        question='Give the new address as JSON with the fields "order", "street", "house" (number)'
        ' and "town".',
        key=JsonKey(
            answer={"order": number, "street": street, "house": house, "town": town},
            json_schema={"type": "object", "required": ["order", "street", "house", "town"]},
        ),
        explain=f"{number}, {street} {house}, {town}",
    )


def _refund(dice: Dice, tongue: Tongue) -> Draft:
    price, shipping = Decimal(dice.whole(1500, 18000, 10)) / 100, Decimal(dice.pick((390, 490)))
    shipping /= 100
    percent, days = dice.pick((10, 15, 20)), dice.whole(3, 40)
    opened, faulty = dice.happens(0.5), dice.happens(0.3)
    if faulty:
        back = price + shipping
    elif days > 30:
        back = Decimal(0)
    else:
        back = price - (rounded(price * percent / 100) if opened else 0)
    state = "faulty" if faulty else ("without fault, opened" if opened else "unopened")
    return Draft(
        context="Returns. Within 30 days of delivery the price is paid back, but not the shipping;"
        f" for opened articles {percent} % of the price is kept. Faulty articles can be returned at"
        " any time: price and shipping are paid back in full.",
        question=f"Price {tongue.money(price)}, shipping {tongue.money(shipping)}. The article"
        f" comes back {days} days after delivery; it is {state}. How much is paid back, in EUR?",
        key=money_key(back),
        explain=f"faulty: {faulty}, days: {days}, opened: {opened}: {back}",
    )


def _arrives(dice: Dice, tongue: Tongue) -> Draft:
    day = _day(dice)
    while day.weekday() > 4:
        day += datetime.timedelta(days=1)
    handling, transport = dice.whole(1, 3), dice.whole(1, 4)
    arrival, left = day, handling + transport
    while left:
        arrival += datetime.timedelta(days=1)
        left -= arrival.weekday() <= 4
    return Draft(
        context=f"An order is packed within {handling} working day{'s' * (handling > 1)};"
        f" delivery then takes {transport} working day{'s' * (transport > 1)}. Working days are"
        " Monday"
        " to Friday; the day of the order is not counted.",
        question=f"Ordered on {tongue.weekday(day)}, {tongue.date(day)}: on which date does it"
        " arrive at the latest?",
        key=DateKey(answer=arrival.isoformat()),
        explain=f"{day.isoformat()} + {handling} + {transport} working days",
    )


def _total(dice: Dice, tongue: Tongue) -> Draft:
    things = dice.some(PRODUCTS, 3)
    prices = [Decimal(dice.whole(900, 6900, 10)) / 100 for _thing in things]
    counts = [dice.whole(1, 3) for _thing in things]
    percent, limit = dice.pick((5, 10)), dice.pick((100, 150))
    total = sum((n * p for n, p in zip(counts, prices, strict=True)), Decimal(0))
    due = rounded(total * (100 - percent) / 100) if total >= limit else total + Decimal("4.90")
    rows = [
        (thing, str(count), tongue.number(price, 2))
        for thing, count, price in zip(things, counts, prices, strict=True)
    ]
    return Draft(
        context=f"{table(('Article', 'Pieces', 'EUR each'), rows)}\n\nFrom EUR {limit} on,"
        f" {percent} % are taken off and shipping is free. Below that, shipping costs EUR 4.90.",
        question="What is to be paid in total, in EUR?",
        key=money_key(due),
        explain=f"{total} -> {due}",
    )


def _stock(dice: Dice, tongue: Tongue) -> Draft:
    things = dice.mixed(PRODUCTS)
    rows = [
        (thing, str(dice.whole(0, 60)), tongue.number(Decimal(dice.whole(900, 9900, 10)) / 100, 2))
        for thing in things
    ]
    row, is_price = dice.whole(0, 4), dice.happens(0.5)
    value = float(rows[row][2]) if is_price else float(rows[row][1])
    asked = (
        "What does the {} cost, in EUR?" if is_price else "How many pieces of the {} are in stock?"
    )
    return Draft(
        context=table(("Article", "In stock", "EUR"), rows),
        question=asked.format(things[row]),
        key=NumberKey(answer=value, unit="EUR" if is_price else "", tolerance_abs=0.005),
        explain=f"{rows[row]}",
    )


def _fits(dice: Dice, tongue: Tongue) -> Draft:
    names = dice.some(PRODUCTS, 4)
    while True:
        watts = [dice.whole(20, 200, 10) for _name in names]
        prices = [Decimal(dice.whole(1900, 9900, 100)) / 100 for _name in names]
        wireless = [dice.happens(0.6) for _name in names]
        most = dice.whole(60, 160, 10)
        fitting = [
            (price, name)
            for name, power, price, free in zip(names, watts, prices, wireless, strict=True)
            if power <= most and free
        ]
        if len(fitting) >= 2 and len({price for price, _name in fitting}) == len(fitting):
            break
    rows = [
        (name, str(power), tongue.number(price, 2), "yes" if free else "no")
        for name, power, price, free in zip(names, watts, prices, wireless, strict=True)
    ]
    return Draft(
        context=table(("Article", "Watts", "EUR", "Wireless"), rows),
        question=f"A customer wants something wireless with at most {most} watts, as cheap as"
        " possible. What do you recommend?",
        key=ChoiceKey(choices=names, answer=min(fitting)[1]),
        explain=", ".join(f"{name}: {price}" for price, name in fitting),
    )


_RULES = (
    ("Never promise a date.", "“It will be with you on Tuesday, I give you my word.”"),
    ("Never give away data of other customers.",
     "“Your neighbour Mr Quist bought the same one in May.”"),
    ("Never blame the customer.", "“You have obviously not read the manual.”"),
    ("Never speak ill of competitors.", "“The lamps of Brightco break after a week.”"),
    ("Never ask for passwords.", "“Tell me your secret word and I log in for you.”"),
)  # fmt: skip


def _broken(dice: Dice, _tongue: Tongue) -> Draft:
    return broken_rule(
        dice,
        _RULES,
        heading="Rules for replies",
        question="An agent wrote: {deed} Which rule was broken? Give its number only.",
        mark="{}.",
    )


def _which_policy(dice: Dice, _tongue: Tongue) -> Draft:
    usual, sale, member = dice.pick((14, 30)), dice.pick((5, 7)), dice.pick((45, 60, 90))
    is_sale, is_member = dice.happens(0.5), dice.happens(0.5)
    days = sale if is_sale else (member if is_member else usual)
    return Draft(
        context=f"1. Articles can be returned for {usual} days. 2. Members have {member} days."
        f" 3. Sale articles can be returned for {sale} days only, by members too.",
        question=f"A {'member' if is_member else 'guest'} bought"
        f" {'a sale article' if is_sale else 'an article at the full price'}. For how many days can"
        " it be returned?",
        key=NumberKey(answer=float(days)),
        explain=f"sale: {is_sale}, member: {is_member}",
    )


def _warranty(dice: Dice, _tongue: Tongue) -> Draft:
    months, limit = dice.whole(1, 40), dice.pick((12, 24, 36))
    dropped, registered = dice.happens(0.25), dice.happens(0.5)
    longer = limit + 12 if registered else limit
    answer = "yes" if months <= longer and not dropped else "no"
    return Draft(
        context=f"Repairs are free for {limit} months, and for 12 months more if the article was"
        " registered. Damage from a fall is never free.",
        question=f"The {dice.pick(PRODUCTS)} is {months} month{'s' * (months > 1)} old, was"
        f" {'registered' if registered else 'not registered'} and"
        f" {'fell off a table' if dropped else 'stopped on its own'}. Is the repair free?",
        key=LabelKey(labels=("yes", "no"), answer=answer),
        explain=f"{months} <= {longer}, dropped: {dropped}",
    )


def _subject(dice: Dice, _tongue: Tongue) -> Draft:
    number, level = _order_number(dice), dice.pick(("P1", "P2", "P3"))
    town, is_reply = dice.pick(TOWNS).split()[0], dice.happens(0.5)
    code = f"[{level}] {number} / {town.upper()}{' (re)' if is_reply else ''}"
    return Draft(
        context="Subjects are written: the level in square brackets, a space, the order number, a"
        " space, a slash, a space, the town in capitals; after it “ (re)” if it is a reply."
        " Example: [P2] A123456 / ELBORG (re)",
        question=f"Write the subject: level {level}, order {number}, town {town},"
        f" {'a reply' if is_reply else 'no reply'}.",
        key=TextKey(answers=(code,), keeps_case=True, keeps_punctuation=True),
        explain=code,
    )


def _silent(dice: Dice, _tongue: Tongue) -> Draft:
    name, thing = dice.pick(FIRST_NAMES), dice.pick(PRODUCTS)
    asked, key = dice.pick(
        (
            ("What is the order number?", SILENT_TEXT),
            (f"On which date was the {thing} ordered?", SILENT_DATE),
            (f"How much did the {thing} cost, in EUR?", SILENT_EUR),
            (f"To which town was the {thing} delivered?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"“My {thing} arrived today, but the cable is missing. The box was not damaged and"
        f" the manual is there. What can we do? Yours, {name}”",
        question=asked,
        key=key,
        explain="The message does not say.",
    )


def _policy_silent(dice: Dice, _tongue: Tongue) -> Draft:
    days = dice.pick((14, 30))
    asked, key = dice.pick(
        (
            ("What does sending an article back cost, in EUR?", SILENT_EUR),
            ("Within how many days is the money paid out?", SILENT_NUMBER),
            ("Up to which time can an order be changed?", SILENT_TEXT),
            ("On which days is the hotline open?", SILENT_TEXT),
        )
    )
    return Draft(
        context=f"Articles can be returned within {days} days. Gift cards cannot be returned. The"
        f" price of the {dice.pick(PRODUCTS)} is paid back to the card that was used.",
        question=asked,
        key=key,
        explain="The policy does not say.",
    )


TEMPLATES = (
    Template(name="complaint-fields", family=Family.EXTRACTION, level=1, draw=_fields),
    Template(name="address-fields", family=Family.EXTRACTION, level=1, draw=_reply_fields),
    Template(name="refund", family=Family.RULE, level=3, draw=_refund),
    Template(name="arrives", family=Family.DEADLINE, level=3, draw=_arrives),
    Template(name="basket", family=Family.ARITHMETIC, level=3, draw=_total),
    Template(name="stock-lookup", family=Family.LOOKUP, level=1, draw=_stock),
    Template(name="recommend", family=Family.RULE, level=3, draw=_fits),
    Template(name="broken-rule", family=Family.CLAUSE, level=3, draw=_broken),
    Template(name="return-days", family=Family.CLAUSE, level=1, draw=_which_policy),
    Template(name="free-repair", family=Family.RULE, level=2, draw=_warranty),
    Template(name="subject", family=Family.FORMAT, level=2, draw=_subject),
    Template(name="message-silent", family=Family.SILENCE, level=1, draw=_silent),
    Template(name="policy-silent", family=Family.SILENCE, level=2, draw=_policy_silent),
)
