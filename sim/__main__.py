"""``python -m sim`` is the command ``sim``; Ctrl-C is answered in a line from the first import on."""

import sys

from sim.errors import INTERRUPTED


def main() -> None:
    """Import the command line and run it."""
    try:
        from sim.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write(f"{INTERRUPTED}\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
