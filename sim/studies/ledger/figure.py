"""What means rest on: a bar an arm in parts by grade, and below them the difference of the first pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.analysis.ledger import GRADES, Account, Entry, Ledger
from sim.model.evidence import ValueGrade
from sim.model.scenario import Scenario
from sim.plots.bars import LONGER, ROW, Piece, bar, finish_rows, name_pieces, width_of
from sim.plots.colours import INK
from sim.plots.measure import lines
from sim.plots.style import BODY, HATCH, PLATE, ROOM, finish, new_figure, plain
from sim.say.numbers import minutes_text
from sim.units import minutes

COLOURS: dict[ValueGrade, str] = {
    "documented": "#009E73",
    "estimated": "#56B4E9",
    "interview": "#CC79A7",
    "assumed": "#E69F00",
}
NOTE = (
    "Means at placeholder values, in parts along the branch that delivers. A part counts under the weakest grade of "
    "the values that make it; hatched: assumed."
)
PAIR_NOTE = (
    "What both arms spend alike cancels. Right of zero: what makes the first later; left: what makes it "
    "sooner; upright mark: the net."
)


def draw(title: str, scenario: Scenario, ledger: Ledger, pair_title: str, run: str) -> Figure:
    """Every arm, and below them the first pair, under a title of its own, if it has a difference."""
    pairs = [account for account in ledger.pairs[:1] if account.n]
    heights = [len(ledger.arms), *([1] if pairs else [])]
    figure = new_figure(1.75 + ROW * len(ledger.arms) + (0.75 + ROW if pairs else 0))
    arm_axes, *pair_axes = figure.subplots(len(heights), 1, squeeze=False, height_ratios=heights)[:, 0]
    _draw_arms(arm_axes, scenario, ledger.arms)
    for account, axes in zip(pairs, pair_axes, strict=True):
        _draw_pair(axes, account, pair_title)
    _legend(arm_axes, ledger)
    return finish(figure, title, f"{NOTE} {PAIR_NOTE}" if pairs else NOTE, f"{scenario.name}: {run}")


def _draw_arms(axes: Axes, scenario: Scenario, accounts: Sequence[Account]) -> None:
    """A row an arm, its parts end to end."""
    longest = LONGER * max((minutes(float(own.total_us)) for own in accounts if own.total_us > 0), default=1.0)
    for number, account in enumerate(accounts):
        words = f"{scenario.arm(account.arm).title}: {_arm_words(account)}"
        pieces = stacked(account.entries, 0)
        _row(axes, -number, words, pieces)
        name_pieces(axes, [piece for _, piece in pieces], -number, longest)
    finish_rows(axes, len(accounts), longest, "mean minutes from launch")


def _arm_words(account: Account) -> str:
    return f"{minutes_text(float(account.total_us))} min" if account.n else "no report arrives"


def stacked(entries: Iterable[Entry], start: float) -> list[tuple[ValueGrade, Piece]]:
    """Parts end to end from ``start`` minutes, those of one grade together, the weakest first."""
    pieces: list[tuple[ValueGrade, Piece]] = []
    for entry in sorted((entry for entry in entries if entry.us), key=lambda entry: GRADES.index(entry.value)):
        width = minutes(abs(float(entry.us)))
        pieces.append((entry.value, Piece(entry.title, start, width, is_assumed=entry.value == "assumed")))
        start += width
    return pieces


def _row(axes: Axes, y: float, words: str, pieces: Sequence[tuple[ValueGrade, Piece]]) -> None:
    small: dict[str, Any] = {"fontsize": BODY, "fontweight": "bold", "color": INK, "bbox": PLATE, "zorder": 7}
    axes.text(0, y + 0.2, words, ha="left", va="bottom", **small)
    for grade, piece in pieces:
        bar(axes, piece, y, COLOURS[grade])


def _draw_pair(axes: Axes, account: Account, words: str) -> None:
    """What adds to the difference right of zero, what takes from it left of it, and the net as a mark."""
    less, more = ([entry for entry in account.entries if entry.us * sign > 0] for sign in (-1, 1))
    low = -sum(minutes(abs(float(entry.us))) for entry in less)
    pieces = [*stacked(less, low), *stacked(more, 0)]
    high = max((piece.left + piece.width for _, piece in pieces), default=0.0)
    span = LONGER * (max(high, 0.0) - low) or 1.0
    for grade, piece in pieces:
        bar(axes, piece, 0, COLOURS[grade])
    name_pieces(axes, [piece for _, piece in pieces if width_of(piece.title, span) < piece.width], 0, span)
    net = minutes(float(account.total_us))
    axes.plot([net, net], [-0.22, 0.22], color=INK, linewidth=2.6, solid_capstyle="butt", zorder=6)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=5)
    axes.set_title("\n".join(lines(words, BODY, ROOM, is_bold=True)), loc="left", fontsize=BODY, fontweight="bold")
    axes.set_yticks([])
    axes.set_ylim(-0.5, 0.3)
    axes.set_xlim(LONGER * low, LONGER * low + span)
    axes.set_xlabel("difference of the means, minutes", fontsize=BODY)
    plain(axes)


def _legend(axes: Axes, ledger: Ledger) -> None:
    used = {entry.value for account in (*ledger.arms, *ledger.pairs) for entry in account.entries if entry.us}
    patches = [
        Patch(facecolor=COLOURS[grade], edgecolor="white", hatch=HATCH if grade == "assumed" else "", label=grade)
        for grade in GRADES
        if grade in used
    ]
    if patches:
        axes.legend(
            handles=patches,
            frameon=False,
            fontsize=BODY - 0.5,
            handlelength=1.6,
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=len(patches),
            borderaxespad=0.2,
        )
