"""What means rest on: a bar an arm in parts by grade, and below them the difference of the first pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from sim.analysis.ledger import GRADES, Account, Entry, Ledger
from sim.model.evidence import ValueGrade
from sim.model.scenario import Scenario
from sim.plots.bars import AXIS, HEIGHT, LONGER, Head, Piece, Row, fill, height, merged, placed
from sim.plots.colours import GRADE_COLOURS, INK
from sim.plots.measure import lines
from sim.plots.style import BODY, HATCH, SMALL, finish, line_room, new_figure, plain
from sim.say.channels import no_path_sentence, no_path_words
from sim.say.numbers import minutes_text
from sim.studies.run.figures import work
from sim.studies.run.loads import Burdens
from sim.units import minutes

PAIR = 0.72  # inches, the bar of the pair
BESIDE_AXES = 0.08  # inches, left of them: the number at the end of an axis
NOTE = (
    "Means at working values, along the branch that delivers. In the order of time. A part counts "
    "under the weakest grade of the values that make it."
)
PAIR_NOTE = (
    "Below: what both spend alike cancels; right of zero is what makes the first slower, left what makes it faster; "
    "upright: the net."
)


def draw(title: str, scenario: Scenario, ledger: Ledger, pair_title: str, run: str) -> Figure:
    """Every arm, and below them the first pair, under a title of its own, if it has a difference."""
    longest = LONGER * max((minutes(float(own.total_us)) for own in ledger.arms if own.total_us > 0), default=1.0)
    rows = merged([_row_of(scenario, account) for account in ledger.arms], longest)
    names = [placed(row, longest) for row in rows]
    high = sum(height(row, found) for row, found in zip(rows, names, strict=True))
    pairs = [account for account in ledger.pairs[:1] if account.n]
    said = lines(pair_title, BODY, line_room() - BESIDE_AXES, is_bold=True) if pairs else []
    figure = new_figure(high + AXIS + 0.3 + (PAIR + AXIS + 0.25 * len(said) if pairs else 0))
    arm_axes, *pair_axes = figure.subplots(
        1 + len(pairs), 1, squeeze=False, height_ratios=[high, PAIR][: 1 + len(pairs)]
    )[:, 0]
    fill(arm_axes, rows, names)
    arm_axes.set_xlim(0, longest)
    arm_axes.set_xlabel(f"mean minutes from {scenario.happening}", fontsize=BODY)
    plain(arm_axes)
    for account, axes in zip(pairs, pair_axes, strict=True):
        _draw_pair(axes, account, said)
    _legend(arm_axes, ledger)
    return finish(
        figure,
        title,
        f"{NOTE} {PAIR_NOTE}" if pairs else NOTE,
        f"{no_path_sentence(scenario)} {scenario.name}: {run}".strip(),
    )


def _row_of(scenario: Scenario, account: Account) -> Row:
    """The bar of an arm, in the order of time."""
    head = Head(f"{scenario.arm(account.arm).title}: {_arm_words(scenario, account)}")
    return Row((head,), tuple((piece, GRADE_COLOURS[grade]) for grade, piece in end_to_end(account.entries, 0)))


def _arm_words(scenario: Scenario, account: Account) -> str:
    if account.n:
        return f"{minutes_text(float(account.total_us))} min"
    return no_path_words(scenario, scenario.arm(account.arm)) or "no report arrives"


def end_to_end(entries: Iterable[Entry], start: float) -> list[tuple[ValueGrade, Piece]]:
    """Parts end to end from ``start`` minutes, as they come."""
    pieces: list[tuple[ValueGrade, Piece]] = []
    for entry in entries:
        if entry.us:
            width = minutes(abs(float(entry.us)))
            pieces.append((entry.value, Piece(entry.title, start, width, is_assumed=entry.value == "assumed")))
            start += width
    return pieces


def draw_work(title: str, scenario: Scenario, burdens: Burdens, run: str) -> Figure:
    """The work of the first pair by centre."""
    return work.draw_work(title, scenario, burdens, f"{scenario.name}: {run}")


def _draw_pair(axes: Axes, account: Account, said: Sequence[str]) -> None:
    """What adds to the difference right of zero, what takes from it left of it, and the net as a mark."""
    less, more = ([entry for entry in account.entries if entry.us * sign > 0] for sign in (-1, 1))
    low = -sum(minutes(abs(float(entry.us))) for entry in less)
    pieces = [*end_to_end(less, low), *end_to_end(more, 0)]
    high = max((piece.left + piece.width for _, piece in pieces), default=0.0)
    span = LONGER * (max(high, 0.0) - low) or 1.0
    row = Row((), tuple((piece, GRADE_COLOURS[grade]) for grade, piece in pieces))
    fill(axes, [row], [placed(row, span, LONGER * low)])
    net = minutes(float(account.total_us))
    axes.plot([net, net], [0.05, -HEIGHT - 0.05], color=INK, linewidth=2.6, solid_capstyle="butt", zorder=8)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=5)
    axes.set_title("\n".join(said), loc="left", fontsize=BODY, fontweight="bold")
    axes.set_ylim(-PAIR, 0.08)
    axes.set_xlim(LONGER * low, LONGER * low + span)
    axes.set_xlabel("difference of the means, minutes", fontsize=BODY)
    plain(axes)


def _legend(axes: Axes, ledger: Ledger) -> None:
    used = {entry.value for account in (*ledger.arms, *ledger.pairs) for entry in account.entries if entry.us}
    patches = [
        Patch(facecolor=GRADE_COLOURS[grade], edgecolor="white", hatch=HATCH if grade == "assumed" else "", label=grade)
        for grade in GRADES
        if grade in used
    ]
    if patches:
        axes.legend(
            handles=patches,
            frameon=False,
            fontsize=SMALL,
            handlelength=1.6,
            loc="lower left",
            bbox_to_anchor=(0, 1.0),
            ncols=len(patches),
            borderaxespad=0.2,
        )
