"""What a reader needs to repeat a result, in one line."""

from __future__ import annotations

from sim.analysis.intervals import LEVEL
from sim.analysis.results import Results
from sim.model.scenario import RANDOMISATIONS, Scenario
from sim.units import count_text


def kept_text(results: Results) -> str:
    """What was kept of the run, and so how exact its quantiles are."""
    if results.quantile_error == 0:
        return "paths kept, quantiles exact"
    return f"summary kept, quantiles within {100 * results.quantile_error:.1f} %"


def run_words(scenario: Scenario, results: Results, digest: str) -> str:
    """What a reader needs to repeat it, in one line."""
    n = f"n = {results.n_replications:,} replications{_launches_words(scenario)}{_design_words(scenario)}"
    return (
        f"{n}, {_settings_words(scenario, results)}, "
        f"{100 * LEVEL:.0f} % level, seed {scenario.seed}, {digest}, "
        f"{kept_text(results)}"
    )


def study_words(scenario: Scenario, n_replications: int, n_settings: int, digest: str, of: str = "setting") -> str:
    """What a reader needs to repeat a study of so many settings, or of cells, in one line."""
    return (
        f"{count_text(n_settings, of)} × {n_replications:,} replications{_launches_words(scenario)}, "
        f"{100 * LEVEL:.0f} % level, seed {scenario.seed}, {digest}"
    )


def typical_words(scenario: Scenario, n: int, digest: str) -> str:
    """What a reader needs to repeat what is asked of the typical setting alone, in one line."""
    return f"n = {n:,} replications{_launches_words(scenario)} at the typical setting, seed {scenario.seed}, {digest}"


def _launches_words(scenario: Scenario) -> str:
    """What there is of each replication, where that is more than one launch or event."""
    n, n_false = (sum(1 for _ in one.launch_keys()) for one in (scenario.real, scenario))
    n_false -= n
    launches = f" × {n} {scenario.happenings}" if n > 1 else ""
    return f"{launches} and {n_false} false report{'s' if n_false > 1 else ''}" if n_false else launches


def _design_words(scenario: Scenario) -> str:
    """How replications go together, and so to what their number was rounded up."""
    if scenario.draws == "sobol":
        return f", rounded up to {RANDOMISATIONS} randomisations of {scenario.n_together:,} Sobol points"
    return ""


def _settings_words(scenario: Scenario, results: Results) -> str:
    if results.n_settings > 1:
        return f"{results.n_settings} settings × {results.n_setting_replications:,}"
    return "typical setting alone" if scenario.ranges() else "no ranges"
