"""Python: what may be given, what comes back, what is refused."""

from __future__ import annotations

import warnings
from datetime import date, timedelta
from inspect import signature
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.errors import ScenarioError, SimError
from sim.scenario.folders import shipped_folder
from sim.scenario.loader import load_scenario
from sim.studies import STUDIES
from tests.examples import examples

FEW = {"replications": 40, "settings": 3, "engine": "reference"}
MAPPING = {
    "title": "two lines",
    "launches": [{"name": "one missile", "flight_time": "10 min"}],
    "stages": {
        "seen": {"delay": "57 s", "evidence": "assumed"},
        "told": {"delay": {"exponential": {"mean": "2 min"}}, "evidence": "assumed"},
    },
    "arrangements": {"direct": ["seen", "told"], "late": [{"all": ["seen", "told"]}]},
    "compare": ["direct", "late"],
    "replications": 1e2,
}

LOOP: dict[str, object] = {}
LOOP["a"] = LOOP
FRAME = pd.DataFrame({"a": range(1_000)})


def _nested(depth: int) -> object:
    return [_nested(depth - 1)] if depth else "4 min"


@pytest.mark.parametrize(
    "given",
    ["first-look", str(shipped_folder() / "first-look.yaml"), Path(shipped_folder() / "first-look.yaml")],
    ids=["name", "text of a path", "path"],
)
def test_a_scenario_is_given_as_one_likes(given: str | Path) -> None:
    assert sim.check(given) == load_scenario(shipped_folder() / "first-look.yaml")


def test_a_date_of_the_catalogue_is_a_launch() -> None:
    assert sim.check(date(2022, 11, 18)).name == sim.check("2022-11-18").name == "2022-11-18"


def test_a_mapping_is_a_scenario_and_its_numbers_are_read_as_a_file_has_them() -> None:
    assert sim.check(MAPPING).replications == 100
    assert sim.run(MAPPING, engine="reference").results.n_replications == 100


def test_a_checked_scenario_is_taken_with_other_values() -> None:
    scenario = sim.check("first-look")
    assert sim.check(scenario) is scenario
    assert sim.check(scenario, sets={"replications": 50}).replications == 50


def test_numbers_are_numbers() -> None:
    answer = sim.run("first-look", replications=4e1, settings=3, seed=7, engine="reference")
    assert (answer.results.n_replications, answer.results.n_settings, answer.scenario.seed) == (40, 3, 7)


def test_a_run_has_results_arrays_and_frames() -> None:
    pytest.importorskip("pandas")
    answer = sim.run("first-look", **FEW)  # type: ignore[arg-type]
    assert answer.alerts.typical["direct"].shape == (40, 1)
    latencies = answer.latencies()
    assert list(latencies.columns) == ["direct", "via_washington"]
    assert latencies["direct"].mean() == pytest.approx(answer.results.arm("direct").mean.estimate / 60e6)
    frame = answer.frame().set_index("arm")
    assert frame.loc["direct", "mean_min"] == pytest.approx(latencies["direct"].mean(), rel=1e-5)
    assert np.issubdtype(frame["p95_min"].dtype, np.floating)


def test_a_run_in_memory_says_what_reverses_it_as_a_stored_one_does() -> None:
    assert "stops being faster once" in sim.run("first-look", **FEW).page.labels["Reverses"]  # type: ignore[arg-type]


def test_what_is_shown_is_short_and_says_the_finding() -> None:
    answer = sim.run("first-look", **FEW)  # type: ignore[arg-type]
    for shown in (answer, answer.scenario, answer.alerts, answer.found):
        assert len(repr(shown)) < 400
    assert answer.headline[:200] in repr(answer)
    assert answer.headline in " ".join(str(answer).split())


def test_a_run_has_its_figures() -> None:
    answer = sim.run("first-look", **FEW)  # type: ignore[arg-type]
    assert answer.figure().get_suptitle()
    with pytest.raises(SimError, match='there is no figure "map" of this run — ask for one of: latency, difference'):
        answer.figure("map")


