"""Asks about roaming: zones, day passes, limits."""

from decimal import Decimal

from large_enough.domain.pack import ChoiceKey, LabelKey, NumberKey
from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import money_key
from large_enough.packs.generators.telecom.parts import COMPANIES
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue, counted, rounded, table

_COUNTRIES = (
    ("Arvenia", "Arvenien"), ("Belmark", "Belmark"), ("Costrava", "Costrava"),
    ("Drovia", "Drovien"), ("Elland", "Elland"), ("Farnesia", "Farnesien"),
    ("Gallura", "Gallura"), ("Hestia", "Hestien"), ("Ilmar", "Ilmar"),
)  # fmt: skip


def _zones(dice: Dice, tongue: Tongue) -> tuple[str, list[list[str]], list[list[Decimal]]]:
    """Draw zones: the text, the countries of each, and minute, message and megabyte prices."""
    names = [tongue.say(*country) for country in dice.mixed(_COUNTRIES)]
    zones = [names[:3], names[3:6], names[6:]]
    prices = [
        [
            Decimal(dice.whole(5, 20) + 40 * zone) / 100,
            Decimal(dice.whole(4, 15) + 20 * zone) / 100,
            Decimal(dice.whole(1, 9) + 25 * zone) / 100,
        ]
        for zone in range(3)
    ]
    head = (
        tongue.say("Zone", "Zone"),
        tongue.say("Countries", "Länder"),
        tongue.say("EUR per minute", "EUR je Minute"),
        tongue.say("EUR per message", "EUR je SMS"),
        tongue.say("EUR per MB", "EUR je MB"),
    )
    rows = [
        (str(zone + 1), ", ".join(zones[zone]), *(tongue.number(p, 2) for p in prices[zone]))
        for zone in range(3)
    ]
    title = tongue.say(
        "Prices abroad, by the country in which the customer is",
        "Preise im Ausland, nach dem Land, in dem der Kunde gerade ist",
    )
    return f"{title}\n\n{table(head, rows)}", zones, prices


def _zone_price(dice: Dice, tongue: Tongue) -> Draft:
    text, zones, prices = _zones(dice, tongue)
    zone, kind = dice.whole(0, 2), dice.whole(0, 2)
    country = dice.pick(zones[zone])
    what = (("a minute", "eine Minute"), ("a message", "eine SMS"), ("a megabyte", "ein Megabyte"))
    return Draft(
        context=text,
        question=tongue.say(
            f"What does {what[kind][0]} cost in {country}, in EUR?",
            f"Was kostet {what[kind][1]} in {country}, in EUR?",
        ),
        key=money_key(prices[zone][kind]),
        explain=f"{country}: zone {zone + 1}",
    )


def _trip(dice: Dice, tongue: Tongue) -> Draft:
    text, zones, prices = _zones(dice, tongue)
    first, second = dice.some(range(3), 2)
    here, there = dice.pick(zones[first]), dice.pick(zones[second])
    minutes, messages = dice.whole(5, 25), dice.whole(3, 12)
    total = minutes * prices[first][0] + messages * prices[second][1]
    return Draft(
        context=text,
        question=tongue.say(
            f"A traveller telephones for {minutes} minutes in {here} and sends {messages} messages"
            f" from {there}. What does that cost in total, in EUR?",
            f"Eine Reisende telefoniert {minutes} Minuten in {here} und schickt {messages} SMS aus"
            f" {there}. Was kostet das zusammen, in EUR?",
        ),
        key=money_key(total),
        explain=f"{minutes} x {prices[first][0]} + {messages} x {prices[second][1]} = {total}",
    )


