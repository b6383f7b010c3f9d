"""The fonts of this machine that have letters which ours has not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence

from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font

OURS = "DejaVu Sans"  # which the library brings along
KOREAN = (
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Malgun Gothic",
    "Apple SD Gothic Neo",
    "NanumGothic",
    "Nanum Gothic",
    "NanumBarunGothic",
    "AppleGothic",
)
JAPANESE = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Yu Gothic",
    "Meiryo",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "IPAexGothic",
    "IPAGothic",
    "MS Gothic",
)
OTHERS = ("Noto Sans CJK SC", "Noto Sans CJK TC", "Droid Sans Fallback", "Arial Unicode MS")
KANA = ("\u3040", "\u30ff")


def lacking(letters: str, fonts: Sequence[str] = ()) -> frozenset[str]:
    """The letters that neither our font nor any of these families has."""
    return frozenset(letters).difference(*(_letters_of(family) for family in (OURS, *fonts)))


def behind(letters: Iterable[str]) -> tuple[str, ...]:
    """As few families of this machine as have the letters, or most of them; those of the language first."""
    missing = frozenset(letters)
    fonts = _behind(missing)
    if not lacking("".join(missing), fonts):
        return fonts
    _look_again()
    return _behind(missing)


def make_known(fonts: Sequence[str]) -> None:
    """Have the library find families that another process has found."""
    if not {*fonts} <= _known():
        _look_again()


def _behind(missing: frozenset[str]) -> tuple[str, ...]:
    is_japanese = any(KANA[0] <= letter <= KANA[1] for letter in missing)
    order = (*JAPANESE, *KOREAN, *OTHERS) if is_japanese else (*KOREAN, *JAPANESE, *OTHERS)
    found: list[str] = []
    known = _known()
    for family in order:
        if family in known and missing & _letters_of(family):
            found.append(family)
            missing -= _letters_of(family)
    return tuple(found)


def _known() -> set[str]:
    return {entry.name for entry in fontManager.ttflist}


def _letters_of(family: str) -> frozenset[str]:
    return frozenset(map(chr, get_font(findfont(FontProperties(family=[family]))).get_charmap()))


def _look_again() -> None:
    """Take up fonts that were installed after the library made its list, which it keeps for good."""
    listed = {str(entry.fname) for entry in fontManager.ttflist}
    for path in sorted({*findSystemFonts()} - listed):
        with contextlib.suppress(Exception):  # a font that cannot be read, of whatever fault, is none
            fontManager.addfont(path)
