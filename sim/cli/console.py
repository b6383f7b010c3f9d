"""What a console can show: text in its own encoding, our signs spelt out where it has not got them."""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path

from sim.errors import SimError

ERRORS = "alertpath.spelt"  # how an encoding answers what it has not got
STYLE_FILE = "matplotlibrc"
SEVEN_BITS = "alertpath_ascii"
SPELT = {
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "x",
    "±": "+/-",
    "°": " deg",
    "→": "->",
    "►": ">",
    "◄": "<",
    "…": "...",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "≥": ">=",
    "≤": "<=",
    "·": ".",
    "\N{NO-BREAK SPACE}": " ",
}


def settle() -> None:
    """Make the process of a command independent of where it is started: what it prints, and what draws for it."""
    _open_closed()
    codecs.register_error(ERRORS, spelt)
    codecs.register(seven_bits)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=SEVEN_BITS if is_ascii else stream.encoding, errors=ERRORS)
    os.environ["MPLBACKEND"] = "agg"  # that of a notebook cannot always be imported here; workers inherit it
    os.environ.pop("MATPLOTLIBRC", None)


def _open_closed() -> None:
    """A stream that was closed gives and takes nothing; else the next file that is opened would be in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def check_style_file() -> None:
    """Refuse a `matplotlibrc` that keeps matplotlib from being loaded, before anything is simulated for its figures.

    Raises
    ------
    SimError : it is no text; says where it is.
    """
    config = Path(os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")) / "matplotlib"
    places = (Path(), Path(os.environ.get("MPLCONFIGDIR") or config))
    found = next((path for path in (place / STYLE_FILE for place in places) if path.is_file()), None)
    if found is None:
        return
    try:
        found.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SimError(
            f"{found.resolve()}: is not UTF-8 text, and matplotlib reads it before it draws — save it as UTF-8, or "
            "take it away: figures heed nothing in it"
        ) from None


def seven_bits(name: str) -> codecs.CodecInfo | None:
    """ASCII by a name of our own: to a stream that is called ASCII the parser of the command line writes UTF-8."""
    if name != SEVEN_BITS:
        return None
    ascii_ = codecs.lookup("ascii")
    return codecs.CodecInfo(
        ascii_.encode,
        ascii_.decode,
        ascii_.streamreader,
        ascii_.streamwriter,
        ascii_.incrementalencoder,
        ascii_.incrementaldecoder,
        name=SEVEN_BITS,
    )


def spelt(error: UnicodeError) -> tuple[str, int]:
    """Our own signs in letters, a user's as ``?``: as many as the encoding has not got, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELT.get(sign, "?") for sign in error.object[error.start : error.end]), error.end
