"""Every run checks itself (rule 5): an engine that is wrong is stopped, and says where."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.draws.columns import PLAIN, Maker
from sim.draws.nouns import Draws, Times
from sim.engines.contract import Paths
from sim.errors import EngineError
from sim.experiment.engines import REFERENCE, Engine, Runner
from sim.experiment.simulate import CHECKED_ARMS, check, simulate_block
from sim.model.network import Network
from sim.scenario.loader import load_text
from tests.examples import examples

TEXT = """
title: two launches
deadline: none
launches: [{name: one}, {name: two, at: 3 s}]
stages:
  a: {delay: {exponential: {mean: 30 s}}, refusal: {probability: 50 %}, evidence: assumed}
  b: {delay: 4 s, evidence: assumed}
arrangements: {right: [b], x: [a, b]}
compare: [right, x]
replications: 20
"""
SCENARIO = load_text(TEXT, "two")


def engine(change: Callable[[Paths], None] = lambda _: None, maker: Maker = PLAIN, runner: str = "paths") -> Engine:
    """The reference engine under another name; of arm x its paths, or what comes of them, are changed."""

    def prepare(network: Network) -> Runner:
        right = REFERENCE.prepare(network)
        if network.n_nodes == 2:
            return right

        def wrong(draws: Draws) -> Paths:
            paths = right.paths(draws)
            change(paths)
            return paths

        broken = Runner(wrong, lambda draws: (wrong(draws).latency, right.alerts(draws)[1]), right.latencies)
        return replace(right, **{runner: getattr(broken, runner)})

    return Engine("compiled", maker, prepare)


def run(of: Engine) -> None:
    check(SCENARIO, of)


def one_later(paths: Paths) -> None:
    """Stage b of the second launch of replication 7 ends a microsecond late; so does what follows."""
    paths.ended[7, 1, 1:] += 1


def test_an_engine_that_is_right_runs() -> None:
    run(engine())


def test_a_node_that_differs_stops_the_run_and_is_named() -> None:
    with pytest.raises(EngineError) as caught:
        run(engine(one_later))
    message = str(caught.value)
    assert "the compiled engine differs from the reference engine: arm x, replication 7, launch 1, node 1" in message
    assert "(STAGE 'b')" in message
    assert "ended is" in message


def all_one_later(paths: Paths) -> None:
    paths.ended[:, :, -1] += 1


def test_alerts_that_are_not_those_of_the_paths_stop_the_run() -> None:
    """The loops that only add up are checked too: here every latency is a microsecond too long."""
    with pytest.raises(EngineError, match="arm x, its latencies or sums are not those of its paths"):
        run(engine(all_one_later, runner="alerts"))


def shifted(*given: object) -> Times:
    return PLAIN.times(*given) + 1


def halved(*given: object) -> np.ndarray:
    return PLAIN.uniforms(*given) / 2


def test_of_hundreds_of_arms_the_first_the_last_and_some_between_are_checked() -> None:
    """The last is wrong, and where none is each is prepared for one setting: nothing is unknown."""
    right, wrong = SCENARIO.arms
    with pytest.raises(EngineError, match="arm x, replication"):
        check(replace(SCENARIO, arms=(right,) * 299 + (wrong,)), engine(all_one_later))
    prepared: list[Network] = []
    usual = engine()
    counting = replace(usual, prepare=lambda network: prepared.append(network) or usual.prepare(network))
    check(replace(SCENARIO, arms=(right,) * 300), counting)
    assert len(prepared) == CHECKED_ARMS


@pytest.mark.parametrize(
    "maker", [replace(PLAIN, times=shifted), replace(PLAIN, uniforms=halved)], ids=["delay", "refusal"]
)
def test_a_difference_of_the_draws_is_found(maker: Maker) -> None:
    with pytest.raises(EngineError, match=r"arm \w+, replication \d+, launch \d, node 0"):
        run(engine(maker=maker))


def test_what_went_wrong_reaches_the_parent_from_a_worker() -> None:
    error = EngineError("arm x, replication 7")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert type(pickle.loads(pickle.dumps(error))) is EngineError


ALERTS = """
from sim.scenario.loader import load_text
from sim.experiment.engines import chosen, engine_of
from sim.experiment.simulate import simulate_block
scenario = load_text(open(sys.argv[1]).read(), "two")
engine = engine_of(chosen("auto", scenario, 1))
latency, sums = simulate_block(scenario, engine, ({},), 0, 20, is_summed=True)
print(engine.name, {arm: found.tolist() for arm, found in latency.items()}, sums)
"""
TOO_OLD = "raise ImportError('Numba needs NumPy 2.0 or less')\n"


@pytest.mark.parametrize("missing", examples(["not there", "too old"], ["not there"]))
def test_without_the_compiler_columns_give_the_same(missing: str, tmp_path: Path) -> None:
    """Numba is not there, or refuses to be imported beside the NumPy that is; however long the run."""
    (tmp_path / "numba.py").write_text(TOO_OLD)
    (tmp_path / "two.yaml").write_text(TEXT)
    how = {"not there": "sys.modules['numba'] = None", "too old": f"sys.path.insert(0, {str(tmp_path)!r})"}[missing]
    long = "from sim.experiment import engines; engines.LOADING_S = engines.COMPILING_S = 0"
    told = [
        subprocess.run(
            [sys.executable, "-c", f"import sys\n{before}\n{ALERTS}", tmp_path / "two.yaml"],
            capture_output=True, text=True, check=True,
        ).stdout
        for before in (f"{how}\n{long}", long)
    ]  # fmt: skip
    without, with_it = (text.split(" ", 1) for text in told)
    assert (without[0], with_it[0]) == ("columns", "compiled")
    assert without[1] == with_it[1]


def test_settings_that_share_a_network_are_each_as_if_alone() -> None:
    """Three at once at a desk of one, two and one again: another capacity is another network, an equal one is not."""
    text = """
title: a desk
deadline: none
launches: [{name: three, offsets: [0 s, 0 s, 0 s]}]
desks: {d: {capacity: {low: 1, typical: 1, high: 2}, evidence: assumed}}
stages:
  a: {desk: d, delay: {constant: {low: 1 s, typical: 2 s, high: 4 s}}, evidence: assumed}
  b: {delay: 3 s, evidence: assumed}
arrangements: {x: [a], y: [{try: a, for: {low: 1 s, typical: 2 s, high: 9 s}, else: b}]}
compare: [x, y]
replications: 4
"""
    scenario = load_text(text, "desk")
    paths = [found.path for found in scenario.ranges()]
    assert len(paths) == 3
    settings = tuple(
        dict(zip(paths, ends, strict=True))
        for ends in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.5, 0.0))
    )
    together, _ = simulate_block(scenario, REFERENCE, settings, 0, 4)
    alone = [simulate_block(scenario, REFERENCE, (setting,), 0, 4)[0] for setting in settings]
    for arm in ("x", "y"):
        assert np.array_equal(together[arm], np.concatenate([one[arm] for one in alone]))
        assert len({column.tobytes() for column in together[arm]}) > 1
