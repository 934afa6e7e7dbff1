"""The command line: reads the arguments, runs one command, returns its exit code."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from large_enough import __version__
from large_enough.cli import compare, doctor, exit_codes, models, packs, regrade, report, run, runs
from large_enough.cli.argparse_words import let_argparse_speak
from large_enough.cli.output import say_error
from large_enough.domain.errors import LargeEnoughError
from large_enough.resources.system_language import wanted_languages
from large_enough.wording.translate import _, use_language


def main(argv: Sequence[str], environ: Mapping[str, str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The arguments after the program's name.
        environ: The environment; the process's own by default.

    Returns:
        0 when it worked, 1 when something failed, 2 when the arguments make no sense, 130 when it
        was interrupted.
    """
    let_argparse_speak(use_language(wanted_languages(os.environ)))
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as leaving:  # argparse has said what is wrong, or shown its help
        return exit_codes.USAGE if leaving.code else exit_codes.DONE
    try:
        return int(arguments.run(arguments, os.environ if environ is None else environ))
    except LargeEnoughError as error:
        say_error(error.info)
        return exit_codes.FAILED
    except KeyboardInterrupt:
        print(_("Stopped."), file=sys.stderr)
        return exit_codes.INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone, as in `large-enough ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.FAILED
    except OSError as error:
        if error.filename is not None:  # a file, not our own output
            raise
        reason = error.strerror or str(error)
        print(
            _("The output could not be written: {reason}.").format(reason=reason), file=sys.stderr
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="large-enough",
        description=_(
            "Runs a large and a small language model side by side on this machine, measures what "
            "each one costs, and shows whether the small one is large enough. Without a command it "
            "opens the window."
        ),
        epilog=_(
            "large-enough window --model A --model B --prompt TEXT opens the window with these."
        ),
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title=_("commands"), required=True, metavar=_("COMMAND"))
    compare.add_parser(commands)
    models.add_parser(commands)
    packs.add_parser(commands)
    run.add_parser(commands)
    runs.add_parser(commands)
    regrade.add_parser(commands)
    report.add_parser(commands)
    doctor.add_parser(commands)
    return parser
