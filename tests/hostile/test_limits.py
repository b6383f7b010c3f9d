"""No file takes long: each kind of work has a bound, held here by counting it, and once by the clock."""

from __future__ import annotations

import contextlib
import difflib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import ScenarioError, SimError
from sim.model.scenario import Scenario
from sim.scenario import loader, recorded
from sim.scenario.build import Builder
from sim.scenario.document import MOST_COMPARED
from sim.scenario.loader import load_scenario
from sim.scenario.reader import MOST_BYTES, MOST_VALUES

Load = Callable[..., Scenario]
PLAIN = {
    "title": "t",
    "deadline": "none",
    "launches": "[{name: a}]",
    "stages": "{f: {delay: 1 s, evidence: assumed}}",
    "arrangements": "{x: f}",
    "compare": "[x]",
}


def many(n: int, text: str) -> str:
    return ", ".join(text.replace("#", str(i)) for i in range(n))


STAGES = "{f: {delay: 1 s, evidence: assumed}, " + many(900, "s#: {delay: 1 s, evidence: assumed}") + "}"
ARMS = "{" + many(50, "y#: {arrangement: x, set: {stages.f.delay: 2 s}}") + "}"


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the plain scenario with fields replaced or added."""

    def write_and_load(sets: dict[str, str] | None = None, **fields: str) -> Scenario:
        lines = [f"{name}: {text}" for name, text in (PLAIN | fields).items()]
        (tmp_path / "x.yaml").write_text("\n".join(lines))
        return load_scenario(tmp_path / "x.yaml", sets)

    return write_and_load


def faults(load: Load, sets: dict[str, str] | None = None, **fields: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(sets, **fields)
    return str(caught.value)


def test_names_are_compared_for_hints_a_bounded_number_of_times(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names as alike as these took minutes: a comparison is quadratic in their length."""
    compared = []
    real = difflib.get_close_matches
    monkeypatch.setattr(
        difflib, "get_close_matches", lambda name, known, **how: compared.append(len(known)) or real(name, known, **how)
    )
    known, unknown = "ab" * 25, "ba" * 25
    stages = "{f: {delay: 1 s, evidence: assumed}, " + many(600, known + "#: {delay: 1 s, evidence: assumed}") + "}"
    arms = "{" + many(40, f"y#: {{arrangement: x, set: {{stages.{unknown}.delay: 2 s}}}}") + "}"
    faults(load, stages=stages, arrangements="{x: f, z: [" + many(1000, unknown + "#") + "]}")
    assert sum(compared) <= MOST_COMPARED
    compared.clear()
    faults(load, stages=stages, arms=arms)
    assert sum(compared) <= MOST_COMPARED


