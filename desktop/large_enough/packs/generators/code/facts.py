"""Asks for what settings and messages of programs state in so many words."""

from large_enough.packs.generators.dice import Dice
from large_enough.packs.generators.parts import count, name, one_fact
from large_enough.packs.generators.template import Draft, Family, Template
from large_enough.packs.generators.tongue import Tongue

_HOSTS = ("north", "harbour", "meadow", "granite", "willow")
_FILES = ("report.py", "billing.py", "import_data.py", "mailer.py", "search.py")
_FAULTS = (
    ("return rows[key]", "KeyError", "'city'"),
    ("return int(text)", "ValueError", "invalid literal for int() with base 10: 'ten'"),
    ("return rows[number]", "IndexError", "list index out of range"),
    ("return count + text", "TypeError", "unsupported operand type(s) for +: 'int' and 'str'"),
)


def _settings(dice: Dice, _tongue: Tongue) -> Draft:
    host, port = f"{dice.pick(_HOSTS)}.example", dice.whole(1024, 9999)
    timeout, retries, workers = dice.whole(5, 90, 5), dice.whole(2, 9), dice.whole(10, 40)
    return one_fact(
        dice,
        f'```toml\n[server]\nhost = "{host}"\nport = {port}\nworkers = {workers}\n\n'
        f"[client]\ntimeout_s = {timeout}\nretries = {retries}\n```",
        (
            count("On which port does the server listen?", port),
            count("How many seconds is the timeout of the client?", timeout),
            count("How many retries does the client make?", retries),
            count("How many workers does the server have?", workers),
            name("What is the host of the server?", host),
        ),
    )


def _traceback(dice: Dice, _tongue: Tongue) -> Draft:
    first, second = dice.some(_FILES, 2)
    line, other = dice.some(range(12, 99), 2)
    (code, fault, message), place = (
        dice.pick(_FAULTS),
        dice.pick(("load", "parse", "check", "send")),
    )
    return one_fact(
        dice,
        "```\nTraceback (most recent call last):\n"
        f'  File "{first}", line {line}, in <module>\n    {place}(rows)\n'
        f'  File "{second}", line {other}, in {place}\n    {code}\n'
        f"{fault}: {message}\n```",
        (
            name("In which file was the error raised, that is, in the last call?", second),
            count("In which line of the last file was the error raised?", other),
            name("Which kind of error was raised?", fault),
            name("In which function was the error raised?", place),
        ),
    )


TEMPLATES = (
    Template(name="settings", family=Family.LOOKUP, level=1, draw=_settings),
    Template(name="traceback", family=Family.LOOKUP, level=1, draw=_traceback),
)