def test_an_answer_is_saved_with_its_figure(tmp_path: Path) -> None:
    answer = sim.breakeven("first-look", replications=20)  # type: ignore[attr-defined]
    names = {path.name for path in answer.save(tmp_path / "new")}
    assert names == {"breakeven.json", "breakeven.csv", "breakeven.md", "breakeven.png", "captions.md", "page.json"}
    (tmp_path / "new" / "breakeven.md").write_text("edited", encoding="utf-8")
    with pytest.raises(SimError, match=r"breakeven\.md: is there already, and is another — .*, or again=True to"):
        answer.save(tmp_path / "new")
    assert {path.name for path in answer.save(tmp_path / "new", again=True)} == names
    assert answer.figure().get_suptitle().startswith("At working values")
    with pytest.raises(SimError, match='there is no figure "ledger" — there is: breakeven'):
        answer.figure("ledger")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"replication": 200}, 'there is no option "replication" — did you mean "replications"?'),
        ({"settings": "many"}, "settings: needs"),
        ({"replications": 2.5}, "replications: must be a whole number, got 2.5"),
        ({"seed": True}, "True is no value of a scenario"),
        ({"engine": "fast"}, 'engine "fast": there is none of this name'),
        ({"arms": ["direct", "direkt"]}, 'no arm or arrangement "direkt" — did you mean "direct"?'),
        ({"arms": 3}, "arms 3: needs names, as a list or as text"),
        ({"arms": []}, "arms []: names none — name one or several, or leave it out"),
        ({"arms": "direct,"}, '--arms "direct,": has an empty name — write --arms A,B, of '),
        ({"arms": FRAME}, "arms <DataFrame>: needs names"),
        ({"arms": ["direct", "direct"]}, "--arms direct,direct: is given twice: direct"),
        ({"sets": {"stages.us_evaluate.delay": "1 min"}}, "us_evaluate"),
        ({"sets": ["seed=1"]}, "sets ['seed=1']: needs a dictionary by path"),
        ({"sets": {3: "1 min"}}, "sets {3: '1 min'}: needs a dictionary by path"),
        ({"sets": {"seed": 1}, "seed": 2}, 'seed is given twice, as an argument and in sets["seed"]'),
        ({"workers": 0}, "workers 0: needs a whole number from 1 to 1,024"),
        ({"workers": 2.5}, "workers 2.5: needs a whole number from 1 to 1,024"),
        ({"workers": "many"}, "--cluster many: "),
    ],
)
def test_a_wrong_argument_is_told_with_the_mend(options: dict[str, object], words: str) -> None:
    with pytest.raises(SimError) as caught:
        sim.run("first-look", **options)  # type: ignore[arg-type]
    assert words in str(caught.value)


@pytest.mark.parametrize("name", ["run", "check", "breakeven"])
def test_an_argument_without_its_name_or_a_scenario_that_lacks_is_told(name: str) -> None:
    function = getattr(sim, name)
    form = rf"write sim.{name}\(scenario, NAME=VALUE\), NAME is .*sets"
    for given, words in ((("first-look", 200), "too many positional arguments"), ((), "missing a required argument")):
        with pytest.raises(SimError, match=f"sim.{name}: {words}.* — {form}"):
            function(*given)


@pytest.mark.parametrize(
    ("given", "options", "words"),
    [
        ((), {}, "sim.load_run: missing a required argument: 'path' — write sim.load_run(path)"),
        (("a", "b"), {}, "sim.load_run: too many positional arguments"),
        (("a",), {"paths": "b"}, 'there is no option "paths" — did you mean "path"?'),
        ((MAPPING,), {}, "needs a path, as text or as a Path"),
        ((b"a",), {}, "needs a path, as text or as a Path"),
        (("x" * 5_000,), {}, "is not a stored run"),
        (("a\0b",), {}, "is not a stored run"),
    ],
)
def test_what_is_no_stored_run_is_told(given: tuple[object, ...], options: dict[str, object], words: str) -> None:
    with pytest.raises(SimError) as caught:
        sim.load_run(*given, **options)  # type: ignore[arg-type]
    assert words in str(caught.value)


def test_a_study_takes_workers_and_options_as_a_run_does() -> None:
    with pytest.raises(SimError, match="workers 0: needs a whole number from 1 to 1,024"):
        sim.breakeven("first-look", workers=0, replications=20)  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", [3, None, ["first-look"]])
def test_what_is_no_scenario_is_told(given: object) -> None:
    with pytest.raises(SimError, match="a scenario is a path, a name, a date, a mapping or a Scenario, not"):
        sim.check(given)  # type: ignore[arg-type]


def test_numbers_and_lists_of_numpy_and_pandas_and_dates_are_values() -> None:
    delay = {"empirical": {"values": np.array([1.0, 2.5]), "unit": "min", "interpolation": "step"}}
    launch = {"name": "one", "flight_time": "10 min", "date": date(2019, 10, 2), "time": "07:10"}
    given = {**MAPPING, "launches": [launch], "replications": np.int64(50), "seed": np.uint64(7)}
    found = sim.check({**given, "stages": {**MAPPING["stages"], "told": {"delay": delay, "evidence": "assumed"}}})  # type: ignore[dict-item]
    assert (found.replications, found.seed, found.clock.date()) == (50, 7, date(2019, 10, 2))
    assert found.arm("direct").stages["told"].delay.shape.values == (60e6, 150e6)  # type: ignore[union-attr]
    delay["empirical"]["values"] = pd.Series([1.0, 2.5])
    assert sim.check(MAPPING, sets={"stages.told.delay": delay}).arm("direct").stages["told"].delay == (
        found.arm("direct").stages["told"].delay
    )
    answer = sim.run(MAPPING, arms=np.array(["late", "direct"]), replications=np.int32(20), engine="reference")  # type: ignore[arg-type]
    assert answer.results.n_replications == 20
    assert [arm.name for arm in answer.scenario.arms] == ["late", "direct"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (LOOP, r"stages\.told\.delay\.a: contains itself — write it out"),
        (_nested(60), r"stages\.told\.delay(\[0\])+: is nested more than 50 deep"),
        (
            FRAME,
            r"stages\.told\.delay: <DataFrame> is no value of a scenario — write text such as '4 min', a number or a",
        ),
        (np.True_, r"stages\.told\.delay: True is no value"),
        (timedelta(minutes=3), r"stages\.told\.delay: datetime\.timedelta\(seconds=180\) is no value"),
    ],
    ids=["itself", "deep", "frame", "bool", "timedelta"],
)
def test_what_is_no_value_is_told_shortly_with_its_path(value: object, words: str) -> None:
    stages = {**MAPPING["stages"], "told": {"delay": value, "evidence": "assumed"}}  # type: ignore[dict-item]
    for ask in (
        lambda: sim.check({**MAPPING, "stages": stages}),
        lambda: sim.check(MAPPING, sets={"stages.told.delay": value}),
    ):
        with pytest.raises(SimError, match=words):
            ask()


