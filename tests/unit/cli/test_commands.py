"""The command line by exit code and text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sim.asking.scenarios import find_scenario
from sim.cli import cli
from sim.errors import SimError
from sim.model.scenario import Scenario
from sim.scenario.catalogue import load_catalogue
from sim.scenario.folders import shipped_folder
from tests.examples import examples
from tests.stored import interrupt, promised_bytes, store

QUICK = ["--replications", "40", "--settings", "4", "--workers", "1"]


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def refusal(*arguments: str) -> str:
    with pytest.raises(SimError) as caught:
        call(*arguments)
    return str(caught.value)


def shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "sim", *arguments], capture_output=True, text=True, check=False)


def test_a_run_says_what_came_out_and_where_it_is(here: Path) -> None:
    text = call("run", "first-look", *QUICK).output
    assert "not a reconstruction" in text
    assert "min of the difference on ASSUMED values (4 of the 4 behind it)" in text
    (folder,) = (here / "results" / "first-look").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"table.md", "summary.csv", "summary.json", "latency.png", "captions.md", "provenance.json"} <= names


def test_a_scenario_comes_by_a_pipe(here: Path) -> None:
    text = (shipped_folder() / "first-look.yaml").read_text(encoding="utf-8")
    told = CliRunner().invoke(cli, ["run", "-", *QUICK, "--arms", "direct,via_washington", "--quiet"], input=text)
    assert told.output.splitlines()[-1].startswith("results/stdin/")
    assert "sound" in CliRunner().invoke(cli, ["check", "-"], input=text).output


def test_a_folder_of_the_same_name_hides_no_shipped_scenario(here: Path) -> None:
    (here / "confirmation").mkdir()
    assert "confirmation: sound" in call("check", "confirmation").output


def test_the_same_command_again_says_that_the_result_is_there(here: Path) -> None:
    call("run", "first-look", *QUICK)
    assert "complete and identical; nothing was run" in call("run", "first-look", *QUICK).output


def test_a_summary_says_that_it_is_one_wherever_it_is_read(here: Path) -> None:
    text = call("run", "first-look", *QUICK, "--keep", "summary").output
    (folder,) = (here / "results" / "first-look").iterdir()
    words = "summary kept, quantiles within 0.4 %"
    assert words in " ".join(text.split())
    assert words in (folder / "table.md").read_text(encoding="utf-8")
    assert json.loads((folder / "summary.json").read_text())["quantile_error_share"] == 1 / 256
    assert json.loads((folder / "provenance.json").read_text())["keep"] == "summary"
    assert not (folder / "alerts").exists()


def test_the_fuller_result_stands_for_a_summary_and_not_the_other_way_round(here: Path) -> None:
    call("run", "first-look", *QUICK, "--keep", "summary")
    assert "nothing was run" in call("run", "first-look", *QUICK, "--keep", "summary").output
    assert "nothing was run" not in call("run", "first-look", *QUICK).output
    again = call("run", "first-look", *QUICK, "--keep", "summary").output
    assert "complete and with all its paths; nothing was run" in " ".join(again.split())
    assert "paths kept, quantiles exact" in " ".join(again.split())


def test_figures_of_a_summary_can_be_drawn_again(printed_here: Path) -> None:
    path = Path(call("run", "first-look", *QUICK, "--quiet", "--keep", "summary").output.strip())
    for name in call("plot", str(path), "--out", "again").output.split():
        assert Path(name).read_bytes() == (path / Path(name).name).read_bytes()


def test_a_changed_file_of_a_result_is_noticed(here: Path) -> None:
    path = Path(call("run", "first-look", *QUICK, "--quiet").output.strip())
    (path / "summary.json").write_text("{}")
    assert "has changed since it was written" in refusal("plot", str(path))
    assert "nothing was run" not in call("run", "first-look", *QUICK).output


INTERRUPTED = ("run", "first-look", *QUICK, "--quiet")


def interrupted(**sets: str) -> Scenario:
    """The first of the two blocks of a run is there."""
    scenario = find_scenario("first-look", {"replications": "40", "settings": "4", **sets})
    interrupt(scenario, Path("results"), 1)
    return scenario


def test_an_interrupted_run_goes_on_and_says_what_it_took_up(here: Path) -> None:
    expected = promised_bytes(store(interrupted(), here / "whole").path)
    result = call(*INTERRUPTED, "--resume")
    assert "1 of 2 blocks were taken up from an interrupted run" in result.stderr
    assert promised_bytes(Path(result.stdout.strip())) == expected
    assert "nothing was run" in call(*INTERRUPTED[:-1], "--resume").output


def test_again_takes_up_nothing(here: Path) -> None:
    interrupted()
    assert "taken up" not in call(*INTERRUPTED, "--again").stderr


def test_resuming_what_is_not_there_is_refused_with_what_differs(here: Path) -> None:
    assert "run without --resume to begin it" in refusal(*INTERRUPTED, "--resume")
    interrupted(seed="7")
    assert "differs: seed: 7 → 1" in refusal(*INTERRUPTED, "--resume")
    assert "give one of them" in refusal(*INTERRUPTED, "--resume", "--again")


SURE = ("run", "first-look", "--settings", "2", "--workers", "1")


def test_a_precision_is_reached_by_the_very_run_of_so_many_replications(here: Path) -> None:
    asked = (*SURE, "--precision", "12 s")
    text = " ".join(call(*asked).output.split())
    assert "Precision mean difference of direct and via Washington ± 11" in text
    assert "where ± 12 s was asked for: 4,000 replications; if each arm had draws of its own, about" in text
    path = Path(call(*SURE, "--replications", "4000", "--quiet").output.strip())
    noted = json.loads((path / "provenance.json").read_text())["precision"]
    assert (noted["replications"], noted["is_enough"]) == (4_000, True)
    again = call(*asked).output
    assert "nothing was run" in again
    assert " ".join(again.split()).startswith(text)


def test_a_precision_that_is_not_reached_is_said_and_the_result_kept(here: Path) -> None:
    result = call(*SURE, "--precision", "1%", "--at-most", "1200", "--quiet")
    assert "not reached: mean difference of direct and via Washington ± " in result.stderr
    assert "with 1,200 replications, the most allowed" in result.stderr
    assert (Path(result.stdout.strip()) / "table.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--precision", "5"], '--precision "5" needs a unit'),
        (["--precision", "0 s"], "is never reached"),
        (["--precision", "10 s", "--for", "in-time"], "is of a share of launches here"),
        (["--precision", "1%", "--replications", "50"], "give one of them"),
        (["--precision", "1%", "--arms", "direct"], "there is no pair — compare two arms"),
        (["--at-most", "50"], "--at-most goes with --precision"),
        (["--for", "p95"], "--for goes with --precision"),
    ],
)
def test_a_precision_that_makes_no_sense_is_refused(here: Path, arguments: list[str], message: str) -> None:
    assert message in refusal("run", "first-look", *arguments)
    assert not (here / "results").exists()


def test_json_is_the_summary(here: Path) -> None:
    summary = json.loads(call("run", "first-look", *QUICK, "--json").output)
    assert [arm["arm"] for arm in summary["arms"]] == ["direct", "via_washington"]


def test_arms_can_be_chosen(here: Path) -> None:
    text = call("run", "2019-10-02-pukguksong-3", "--arms", "direct,direct_standing", *QUICK, "--json").output
    summary = json.loads(text)
    assert [arm["arm"] for arm in summary["arms"]] == ["early_warning", "direct", "direct_standing"]
    assert [(pair["a"], pair["b"]) for pair in summary["pairs"]] == [("direct_standing", "direct")]


def test_a_date_of_the_catalogue_runs_under_the_base_case(here: Path) -> None:
    assert "sound — 7 arms, 1 launch" in call("check", "2022-11-18").output


def test_figures_are_drawn_again_from_a_stored_run(printed_here: Path) -> None:
    path = Path(call("run", "first-look", *QUICK, "--quiet").output.strip())
    drawn = call("plot", str(path), "--out", "again").output.split()
    assert [Path(name).name for name in drawn] == ["latency.png", "captions.md"]
    for name in drawn:
        assert Path(name).read_bytes() == (path / Path(name).name).read_bytes()
    assert call("plot", str(path), "--out", "again").output.split() == drawn  # the same files
    Path("again/captions.md").write_text("edited", encoding="utf-8")
    assert "again/captions.md: is there already, and is another" in refusal("plot", str(path), "--out", "again")
    assert call("plot", str(path), "--out", "again", "--again").output.split() == drawn
    assert Path("again/captions.md").read_bytes() == (path / "captions.md").read_bytes()


@pytest.mark.parametrize("command", ["run", "breakeven", "plot"])
def test_a_dash_is_no_folder(command: str, here: Path) -> None:
    assert refusal(command, "first-look", "--out", "-").startswith("--out -: is no folder — name one")
    assert not [*here.iterdir()]


def test_figures_of_a_stored_run_are_drawn_in_another_kind_of_file(printed_here: Path) -> None:
    path = Path(call("run", "first-look", *QUICK, "--quiet").output.strip())
    drawn = [Path(name) for name in call("plot", str(path), "--out", "others", "--format", "pdf").output.split()]
    assert {name.suffix for name in drawn} == {".pdf", ".md"}
    assert all(name.read_bytes().startswith(b"%PDF") for name in drawn if name.suffix == ".pdf")


def test_figures_are_printed_as_they_are_asked_for_also_of_a_run_that_is_there(printed_here: Path) -> None:
    """Figures of another width are no damage to a run."""
    call("run", "first-look", *QUICK)
    (path,) = (printed_here / "results" / "first-look").iterdir()
    usual = (path / "latency.png").read_bytes()
    text = call("run", "first-look", *QUICK, "--width", "16", "--format", "svg", "--format", "png").output
    assert "nothing was run" in text
    assert "*.svg *.png" in text
    assert (path / "latency.svg").exists()
    assert int.from_bytes((path / "latency.png").read_bytes()[16:20]) == 2 * int.from_bytes(usual[16:20])
    assert "nothing was run" in call("run", "first-look", *QUICK).output


@pytest.mark.parametrize("width", examples(["nan", "5", "31", "inf", "wide"], ["nan"]))
def test_a_width_that_is_none_is_refused_before_anything_is_run(here: Path, width: str) -> None:
    result = shell("ledger", "first-look", "--width", width)
    assert (result.returncode, result.stdout) == (2, "")
    assert "--width" in result.stderr
    assert not (here / "results").exists()


def test_every_figure_has_a_caption_with_its_title_and_what_repeats_it(drawn_here: Path) -> None:
    call("run", "first-look", *QUICK)
    (path,) = (drawn_here / "results" / "first-look").iterdir()
    captions = (path / "captions.md").read_text(encoding="utf-8").split("## ")[1:]
    assert [text.split()[0] for text in captions] == ["latency", "difference", "stages", "timeline", "warning", "work"]
    assert all(text.count("**") == 2 and "seed 1" in text and path.name in text for text in captions)


def test_a_study_that_is_there_keeps_its_figures_and_says_so(printed_here: Path) -> None:
    asked = ["ledger", "first-look", "--set", "replications=40"]
    call(*asked)
    assert "--again makes them as asked for" in call(*asked, "--format", "pdf").stderr
    call(*asked, "--format", "pdf", "--again")
    (path,) = (printed_here / "results" / "first-look").iterdir()
    assert (path / "ledger.pdf").read_bytes().startswith(b"%PDF")


def test_several_scenarios_also_get_one_figure_of_all_their_launches(here: Path) -> None:
    names = ("first-look", "2022-11-18", "2019-10-02")
    text = call("run", *names, *QUICK).output
    (drawn,) = (here / "results").glob("launches-*.png")
    assert text.splitlines()[-1] == f"Together  results/{drawn.name} .csv  a row a launch"
    assert call("run", *names, *QUICK, "--quiet").output.splitlines()[-1] == f"results/{drawn.name}"
    assert len(list((here / "results").glob("launches-*.png"))) == 1


def test_one_scenario_given_twice_has_no_common_figure(here: Path) -> None:
    assert "Together" not in call("run", "first-look", "first-look", *QUICK).output
    assert not list((here / "results").glob("launches-*"))


def test_diff_tells_what_changed_in_the_scenario_and_in_the_answers(here: Path) -> None:
    old, new = (
        call("run", "first-look", *QUICK, "--quiet", *sets).output.strip()
        for sets in ([], ["--set", "stages.us_to_tokyo.delay=2 min"])
    )
    text = call("diff", old, new).output
    assert "stages.us_to_tokyo.delay: 30 s → 2 min" in text
    assert "direct:" in text
    assert "unchanged" in text


def test_a_trace_tells_one_launch_under_every_arm() -> None:
    text = call("trace", "salvo-of-eight-2022-06-05", "--launch", "8").output
    assert "One simulated launch" in text
    assert text.count("report after") + text.count("no report arrives") == 5


def test_list_can_be_narrowed() -> None:
    text = call("list", "--year", "2019", "--class", "SLBM").output
    assert text.count("\n") == 2
    assert "Pukguksong-3" in text


def test_list_computes_flight_times_and_cuts_no_name() -> None:
    text = call("list").output
    assert re.search(r"2019-08-10 .* KN-24 +5\.5 min, computed\n", text)
    assert re.search(r"2019-05-04 .* no flight time\n", text)
    assert all(record.missile in text for record in load_catalogue(shipped_folder()))


def test_several_runs_say_first_how_long_they_will_take(here: Path) -> None:
    several = ("run", "first-look", "first-cue", *QUICK)
    assert re.match(r"plan: 2 runs, about \d+ s on one process\n", call(*several).stderr)
    assert call(*several).stderr == "plan: 2 runs, all there already\n"
    assert "plan" not in call("run", "first-look", *QUICK).stderr


def test_schema_is_json_with_the_text_of_each_field() -> None:
    schema = json.loads(call("schema").output)
    assert schema["properties"]["compare"]["description"].startswith("The arms compared")
    assert {reference.split("/")[-1] for reference in references(schema)} == set(schema["$defs"])


def references(schema: object) -> set[str]:
    """Every reference of a JSON Schema."""
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    own = {schema["$ref"]} if isinstance(schema, dict) and "$ref" in schema else set()
    return own.union(*map(references, inner))


def test_the_schema_asks_nothing_of_a_scenario_that_its_shared_files_may_bring() -> None:
    schema = json.loads(call("schema").output)
    assert schema["anyOf"] == [
        {"required": ["use"]},
        {"required": ["title", "launches", "arrangements", "compare"]},
        {"required": ["title", "campaign", "arrangements", "compare"]},
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "frist-look"), 'did you mean "first-look"?'),
        (("run", "2022-11-03"), "several launches that day; name one"),
        (("run", "first-look", "--set", "seed"), "needs PATH=VALUE"),
        (("run", "first-look", "--replications", "many"), "replications: needs a plain number"),
        (("check", "nowhere.yaml"), "there is no such file — sim list shows the scenarios"),
        (("check", "frist-look.yaml"), 'there is no such file — did you mean "first-look"?'),
        (("check", "."), "is a folder — give a scenario file"),
        (("check", str(shipped_folder())), "is a folder — give a scenario file, such as "),
        (("run", "first-look", "--settings", "0"), "settings: must lie between 1 and 100,000, got 0"),
        (("list", "--class", "XX"), "--class XX: no launch of the catalogue has it — write one of HGV, ICBM,"),
        (("list", "--year", "2050"), "--year 2050: no launch of the catalogue has it — write one of 2012, 2016,"),
        (("check", "2019-05-04"), "has no flight time"),
        (("trace", "first-look", "--launch", "2"), "--launch 2: the scenario has 1"),
        (("plot", "nowhere"), "is not a stored run"),
        (("run", "first-look", "--arms", "direct,q"), 'no arm or arrangement "q"'),
        (("run", "first-look", "--set", "stages.q.delay=3 s"), 'stages has no "q"'),
        (("run", "first-look", "--cluster", "here"), "needs the form dask://HOST:PORT"),
        (("run", "first-look", "--cluster", "mpi", "--workers", "2"), "give one of them"),
    ],
)
def test_wrong_input_is_answered_with_the_mend(arguments: tuple[str, ...], message: str, here: Path) -> None:
    assert message in refusal(*arguments)
    assert not (here / "results").exists()


@pytest.mark.parametrize("command", [("check",), ("run", *QUICK, "--quiet")], ids=["check", "run"])
@pytest.mark.parametrize(("service", "is_told"), [("4 min", True), ("3 min", False)])
def test_a_desk_that_other_work_alone_fills_is_told(
    command: tuple[str, ...], service: str, is_told: bool, here: Path
) -> None:
    """Two servers, a job every 2 min: of 4 min each it takes 4 / (2 · 2) = 100 % of their time, of 3 min 75 %."""
    background = f"{{interarrival: {{exponential: {{mean: 2 min}}}}, service: {service}}}"
    desk = ("--set", "desks.us_relay.capacity=2", "--set", f"desks.us_relay.background={background}")
    result = call(command[0], "first-look", *desk, *command[1:])
    told = "first-look: desk us_relay: other work alone fills it (100 % of its time at typical values), so its queue"
    assert result.stderr.startswith(told) is is_told
    assert sum("other work alone" in line for line in result.stderr.splitlines()) == is_told


def test_one_arm_is_shown_without_an_empty_paragraph(here: Path) -> None:
    lines = call("run", "first-look", *QUICK, "--arms", "direct").stdout.splitlines()
    assert "The table says how many reports arrive, and when." in lines
    assert lines.count("") == 2  # before it and after it


def test_wrong_input_exits_with_2_on_standard_error_without_a_traceback() -> None:
    result = shell("check", "frist-look")
    assert (result.returncode, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    assert "Traceback" in shell("--debug", "check", "frist-look").stderr


def test_an_unknown_command_exits_with_2() -> None:
    assert shell("bogus").returncode == 2


def test_piped_output_is_plain() -> None:
    assert "\x1b" not in shell("list").stdout


PARSERS = {"click", "ruamel", "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection"}


@pytest.mark.parametrize(
    ("arguments", "known"),
    examples(
        [
            (["--help"], {"click"}),
            (["list"], {"click", "ruamel"}),
            (["check", "first-look"], PARSERS),
            (["check", "2019-10-02-pukguksong-3"], PARSERS),
            (["check", "2022-11-18"], PARSERS),
            (["check", "first-look", "--set", "seed=x"], PARSERS),
        ],
        [(["list"], {"click", "ruamel"}), (["check", "2019-10-02-pukguksong-3"], PARSERS)],
    ),
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_light_commands_import_nothing_but_the_parsers(arguments: list[str], known: set[str]) -> None:
    """What makes them quick, held by modules and not by a clock; statistics is a slow one that is at hand."""
    code = (
        f"import sys; before = set(sys.modules); sys.argv = ['sim', *{arguments!r}]\n"
        "from sim.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "own = {'sim', 'cython_runtime'} | {name for name in new if name.startswith('_')}\n"
        "print('others:', *sorted(new - sys.stdlib_module_names - own), *sorted(new & {'statistics'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1].split() == ["others:", *sorted(known)]


def test_a_run_leaves_matplotlib_to_its_workers_and_pandas_to_nobody(tmp_path: Path) -> None:
    """Either would keep the answer waiting for longer than it takes to simulate."""
    size = ["--replications", "40", "--settings", "3", "--engine", "reference"]
    code = (
        "import sys\n"
        "from sim.cli import main\n"
        "if __name__ == '__main__':\n"
        f"    sys.argv = ['sim', 'run', 'first-look', *{size!r}, '--workers', '2', '--out', {str(tmp_path)!r}]\n"
        "    try: main()\n"
        "    except SystemExit: pass\n"
        "    print('others:', *sorted({'matplotlib', 'pandas'} & {*sys.modules}))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "others:"
    assert len(list(tmp_path.rglob("*.png"))) == 6


def test_data_goes_one_way() -> None:
    """The import contract of pyproject.toml."""
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert result.returncode == 0, result.stdout
