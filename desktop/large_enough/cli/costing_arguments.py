"""The options that say what energy costs, in money and in CO2, for all commands that show it."""

import argparse

from large_enough.domain.costing import Costing
from large_enough.domain.errors import FailureKind, RequestError
from large_enough.wording.translate import _

MOST_PER_KWH = 1_000_000
"""Beyond any money and any grid."""


def add_costing(group: "argparse._ActionsContainer") -> None:
    """Add the options."""
    group.add_argument(
        "--price",
        type=_amount,
        metavar="X",
        help=_("your price of a kWh, to show what answers cost (default: not shown)"),
    )
    group.add_argument("--currency", metavar=_("NAME"), help=_("money of that price"))
    group.add_argument(
        "--grid",
        type=_amount,
        metavar="X",
        help=_("grams of CO2 for a kWh of your grid, to show CO2 (default: not shown)"),
    )


def check_costing(arguments: argparse.Namespace) -> None:
    """Refuse figures that make no sense.

    Raises:
        RequestError: BAD_SETTING.
    """
    for option, value in (("--price", arguments.price), ("--grid", arguments.grid)):
        if not 0 <= (value or 0) <= MOST_PER_KWH:
            problem = _("must be from {low} to {high}").format(low=0, high=MOST_PER_KWH)
            raise RequestError(FailureKind.BAD_SETTING, option, problem=problem)
    if arguments.price is not None and not arguments.currency:
        problem = _("name its money, too: --currency EUR")
        raise RequestError(FailureKind.BAD_SETTING, "--price", problem=problem)


def costing_of_arguments(arguments: argparse.Namespace) -> Costing:
    """Return what the options say; what they leave out is not set."""
    return Costing(
        price_per_kwh=arguments.price,
        currency=arguments.currency or "",
        price_source="" if arguments.price is None else _("given with --price"),
        grid_g_per_kwh=arguments.grid,
        grid_source="" if arguments.grid is None else _("given with --grid"),
    )


def _amount(text: str) -> float:
    """Read a number with a decimal point or a decimal comma.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        return float(plain)
    except ValueError:
        problem = _("“{text}” is no number").format(text=text)
        raise argparse.ArgumentTypeError(problem) from None
