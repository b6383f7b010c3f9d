"""``sim live`` in a real browser: from a key to the new sentence and table, then to the band, then to the figure.

``python -m tests.benchmarks.live`` holds the medians against goals and writes results/reference/benchmarks/live.md.
What is timed is the page as a reader has it: from the key until what it shows is painted, by the browser's own clock;
the band from when the hand rests; the figure from the band on.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from tests.benchmarks.compare import OUT
from tests.benchmarks.machine import machine_line
from tests.browsers import CHROMIUM, chromium
from tests.browsing import live

REST_MS = 250.0  # that the page waits for the hand, as its script says
LONGEST_MS = 60_000
POLL_MS = 50  # the page lets nobody wait in it by a text of script
TURNS = 20  # keys one way before as many the other
GOALS_MS = {
    "first-look": {"now": 50.0, "band": 500.0, "figure": 400.0, "ready": 2_000.0},
    "2019-10-02-pukguksong-3": {"now": 100.0, "band": 500.0, "figure": 400.0, "ready": 2_000.0},
}
SETS = {"2019-10-02-pukguksong-3": ("--set", "replications=2000")}
TITLES = {
    "now": "key to sentence and table",
    "band": "rest to band",
    "figure": "band to figure",
    "ready": "command to address",
}
HEAD = ("scenario", "from, to", "times", "ms, median", "quartiles", "goal")
WATCH = """() => {
  window.seen = {};
  const root = document.documentElement;
  new MutationObserver(() => {
    const state = root.dataset.state;
    if (!seen.key || state in seen) return;
    seen[state] = performance.now();
    if (state === "now") requestAnimationFrame(() => setTimeout(() => { seen.painted = performance.now(); }, 0));
  }).observe(root, { attributes: true, attributeFilter: ["data-state"] });
  addEventListener("keydown", () => { window.seen = { key: performance.now() }; }, true);
}"""


def timed(scenario: str, n: int) -> dict[str, list[float]]:
    """Milliseconds of so many keys on the first slider, each when the page is at rest."""
    found: dict[str, list[float]] = {name: [] for name in TITLES}
    began = time.perf_counter()
    arguments = (scenario, *SETS.get(scenario, ()))
    with ExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory())
        _, address = opened.enter_context(live(Path(folder), *arguments))
        found["ready"].append(1000 * (time.perf_counter() - began))
        page = opened.enter_context(chromium()).new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(LONGEST_MS)
        page.goto(address)
        page.wait_for_selector("html[data-state=figure]")
        page.evaluate(WATCH)
        for number in range(n):
            page.locator("#s0").focus()
            page.keyboard.press("ArrowRight" if number // TURNS % 2 == 0 else "ArrowLeft")
            while not {"figure", "painted"} <= (seen := page.evaluate("() => window.seen")).keys():
                page.wait_for_timeout(POLL_MS)
            found["now"].append(seen["painted"] - seen["key"])
            found["band"].append(seen["whole"] - seen["now"] - REST_MS)
            found["figure"].append(seen["figure"] - seen["whole"])
    return found


def rows(scenario: str, found: dict[str, list[float]]) -> list[Sequence[str]]:
    """Medians with their quartiles, and whether goals are reached."""
    return [_row(scenario, name, times) for name, times in found.items()]


def _row(scenario: str, name: str, times: list[float]) -> Sequence[str]:
    goal, middle = GOALS_MS[scenario][name], median(times)
    low, _, high = quantiles(times, n=4) if len(times) > 1 else (middle, middle, middle)
    is_reached = "reached" if middle <= goal else "not reached"
    return (
        scenario,
        TITLES[name],
        str(len(times)),
        f"{middle:.0f}",
        f"{low:.0f} to {high:.0f}",
        f"{goal:g} {is_reached}",
    )


def table(every: Sequence[Sequence[str]], note: str) -> str:
    """All as Markdown."""
    lines = [HEAD, ("---", "---", *["---:"] * 3, "---"), *every]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"# The live page in a browser\n\n{body}\n\n{note}\n"


def main() -> None:
    """Every scenario in turn, and the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    if CHROMIUM is None:
        raise SystemExit("no browser here — apt-get install chromium")
    every = [row for scenario in GOALS_MS for row in rows(scenario, timed(scenario, given.keys))]
    note = (
        "A key on the first slider whenever the page is at rest, in Chromium without a window; base case at 2,000\n"
        f"replications. {machine_line(['alertpath', 'numpy', 'matplotlib'])}"
    )
    given.out.mkdir(parents=True, exist_ok=True)
    text = table(every, note)
    (given.out / "live.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
