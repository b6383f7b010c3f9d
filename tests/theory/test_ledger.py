"""Ledgers add up to the mean latencies and differences of any scenario, to the last fraction of a microsecond."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import event

from sim.analysis.intervals import RatioSums
from sim.analysis.ledger import Account, ledger, shares
from sim.analysis.tally import AT_TYPICAL, Key
from sim.experiment.run import Job, run_job
from sim.scenario.loader import load_text
from tests.examples import few_or, hold
from tests.scenario_files import scenario_texts


def mean_of(sums: RatioSums) -> Fraction:
    return Fraction(sums.total, sums.count) if sums.count else Fraction()


def shares_add_up(account: Account) -> bool:
    return abs(sum(share.share for share in shares(account)) - any(entry.us for entry in account.entries)) < 1e-12


def assert_the_parts_add_up(text: str) -> None:
    scenario = load_text(text, "drawn")
    tally = run_job(scenario, Job((0,), 0, scenario.replications), "reference", "summary").tally
    found = ledger(scenario, tally)
    for account in (*found.arms, *found.pairs):
        measure = "difference" if account.against else "latency"
        assert account.total_us == mean_of(tally.sums[Key(AT_TYPICAL, measure, account.arm, account.against)])
        assert shares_add_up(account)
        for entry in account.entries:
            event(f"{measure}: {entry.kind}{'' if entry.us else ', nothing'}")


@few_or(150)
def test_the_parts_of_any_scenario_add_up_exactly(n_drawn: int) -> None:
    """Desks, other work, losses, refusals, fallbacks, overrides, horizons that cut, salvos; 40 replications."""
    hold(assert_the_parts_add_up, n_drawn, scenario_texts())


def assert_nothing_is_left(text: str) -> None:
    scenario = load_text(text, "drawn", sets={"contrasts": '[["x", "x"]]'})
    tally = run_job(scenario, Job((0,), 0, scenario.replications), "reference", "summary").tally
    (account,) = ledger(scenario, tally).pairs
    assert not any(entry.us for entry in account.entries)


@few_or(50)
def test_every_part_of_an_arm_against_itself_is_exactly_nothing(n_drawn: int) -> None:
    hold(assert_nothing_is_left, n_drawn, scenario_texts())
