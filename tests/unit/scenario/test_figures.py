"""What parties gave of a flight, and the rule by which a launch is taken to have had one of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sim.errors import ScenarioError, SimError
from sim.scenario.catalogue import load_catalogue
from sim.scenario.figures import ABOVE_FLOOR, COLUMNS, FIGURES, Statement, chosen, figure_of, load_figures, words
from sim.scenario.folders import shipped_folder

RECORDS = {record.id: record for record in load_catalogue(shipped_folder())}
HEADER = ",".join(COLUMNS)


def said(*cells: str, is_time: bool = False) -> list[Statement]:
    """A party each, A, B and so on, with its cell of apogee, or of flight time."""
    parties = [(chr(ord("A") + number), cell) for number, cell in enumerate(cells)]
    made = [(party, figure_of(party, cell, is_time=is_time)) for party, cell in parties]
    return [
        Statement("x", party, None, None if is_time else figure, figure if is_time else None, "", "")
        for party, figure in made
    ]


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("6040.9", 6040.85, 6040.95),  # to its last digit
        ("6045", 6044.5, 6045.5),
        ("1000", 999.5, 1000.5),
        ("about 97", 96.5, 97.5),  # half of the last digit that is not zero
        ("about 550", 545, 555),
        ("about 2700", 2650, 2750),
        ("about 50", 47.5, 52.5),  # but no more than 5 %
        ("about 1000", 950, 1050),
        ("above 6000", 6000, 6750),  # an eighth more
    ],
)
def test_what_a_length_leaves_open(cell: str, low: float, high: float) -> None:
    figure = figure_of("A", cell, is_time=False)
    assert figure
    assert (figure.low, figure.high) == (pytest.approx(low), pytest.approx(high))
    assert figure.value == pytest.approx((low + high) / 2)


@pytest.mark.parametrize(
    ("cell", "low", "high"), [("4052", 4051.5, 4052.5), ("about 2400", 2370, 2430), ("clock 840", 780, 900)]
)
def test_what_a_time_leaves_open(cell: str, low: float, high: float) -> None:
    """A whole number of minutes half a minute, a difference of two clocks of whole minutes a minute."""
    figure = figure_of("A", cell, is_time=True)
    assert figure
    assert (figure.low, figure.high) == (low, high)


@pytest.mark.parametrize(
    ("cells", "party"),
    [
        (("about 6100", "above 6000", "6040.9"), "C"),  # exact before about before a floor
        (("above 6000", "about 6100"), "B"),
        (("above 6000", "above 6200"), "A"),  # among equals the first
        (("about 90", "about 100"), "A"),
    ],
)
def test_the_rule_of_choice(cells: tuple[str, ...], party: str) -> None:
    figure = chosen(said(*cells), "apogee_km")
    assert figure
    assert figure.party == party


def test_of_flight_times_whole_minutes_of_two_clocks_stand_between_exact_and_about() -> None:
    told = said("about 4140", "clock 4140", "4135", is_time=True)
    taken = [chosen(told[:n], "flight_time_s") for n in (1, 2, 3)]
    assert [figure.party for figure in taken if figure] == ["A", "B", "C"]


def test_what_nobody_gave_is_not_taken() -> None:
    assert chosen(said("6040.9"), "range_km") is None


@pytest.mark.parametrize(
    ("launch", "range_km", "apogee_km"),
    [
        ("2022-11-18", 999.2, 6040.9),  # not Japan's 6,000, which is a floor
        ("2023-12-18", 1002.3, 6518.2),
        ("2024-10-31", 1001.2, 7687.5),  # nor its 7,000
        ("2022-10-04", 4600, 1000),  # about, both
    ],
)
def test_what_launches_are_taken_to_have_had(launch: str, range_km: float, apogee_km: float) -> None:
    record = RECORDS[launch]
    assert record.range_km
    assert record.apogee_km
    assert (record.range_km.value, record.apogee_km.value) == (pytest.approx(range_km), pytest.approx(apogee_km))


@pytest.mark.parametrize(
    ("launch", "party", "value_s"),
    [
        ("2017-07-04", "US Pacific Command", 2_220),  # not the first of three to whole minutes
        ("2022-03-24", "Japan MoD", 4_260),  # not KCNA's 4,052, though that is exact
        ("2022-11-18", "KCNA", 4_135),  # exact before Japan's two clocks: both fit
        ("2022-05-04", "Mainichi", 1_200),  # nobody else timed it
    ],
)
def test_a_flight_time_that_range_and_apogee_contradict_stands_behind_one_that_they_do_not(
    launch: str, party: str, value_s: float
) -> None:
    taken = RECORDS[launch].flight_time_s
    assert taken
    assert (taken.party, taken.value) == (party, value_s)


def test_a_launch_says_whose_flight_times_are_contradicted() -> None:
    told = {launch: str(RECORDS[launch].fields()["source"]) for launch in ("2022-03-24", "2022-05-04", "2022-11-18")}
    assert "; range and apogee contradict a flight time of 4,052 s by KCNA | " in told["2022-03-24"]
    assert told["2022-03-24"].startswith("flight time about 4,260 s by Japan MoD; range 1,090 km by KCNA; ")
    assert "; range and apogee contradict a flight time of about 1,200 s by Mainichi | " in told["2022-05-04"]
    assert "contradict" not in told["2022-11-18"]


def test_what_no_missile_flies_contradicts_no_flight_time() -> None:
    """30 km far and 0.2 km high: its engine would still burn there."""
    far, high = (figure_of("A", cell, is_time=False) for cell in ("30", "0.2"))
    low = Statement("x", "A", far, high, figure_of("A", "9", is_time=True), "", "")
    record = replace(RECORDS["2022-11-18"], statements=(low,))
    assert record.contradicted == ()
    assert record.flight_time_s == low.flight_time_s


def test_a_floor_alone_is_a_range_upwards_and_the_launch_says_so() -> None:
    """22 Apr 2024: at least 250 km far and 50 km high, by Japan; an eighth more at most, its middle the value."""
    record = RECORDS["2024-04-22"]
    assert record.apogee_km
    assert (record.apogee_km.low, record.apogee_km.high, record.apogee_km.value) == (50, 56.25, 53.125)
    assert words(record.apogee_km, "km") == "50 to 56.25 km by Japan MoD, who gave a floor"
    fields = record.fields()
    assert fields["apogee"] == "53.125 km"
    assert "apogee 50 to 56.25 km by Japan MoD, who gave a floor | " in str(fields["source"])


def test_no_floor_lies_farther_below_an_exact_figure_than_is_allowed_for() -> None:
    """Japan's and Seoul's floors beside KCNA's figures of the same launch: 0.7 to 12 % below, none above."""
    more = [
        exact.apogee_km.value / floor.apogee_km.low - 1
        for record in RECORDS.values()
        for exact in record.statements
        for floor in record.statements
        if exact.apogee_km and floor.apogee_km and (exact.apogee_km.basis, floor.apogee_km.basis) == ("exact", "above")
    ]
    assert len(more) == 9
    assert min(more) > 0
    assert 0.12 < max(more) < ABOVE_FLOOR