def _pass_or_not(dice: Dice, tongue: Tongue) -> Draft:
    while True:
        days, megabytes = dice.whole(2, 9), dice.whole(30, 300, 10)
        day_pass, week_pass = dice.whole(2, 6), dice.whole(10, 24)
        per_mb = Decimal(dice.whole(5, 25)) / 100
        costs = (megabytes * per_mb, Decimal(days * day_pass), Decimal(week_pass * -(-days // 7)))
        ordered = sorted(costs)
        if ordered[1] - ordered[0] >= 1:
            break
    company = dice.pick(COMPANIES)
    names = (
        tongue.say("by the megabyte", "nach Megabyte"),
        tongue.say("day passes", "Tagespässe"),
        tongue.say("week passes", "Wochenpässe"),
    )
    return Draft(
        context=tongue.say(
            f"{company} abroad: EUR {per_mb} per megabyte; or a day pass for EUR"
            f" {day_pass} for each calendar day with unlimited data; or a week pass for EUR"
            f" {week_pass} for seven days in a row.",
            f"{company} im Ausland: {tongue.number(per_mb, 2)} EUR je Megabyte; oder"
            f" ein Tagespass für {day_pass} EUR je Kalendertag mit unbegrenzten Daten; oder ein"
            f" Wochenpass für {week_pass} EUR für sieben Tage am Stück.",
        ),
        question=tongue.say(
            f"A trip takes {days} days and needs {megabytes} megabytes in total, part of it every"
            " day."
            " Which is the cheapest?",
            f"Eine Reise dauert {days} Tage und braucht insgesamt {megabytes} Megabyte, jeden Tag"
            " etwas. Was ist am günstigsten?",
        ),
        key=ChoiceKey(choices=names, answer=names[costs.index(ordered[0])]),
        explain=", ".join(f"{n}: {c}" for n, c in zip(names, costs, strict=True)),
    )


def _cut_off(dice: Dice, tongue: Tongue) -> Draft:
    limit, rate = dice.whole(40, 80, 10), Decimal(dice.whole(8, 30)) / 100
    used, more = dice.whole(50, 250, 10), dice.whole(20, 400, 20)
    has_waived = dice.happens(0.3)
    is_stopped = not has_waived and (used + more) * rate > limit
    yes, no = tongue.say("yes", "ja"), tongue.say("no", "nein")
    waived = tongue.say(
        "has switched the limit off" if has_waived else "has not changed the limit",
        "hat die Sperre abgeschaltet" if has_waived else "hat an der Sperre nichts geändert",
    )
    return Draft(
        context=tongue.say(
            f"Data abroad costs EUR {rate} per megabyte. Once a customer would pass EUR {limit} in"
            " a month, data abroad is stopped, unless the customer has switched the limit off.",
            f"Daten im Ausland kosten {tongue.number(rate, 2)} EUR je Megabyte. Sobald in einem"
            f" Monat {limit} EUR überschritten würden, werden Daten im Ausland gesperrt, es sei"
            " denn, der Kunde hat die Sperre abgeschaltet.",
        ),
        question=tongue.say(
            f"A customer has used {used} MB abroad this month, {waived}, and now wants to load a"
            f" map of {more} MB there. Is the data stopped before the map is complete?",
            f"Ein Kunde hat diesen Monat {used} MB im Ausland verbraucht, {waived} und will jetzt"
            f" dort eine Karte von {more} MB laden. Werden die Daten gesperrt, bevor die Karte ganz"
            " da ist?",
        ),
        key=LabelKey(labels=(yes, no), answer=yes if is_stopped else no),
        explain=f"({used} + {more}) x {rate} = {(used + more) * rate}",
    )


def _steps(dice: Dice, tongue: Tongue) -> Draft:
    seconds, rate = dice.whole(61, 400), Decimal(dice.whole(19, 99, 10)) / 100
    step = dice.pick((10, 30, 60))
    blocks = -(-max(seconds, 60) // step)
    charged = rounded(Decimal(blocks * step) / 60 * rate)
    long = tongue.listed(
        (
            counted(seconds // 60, *tongue.say("minute minutes", "Minute Minuten").split()),
            counted(seconds % 60, *tongue.say("second seconds", "Sekunde Sekunden").split()),
        )
    )
    return Draft(
        context=tongue.say(
            f"Calls to other networks cost EUR {rate} per minute. The first minute is always"
            f" charged in full; after it, each begun unit of {step} seconds is charged. The"
            " amount is rounded to the cent.",
            f"Anrufe in andere Netze kosten {tongue.number(rate, 2)} EUR je Minute. Die erste"
            f" Minute wird immer voll berechnet; danach zählt jede begonnene Einheit von {step}"
            " Sekunden. Der Betrag wird auf Cent gerundet.",
        ),
        question=tongue.say(
            f"What does a call of {long} cost, in EUR?", f"Was kostet ein Anruf von {long}, in EUR?"
        ),
        key=money_key(charged),
        explain=f"{blocks} x {step} s x {rate} / 60 = {charged}",
    )


def _data_time(dice: Dice, tongue: Tongue) -> Draft:
    gigabytes, speed = dice.whole(2, 12), dice.pick((8, 16, 20, 25, 40, 50))
    minutes = rounded(Decimal(gigabytes * 8000) / speed / 60, Decimal("0.1"))
    return Draft(
        context=tongue.say(
            f"The line carries {speed} Mbit/s. One gigabyte is 8,000 megabits.",
            f"Der Anschluss schafft {speed} Mbit/s. Ein Gigabyte sind 8.000 Megabit.",
        ),
        question=tongue.say(
            f"How many minutes does it take to download {gigabytes} GB? One decimal.",
            f"Wie viele Minuten dauert es, {gigabytes} GB herunterzuladen? Eine Nachkommastelle.",
        ),
        key=NumberKey(answer=float(minutes), tolerance_abs=0.051),
        explain=f"{gigabytes} x 8000 / {speed} / 60 = {minutes}",
    )


TEMPLATES = (
    Template(name="zone-price", family=Family.LOOKUP, level=1, draw=_zone_price),
    Template(name="trip-cost", family=Family.ARITHMETIC, level=3, draw=_trip),
    Template(name="pass-choice", family=Family.ARITHMETIC, level=2, draw=_pass_or_not),
    Template(name="data-stop", family=Family.RULE, level=2, draw=_cut_off),
    Template(name="call-steps", family=Family.ARITHMETIC, level=3, draw=_steps),
    Template(name="load-time", family=Family.ARITHMETIC, level=3, draw=_data_time),
)