def test_all_faults_of_a_mapping_are_told_by_their_path() -> None:
    with pytest.raises(ScenarioError) as caught:
        sim.check({**MAPPING, "stages": {"seen": {"delay": 57, "evidence": "assumed"}}})
    assert "stages.seen.delay: needs a unit" in str(caught.value)
    assert "unknown stage" in str(caught.value)
    with pytest.raises(SimError, match=r"launches\[0\].flight_time: None is no value of a scenario"):
        sim.check({**MAPPING, "launches": [{"name": "one", "flight_time": None}]})


def test_what_is_odd_is_a_warning() -> None:
    busy = {"us_relay": {"at": "us", "capacity": 1, "evidence": "assumed"}}
    busy["us_relay"]["background"] = {"interarrival": "1 min", "service": "2 min", "evidence": "assumed"}  # type: ignore[assignment]
    stages = {**MAPPING["stages"], "told": {"desk": "us_relay", "delay": "1 min", "evidence": "assumed"}}  # type: ignore[dict-item]
    with pytest.warns(UserWarning, match="other work alone fills it"):
        sim.check({**MAPPING, "desks": busy, "stages": stages})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sim.check("first-look")


def test_the_interface_shows_itself() -> None:
    assert {"run", "check", "breakeven", "sweep", "map", "record", "SimError"} <= {*dir(sim)}
    assert "measure : 'mean' or 'p50'" in (sim.breakeven.__doc__ or "")  # type: ignore[attr-defined]


HOSTILE = [3, [], [3], {3: 4}, b"x", object(), LOOP, FRAME]  # what no argument of any function takes, but for numbers


@pytest.fixture(scope="module")
def answer() -> sim.RunAnswer:
    return sim.run("first-look", **FEW)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [None, *HOSTILE], ids=lambda given: type(given).__name__)
def test_what_is_no_path_and_no_name_is_told_with_the_argument(answer: sim.RunAnswer, given: object) -> None:
    for function, name in ((sim.load_run, "path"), (answer.save, "folder")):
        with pytest.raises(SimError, match=f"^{name} .*: needs a path, as text or as a Path$"):
            function(given)  # type: ignore[operator]
    for figure in (answer.figure, super(sim.RunAnswer, answer).figure):
        with pytest.raises(SimError, match=r"^name .*: needs text$"):
            figure(given)  # type: ignore[arg-type]
    form = r"sim\.load_run: missing a required argument: 'path' — write sim\.load_run\(path\)"
    with pytest.raises(SimError, match=form):
        sim.load_run()  # type: ignore[call-arg]


ARGUMENTS = [
    (name, argument) for name in ("check", "run", *STUDIES) for argument in signature(getattr(sim, name)).parameters
]


@pytest.mark.parametrize(
    ("name", "argument"),
    examples(ARGUMENTS, [one for one in ARGUMENTS if one[0] != "claims" or one[1] == "claims"]),  # five files each time
    ids=[".".join(one) for one in ARGUMENTS],
)
def test_no_argument_of_any_function_makes_an_error_of_python(
    name: str, argument: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number may be what is asked for, and none of several all of them: nothing is simulated then."""
    monkeypatch.setattr("sim.api.simulate_scenario", _asked)
    monkeypatch.setattr("sim.api.answered", _asked)
    first = {"scenario": "first-look"} if (name, "scenario") in ARGUMENTS else {}
    for given in HOSTILE:
        is_asked = isinstance(given, int) or (argument == "claims" and isinstance(given, list) and not given)
        expected = (SimError, Asked) if is_asked else SimError
        with pytest.raises(expected) as caught:
            getattr(sim, name)(**{**first, argument: given})
        assert caught.type is Asked or len(str(caught.value).splitlines()[0]) < 1_000


class Asked(Exception):  # noqa: N818 - no error
    """What would have been simulated."""


def _asked(*_: object, **__: object) -> None:
    raise Asked
