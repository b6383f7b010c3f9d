"""``python -m sim`` is the command ``sim``; Ctrl-C is answered in a line from the first import on.

``python -m`` looks for modules first in the folder one stands in, which the command ``sim`` does not. So a
checkout runs itself; from then on nothing is taken from the folder unless this very program lies in it.
"""

import gc
import os
import sys

RARELY = 50_000  # objects made between two searches for rubbish: Python's 700 take a tenth of the time to an answer


def main() -> None:
    """Import the command line and run it."""
    gc.set_threshold(RARELY)
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # what a file means is nobody else's to change
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own takes 25 MB for little to write
    try:
        _leave_the_folder()
        from sim.cli import main as run

        run()
    except KeyboardInterrupt:
        _say_interrupted()
        sys.exit(130)


def _say_interrupted() -> None:
    from sim.errors import INTERRUPTED

    begin = "\n" if sys.stderr.isatty() else ""  # ^C stands in the line before
    sys.stderr.write(f"{begin}{INTERRUPTED}\n")
    # Where Ctrl-C came while text was evaluated, as named tuples are, Python would end by the signal, not with a code,
    # although this is the answer; any evaluation that ends well makes it forget that.
    eval("None")  # noqa: S307


def _leave_the_folder() -> None:
    """Scenarios may stand beside files that are called like a library."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        is_first = sys.path[:1] == [os.getcwd()]
    except OSError:  # the folder is gone
        return
    if is_first and sys.path[0] != home:
        del sys.path[0]


if __name__ == "__main__":
    main()
