"""Knows the usual units by all their names."""

from collections.abc import Iterable

_NAMES = """
EUR: € euro euros
USD: $ us$ dollar dollars dólar dólares
GBP: £ pound pounds pfund libra libras
CHF: sfr franken francs
JPY: ¥ yen
ct: cent cents céntimo céntimos
%: percent pct prozent porciento
s: sec secs second seconds sekunde sekunden segundo segundos
min: mins minute minutes minuten minuto minutos
h: hr hrs hour hours std stunde stunden hora horas
day: days d tag tage tagen día días
week: weeks woche wochen semana semanas
month: months monat monate monaten mes meses
year: years yr yrs jahr jahre jahren año años
mm: millimetre millimetres millimeter millimeters milímetro milímetros
cm: centimetre centimetres centimeter centimeters zentimeter centímetro centímetros
m: metre metres meter meters metro metros
km: kilometre kilometres kilometer kilometers kilómetro kilómetros
mile: miles mi meile meilen milla millas
m²: m2 sqm
m³: m3
mg: milligram milligrams milligramm miligramo miligramos
g: gram grams gramm gramo gramos
kg: kilo kilos kilogram kilograms kilogramm kilogramo kilogramos
t: tonne tonnes tonnen tonelada toneladas
ml: millilitre millilitres milliliter milliliters mililitro mililitros
l: litre litres liter liters litro litros
kb: kilobyte kilobytes
mb: megabyte megabytes
gb: gigabyte gigabytes
tb: terabyte terabytes
w: watt watts vatio vatios
kw: kilowatt kilowatts
wh:
kwh:
mwh:
km/h: kmh kph
mph:
m/s:
°c: celsius
°f: fahrenheit
kcal:
"""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        first, _colon, others = line.partition(":")
        for name in (first, *others.split()):
            table[name.casefold()] = first.casefold()
    return table


_KNOWN = _table()
CURRENCY_SIGNS = "€$£¥"
"""Signs that stand before or behind an amount."""
LONGEST_WORDS = 3
"""So many words are looked at for a usual unit."""


def same_unit(name: str) -> str:
    """Return the one name that all names of a unit share; an unknown one stays as it is."""
    folded = " ".join(name.casefold().strip(" .").split())
    return _KNOWN.get(folded.replace(" ", ""), folded)


def is_known(name: str) -> bool:
    """Return whether this is one of the usual units."""
    return same_unit(name) in _KNOWN.values()


def unit_at_start(text: str, own: Iterable[str]) -> str:
    """Return the unit that a text begins with, by the name that all its names share.

    Args:
        text: What follows a number.
        own: Units that the key knows, which need not be usual ones.

    Returns:
        The longest one that fits; empty if there is none.
    """
    own_names = {same_unit(name) for name in own if name}
    longest = max([LONGEST_WORDS, *(len(name.split()) for name in own_names)])
    words = text.replace("\\", "").replace("per cent", "percent").replace("por ciento", "percent")
    parts = words.split()[:longest]
    for count in range(len(parts), 0, -1):
        name = same_unit(" ".join(parts[:count]).strip("*_`.,;:!?)]}\"'$" if count else ""))
        if name in own_names or name in _KNOWN.values():
            return name
    first = text.lstrip(" \\*_`")[:1]
    if first and first in CURRENCY_SIGNS + "%":
        return same_unit(first)
    return ""