def test_flight_times_that_are_not_on_record_here_stay_blank() -> None:
    """Five launches with exact figures of range and apogee; what the model gives them is a prediction."""
    blank = [
        one.id
        for one in RECORDS.values()
        if one.range_km and one.apogee_km and one.apogee_km.basis == one.range_km.basis == "exact"
        if not one.flight_time_s
    ]
    assert blank == ["2017-05-14", "2017-07-28", "2023-02-18", "2023-07-12", "2024-10-31"]


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    (folder / "catalogue").mkdir(parents=True)
    (folder / FIGURES).write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2030-01-02,JCS,,,,,", ':2  launch: no launch "2030-01-02" in the catalogue — did you mean "2030-01-01"?'),
        ("2030-01-01,,600,,,,", ":2  party: is empty — write who gave the figures"),
        (
            "2030-01-01,JCS,600 km,,,,",
            ":2  range_km: needs a number above 0 and up to 100,000, alone or with one word before it, such as "
            '6040.9, about 600 or above 6000, got "600 km"',
        ),
        ("2030-01-01,JCS,,clock 50,,,", ":2  apogee_km: needs a number above 0"),
        ("2030-01-01,JCS,,0,,,", ":2  apogee_km: needs a number above 0 and up to 100,000, alone or"),
        ("2030-01-01,JCS,-5,,,,", ":2  range_km: needs a number above 0 and up to 100,000"),
        ("2030-01-01,JCS,,,99999,,", ":2  flight_time_s: needs a number above 0 and up to 86,400, alone or"),
        ("2030-01-01,JCS,,,clock 90,,", ":2  flight_time_s: from one clock to another are whole minutes, in seconds"),
        ("2030-01-01,JCS,,,,,", ":2  has no figure — write one, or take the row out"),
        ("2030-01-01,JCS,600,,,,,x", ":2  has more cells than there are columns"),
        (
            "2030-01-01,JCS,,,11 min,,",
            ":2  flight_time_s: needs a number above 0 and up to 86,400, alone or with one word before it",
        ),
    ],
)
def test_a_fault_is_told_at_its_line(row: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_figures(written(tmp_path, row), ["2030-01-01"])
    assert f"{tmp_path / FIGURES}{words}" in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            ("2030-01-01,KCNA,999.2,,,,", "2030-01-01,KCNA,1000.1,,,,"),
            ":3  range_km: is the second of KCNA for this launch, after line 2 — keep one",
        ),
        (
            ("2030-01-01,KCNA,,6040.9,,,", "2030-01-01,Japan MoD,,above 6200,,,"),
            ":3  apogee_km: contradicts line 2: Japan MoD gave 6,200 and more, and KCNA gave 6,040.9 exactly — mend",
        ),
        (
            ("2030-01-01,Japan MoD,,above 6200,,,", "2030-01-01,KCNA,,6040.9,,,"),
            ":3  apogee_km: contradicts line 2: Japan MoD gave 6,200 and more, and KCNA gave 6,040.9 exactly — mend",
        ),
        (
            ("2030-01-01,Japan MoD,,above 6000,,,", "2030-01-02,Japan Mod,600,,,,"),
            ':3  party: "Japan Mod" is spelt "Japan MoD" in line 2 — spell both alike',
        ),
    ],
)
def test_rows_that_cannot_stand_beside_each_other_are_told(rows: tuple[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_figures(written(tmp_path, *rows), ["2030-01-01", "2030-01-02"])
    assert f"{tmp_path / FIGURES}{words}" in str(caught.value)
    assert len(caught.value.faults) == 1


def test_parties_that_contradict_each_other_otherwise_may_stand_side_by_side(tmp_path: Path) -> None:
    """Two exact figures of two parties, a floor below one, a rounded figure far from it: a record has such."""
    rows = ("2030-01-01,KCNA,,6040.9,4052,,", "2030-01-01,JCS,,above 5000,4260,,", "2030-01-01,CNS,,about 7000,,,")
    assert len(load_figures(written(tmp_path, *rows), ["2030-01-01"])["2030-01-01"]) == 3


def test_a_list_without_a_column_is_told_once(tmp_path: Path) -> None:
    folder = written(tmp_path, "2030-01-01,JCS", header="launch,party")
    with pytest.raises(ScenarioError, match=r":1  has no column range_km, apogee_km, .* — add it"):
        load_figures(folder, ["2030-01-01"])


def test_what_is_no_csv_is_refused_by_name(tmp_path: Path) -> None:
    """A cell longer than the 128 KiB that Python reads."""
    folder = written(tmp_path, f"2030-01-01,{'x' * 140_000},,,,,")
    with pytest.raises(SimError, match=r"figures\.csv: is no list of figures .* — restore"):
        load_figures(folder, ["2030-01-01"])


def test_figures_have_a_source_of_their_own_with_its_address_or_one_of_the_launch() -> None:
    for record in RECORDS.values():
        for one in record.statements:
            assert "<http" in (one.source or record.sources), record.id


def test_a_launch_says_whose_figures_it_has() -> None:
    source = str(RECORDS["2022-11-18"].fields()["source"])
    assert source.startswith("flight time 4,135 s by KCNA; range 999.2 km by KCNA; apogee 6,040.9 km by KCNA | ")
    assert "range about 450 km by JCS" in str(RECORDS["2019-10-02"].fields()["source"])
