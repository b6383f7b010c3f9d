"""``python -m sim`` is the command ``sim``; Ctrl-C is answered in a line from the first import on."""

import sys

INTERRUPTED = "interrupted; what is finished is kept, and the same command goes on from there"


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
