"""Where small faults are put, and which tests should notice them.

Every file of the packages of a group has faults put in, a new one as well, but for those that `LEFT_OUT` names; a file
of another package is named if it makes numbers of chance.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SIM = ROOT / "sim"
PACKAGES = {"kernels": ("kernels",), "statistics": ("analysis", "draws")}
OTHERS: dict[str, tuple[str, ...]] = {
    "kernels": (),
    "statistics": (  # what is drawn of: families and their parameters, ranges, what is up and down
        "model/delay.py",
        "model/distributions.py",
        "model/gamma_shape.py",
        "model/outages.py",
        "model/ranges.py",
    ),
}
LEFT_OUT = ("kernels/cache.py", "kernels/compiler.py", "kernels/kept.py", "kernels/linked.py")  # for the compiler
FILES = {
    group: sorted(
        path
        for path in [
            *(path for package in PACKAGES[group] for path in (SIM / package).glob("*.py")),
            *(SIM / name for name in OTHERS[group]),
        ]
        if path not in {SIM / name for name in LEFT_OUT}
    )
    for group in PACKAGES
}

# Of long files those functions alone that are quick as plain Python.
TESTS = (
    "tests/same_path/test_outages.py",
    "tests/same_path/test_rules.py",
    "tests/same_path/test_engines.py::test_the_engines_agree_on_small_worlds_and_most_of_them_run_by_columns",
    "tests/same_path/test_engines.py::test_the_engines_agree_where_a_long_list_of_jobs_comes_and_goes",
    "tests/same_path/test_engines.py::test_the_engines_agree_on_many_launches_at_one_desk",
    "tests/same_path/test_engines.py::test_the_engines_agree_in_pieces_of_a_few_replications",
    "tests/same_path/test_engines.py::test_the_engines_agree_where_a_combination_has_one_part",
    "tests/streams/test_compiled.py::test_compiled_uniforms_are_the_plain_ones_over_several_batches",
    "tests/streams/test_compiled.py::test_compiled_times_are_the_plain_ones_wherever_a_column_begins_and_ends",
    "tests/streams/test_compiled.py::test_what_has_no_loop_is_made_from_compiled_uniforms",
    "tests/streams/test_compiled.py::test_compiled_variates_have_the_bits_of_the_plain_ones_at_every_edge",
    "tests/streams/test_compiled.py::test_a_compiled_uniform_is_the_top_52_bits_of_a_word_plus_a_half",
    "tests/streams/test_designs.py",
    "tests/streams/test_meaning.py",
    "tests/streams/test_orders.py",
    "tests/streams/test_streams.py",
    "tests/theory/test_ledger.py",
    "tests/theory/test_outages.py",
    "tests/unit/analysis",
    "tests/unit/draws",
    "tests/unit/kernels/test_alerts.py",
    "tests/unit/kernels/test_branch.py",
    "tests/unit/kernels/test_columns.py",
    "tests/unit/kernels/test_desks.py",
    "tests/unit/kernels/test_events.py",
    "tests/unit/kernels/test_numbers.py",
    "tests/unit/model",
)
