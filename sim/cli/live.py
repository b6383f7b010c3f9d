"""``sim live``."""

from __future__ import annotations

import click

from sim.asking.oddities import oddities
from sim.asking.scenarios import load, parse_sets
from sim.cli.options import arms_option, sets_option, tell


@click.command("live")
@click.argument("scenario", metavar="SCENARIO")
@sets_option
@arms_option
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
def command(scenario: str, sets: tuple[str, ...], arms: str | None, no_browser: bool) -> None:
    """Open a page where values are moved and the answer follows; ends with Ctrl-C.

    It is served to this machine alone, on a free port, at an address that works once. Nothing is written. --set and
    --arms say what is changed to begin with, as the page says it.

    \b
    Examples:
      sim live first-look
      sim live 2019-10-02 --set stages.us_evaluates.delay.lognormal.median.typical="4 min"
    """
    from sim.live.serve import serve

    base = load(scenario, {})
    for text in oddities(base):
        tell(text)
    serve(scenario, base, tell, sets=parse_sets(sets), arms=arms, is_opened=not no_browser)