def test_a_stage_is_built_once_however_many_arms_share_it(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    real = Builder.stage
    monkeypatch.setattr(Builder, "stage", lambda *arguments: built.append(arguments[1]) or real(*arguments))
    scenario = load(stages=STAGES, arms=ARMS, compare="[x, y1]")
    assert built.count("s7") == 1
    assert built.count("f") == 1 + 50  # that of the file, and one in the world of each arm that changes it
    assert [arm.stages["f"].delay.typical.mean for arm in scenario.arms] == [1_000_000, 2_000_000]
    assert scenario.arms[0].stages["s7"] is scenario.arms[1].stages["s7"]


def test_an_arm_that_moves_a_desk_has_stages_of_its_own_that_stand_there(load: Load) -> None:
    scenario = load(
        stages="{f: {desk: d, delay: 1 s, evidence: assumed}}",
        desks="{d: {at: us, capacity: 1, evidence: assumed}}",
        arms="{y: {arrangement: x, set: {desks.d.at: seoul}}}",
        compare="[x, y]",
    )
    assert [arm.stages["f"].at for arm in scenario.arms] == ["us", "seoul"]


def test_the_catalogue_is_read_once_however_many_launches_name_it(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    n_read = []
    real = recorded.load_catalogue
    monkeypatch.setattr(recorded, "load_catalogue", lambda root: n_read.append(root) or real(root))
    load(launches="[" + many(50, "{name: a#, catalogue: 2019-10-02}") + "]")
    assert len(n_read) == 1


def test_a_shared_part_and_the_overrides_count_with_the_file(load: Load, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "part.yaml").write_text("story: [" + many(MOST_VALUES // 2, "x") + "]")
    (tmp_path / "scenarios" / "x.yaml").write_text("use: [part.yaml, part.yaml]\nflows: [" + many(100, "x") + "]")
    with pytest.raises(ScenarioError, match=r'use\[1\]: "part.yaml" holds too many values'):
        load_scenario(tmp_path / "scenarios" / "x.yaml")
    half = "[" + many(MOST_VALUES // 2, "x") + "]"
    assert "--set cue: holds too many values" in faults(load, {"story": half, "cue": half})
    assert "--set cue: the overrides are longer" in faults(load, {"story": "x", "cue": "x" * MOST_BYTES})


def test_the_values_of_all_lists_together_are_bounded(load: Load, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("1 s\n" * 5_000)
    stage = "s#: {delay: {empirical: {file: list.csv, interpolation: step}}, evidence: assumed}"
    load(stages="{f: {delay: 1 s, evidence: assumed}, " + many(4, stage) + "}")  # 20,000 in all
    found = faults(load, stages="{f: {delay: 1 s, evidence: assumed}, " + many(5, stage) + "}")
    assert '"list.csv" brings the values of all files above 20,000' in found


def test_a_message_shows_a_bounded_piece_of_what_was_given(load: Load) -> None:
    report = faults(load, **{"k" * 100_000: "1", "compare": "[" + "x" * 1_000 + "]"})
    assert len(report) < 2_000


CHAIN = "{" + ", ".join(f"g{i}: [g{i + 1}, g{i + 1}]" for i in range(190)) + ", g190: f}"
RANGE = "{low: 1 s, typical: 2 s, high: 3 s}"
WORST: dict[str, dict[str, str]] = {
    "flows that double": {"flows": CHAIN, "arrangements": "{x: g0}", "cue": "g0"},
    "flows nested to the limit": {"arrangements": "{x: [" + many(80, "[" * 45 + "f" + "]" * 45) + "]}"},
    "every arm with a world of its own": {"stages": STAGES, "arms": ARMS},
    "every corner of every range": {
        "stages": "{f: {delay: 1 s, evidence: assumed}, "
        + many(310, f"s#: {{delay: {{weibull: {{mean: {RANGE}, sd: {RANGE}}}}}, evidence: assumed}}")
        + "}"
    },
    "gammas that are hard to fit": {
        "stages": "{f: {delay: 1 s, evidence: assumed}, "
        + many(
            310,
            "s#: {delay: {gamma: {median: {low: 25 s, typical: 26 s, high: 27 s}, "
            "p90: {low: 28.# s, typical: 29 s, high: 30 s}}}, evidence: assumed}",
        )
        + "}"
    },
    "large salvos": {"launches": "[" + many(900, "{name: a#, count: 100000, gap: 1 s}") + "]"},
    "unknown names": {"arrangements": "{x: [" + many(3_900, "u#") + "]}"},
    "faults everywhere": {"stages": "{" + many(970, "s#: {delay: 1e99 d, evidence: 1, q: 1}") + "}"},
    "one long text": {"story": "x " * 65_000},
    "one long quoted text": {"story": '"' + "\\u0041" * 21_000 + '"'},
    "maps in maps": {"story": "[" + many(80, "{a: " * 45 + "1" + "}" * 45) + "]"},
}


@pytest.mark.parametrize("fields", WORST.values(), ids=WORST.keys())
def test_the_worst_files_of_the_size_allowed_are_answered_in_about_a_second(load: Load, fields: dict[str, str]) -> None:
    """Half a second on a quiet machine; processor time, and a generous factor, since tests share their machine."""
    started = time.process_time()
    with contextlib.suppress(SimError):
        load(**fields)
    assert time.process_time() - started < 4


def test_links_and_names_that_lead_out_of_the_folder_are_refused(load: Load, tmp_path: Path) -> None:
    inner = tmp_path / "scenarios"
    inner.mkdir()
    (tmp_path / "out.yaml").write_text("story: secret\n")
    (inner / "link.yaml").symlink_to(tmp_path / "out.yaml")
    (inner / "circle.yaml").symlink_to(inner / "circle.yaml")
    names = ("link.yaml", "../out.yaml", str(tmp_path / "out.yaml"), "/etc/passwd", "circle.yaml", "", ".", "/dev/zero")
    stage = "s#: {delay: {empirical: {file: '@', interpolation: step}}, evidence: assumed}"
    for name in names:
        (inner / "x.yaml").write_text(f"use: ['{name}']\nstages: {{{stage.replace('@', name)}}}\n")
        with pytest.raises(ScenarioError) as caught:
            load_scenario(inner / "x.yaml")
        refused = {fault.path for fault in caught.value.faults if fault.message.startswith(f'"{name[:80]}')}
        assert refused == {"stages.s#.delay.empirical.file", "use[0]"}
        assert "secret" not in str(caught.value)


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link out"])
def test_what_is_no_file_of_the_folder_is_never_opened(kind: str, tmp_path: Path) -> None:
    root = tmp_path / "scenarios"
    (root / "catalogue").mkdir(parents=True)
    path = root / "catalogue" / "launches.csv"
    (tmp_path / "secret").write_text("id\nsecret\n")
    make = {"folder": path.mkdir, "pipe": lambda: os.mkfifo(path)}
    make.get(kind, lambda: path.symlink_to("/dev/zero" if kind == "device" else tmp_path / "secret"))()
    (root / "x.yaml").write_text("launches: [{catalogue: 2019-10-02}]\n")
    (root / "y.yaml").write_text("use: [catalogue/launches.csv]\n")
    with pytest.raises(SimError, match=r"is not a file|lies outside"):
        load_scenario(root / "x.yaml")
    with pytest.raises(SimError, match=r"is not a file|lies outside"):
        load_scenario(root / "y.yaml")
    if kind != "link out":
        with pytest.raises(SimError, match="is not a file"):
            load_scenario(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"title": "a", "title": "b"}', "a key is written twice"),
        ('{"title": null}', "null is no value of a scenario"),
        ('{"title": [' + '"x",' * 30_000 + '"x"]}', "too many values"),
        ('{"a": ' * 60 + '"x"' + "}" * 60, "nested too deeply"),
        ("[" * 100_000, "is not a resolved scenario"),
        ("", "is not JSON"),
        ("title: t", "is not JSON"),
    ],
    ids=["doubled", "null", "many", "deep", "deeper", "empty", "YAML"],
)
def test_a_resolved_scenario_is_the_json_that_the_program_wrote(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "scenario.json").write_text(text)
    with pytest.raises(ScenarioError, match=message):
        load_scenario(tmp_path / "scenario.json")


def test_a_resolved_scenario_says_what_the_file_said(load: Load, tmp_path: Path) -> None:
    scenario = load_scenario(loader.shipped_folder() / "confirmation.yaml")
    (tmp_path / "confirmation.json").write_text(json.dumps(scenario.document))
    assert load_scenario(tmp_path / "confirmation.json") == scenario
