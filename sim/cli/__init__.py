"""The command line: parse, call, print. No logic, and nothing heavy until a command needs it.

A study needs nothing here: its command is made from its options (`sim.cli.study`). Another command:
1. a file here with one click command of its name; 2. a line in `OTHERS`.
"""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from sim.studies import STUDIES, study_of
from sim.version import __version__

RUN = {"run": "Run scenarios: sentence, table, figures, and what they rest on."}
OTHERS = {
    "live": "Open a page where values are moved and the answer follows.",
    "check": "Check scenario files; run nothing.",
    "list": "Show the shipped scenarios and the catalogue of launches.",
    "schema": "Print the JSON Schema of scenario files, for editors.",
    "plot": "Draw the figures of a stored run again.",
    "trace": "Tell one simulated launch event by event, under all arms.",
    "explain": "Say in half a page of plain words what a stored run found.",
    "report": "Make one file to hand in of stored runs and studies.",
    "diff": "Show what changed between two stored runs.",
}

EPILOG = """\b
Examples:
  sim run 2019-10-02-pukguksong-3
  sim run first-look --set stages.us_evaluates.delay.lognormal.median="4 min"
  sim check my-scenario.yaml

\b
Exit codes:
  0    done, or whoever read the output wanted no more of it
  1    a fault of the program, or the output cannot be written
  2    a fault of the input
  130  interrupted with Ctrl-C; what is finished is kept
"""


UNWRITABLE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)
MEND = "make room or give another place"


def commands() -> dict[str, str]:
    """Every command and its one line."""
    return {**RUN, **STUDIES, **OTHERS}


class LazyGroup(click.Group):
    """Commands are imported when they are called; help knows their one line without that."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*commands()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in STUDIES:
            from sim.cli.study import command_of

            return command_of(study_of(cmd_name))
        if cmd_name not in commands():
            return None
        command: click.Command = import_module(f"sim.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:  # which the parser would answer with an empty line of its own
            raise click.Abort from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([*commands().items()])


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sim")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")
def cli() -> None:
    """How much sooner or later does Seoul's report of a missile launch reach Tokyo, direct or via Washington?"""


def main() -> None:
    """Run the command line: exit code 0, 1 if the fault is ours, 2 if it is the input's."""
    is_debug = "--debug" in sys.argv
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    from sim.cli.console import settle
    from sim.errors import EngineError, SimError

    settle()
    try:
        sys.exit(_called(["--debug", *arguments] if is_debug else arguments))
    except click.Abort as abort:
        if isinstance(abort.__cause__, EOFError):  # which the parser takes for Ctrl-D: something ends too soon
            _stop_for(abort.__cause__, is_debug=is_debug)
        raise KeyboardInterrupt from None  # answered where the command begins
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SimError as error:
        if is_debug:
            raise
        _stop(str(error), 2)
    except BrokenPipeError:
        _print_no_more()
        sys.exit(0)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG and not is_debug:
            from sim.scenario.document import printable

            _stop(f"{printable(str(error.filename))}: {error.strerror} — give a shorter one", 2)
        is_nowhere = str(error.strerror).startswith("No usable temporary directory")  # as tempfile says
        if is_debug or not (is_nowhere or error.errno in UNWRITABLE):
            _stop_for(error, is_debug=is_debug)
        _print_no_more()
        where = "anywhere for a moment" if is_nowhere else error.filename or "to standard output"
        _stop(f"cannot write {where}: {error.strerror} — {MEND}", 1)
    except EngineError as error:
        if is_debug:
            raise
        _stop(f"a fault of the program, not of your input: {error}\nPlease report this message with the scenario.", 1)
    except Exception as error:
        _stop_for(error, is_debug=is_debug)


def _called(arguments: list[str]) -> int:
    """The exit code of a command that ends by itself."""
    try:
        code = cli.main(args=arguments, standalone_mode=False)
    except SystemExit:  # so the parser answers a closed pipe, and nothing else
        return 0
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _stop_for(error: Exception, *, is_debug: bool) -> NoReturn:
    if is_debug:
        raise error
    _stop(
        f"a fault of the program, not of your input: {type(error).__name__}: {error}\n"
        "Please report it with the scenario and the output of the same command with --debug.",
        1,
    )


def _print_no_more() -> None:
    """What is still to be printed goes nowhere, so that the end of the process does not fail of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop(message: str, code: int) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)
