"""What is stored of a job or a run as Parquet: latencies row by row, tallies histogram by histogram."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.analysis.branch import StageSums
from sim.analysis.histogram import Histogram
from sim.analysis.intervals import RatioSums
from sim.analysis.outcomes import Outcomes, Quantity
from sim.analysis.tally import Key, Tally
from sim.analysis.work import DeskSums, WorkSums
from sim.draws.nouns import Times
from sim.engines.contract import NEVER
from sim.errors import StoreError
from sim.experiment.run import Job, Part, tally_of
from sim.model.scenario import Scenario

_STAGES, _SUMS, _N_SECTIONS = b"stage_sums", b"sums", b"sections"
_NEAR = ("replication", "latency_us")  # columns stored as differences from row to row: half the size, twice as fast
_N_KEY = len(Key._fields)
_KINDS = ("n", "n_squares", "n_products")  # the weights of a histogram, in its order
_AT_ONCE = 256
_LISTS = {name: pa.list_(pa.int64()) for name in ("low_us", "width_us", *_KINDS)}
_TALLY = pa.schema(
    {name: pa.int64() if name in ("setting", "launch") else pa.string() for name in Key._fields} | _LISTS
)


def part_bytes(scenario: Scenario, part: Part) -> bytes:
    """The latencies of a part, and the sums along its delivering branches."""
    table = _latencies(scenario, part).replace_schema_metadata({_STAGES: _stages_text(part.tally)})
    sink = pa.BufferOutputStream()
    deltas = dict.fromkeys(_NEAR, "DELTA_BINARY_PACKED")
    few = ["arm", "setting", "launch"]
    numbers = [name for name in table.column_names if name != "arm"]  # least and greatest of a text are found slowly
    pq.write_table(table, sink, use_dictionary=few, column_encoding=deltas, write_statistics=numbers)
    return _written(sink)


def _written(sink: pa.BufferOutputStream) -> bytes:
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _latencies(scenario: Scenario, part: Part) -> pa.Table:
    """One row an arm, setting, replication and launch; the latency is null if no alert came."""
    names = [arm.name for arm in scenario.arms]
    latency = np.stack([part.latency[name] for name in names])
    axes = (
        np.arange(len(names), dtype=np.int32),
        np.array(part.job.settings, np.int32),
        np.arange(part.job.start, part.job.stop),
        np.arange(latency.shape[-1], dtype=np.int32),
    )
    numbers = (_numbers(axis.ravel()) for axis in np.meshgrid(*axes, indexing="ij", copy=False))
    arm, setting, replication, launch = numbers
    flat = latency.ravel()
    return pa.table(
        {
            "arm": pa.DictionaryArray.from_arrays(arm, _texts(names)),
            "setting": setting,
            "replication": replication,
            "launch": launch,
            "latency_us": _numbers(flat, flat != NEVER),
        }
    )


def _numbers(values: NDArray[Any], is_there: NDArray[np.bool_] | None = None) -> pa.Array:
    """A column of whole numbers, null where one is not there.

    `pyarrow.array` would import pandas wherever that is installed, which takes a quarter of a second.
    """
    buffers = [None if is_there is None else _bits(is_there), pa.py_buffer(np.ascontiguousarray(values))]
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), buffers)


def _texts(texts: Iterable[str]) -> pa.Array:
    """A column of texts, likewise."""
    written = [text.encode() for text in texts]
    buffers = [None, _ends(map(len, written)), pa.py_buffer(b"".join(written))]
    return pa.Array.from_buffers(pa.string(), len(written), buffers)


def _ends(lengths: Iterable[int]) -> pa.Buffer:
    return pa.py_buffer(np.cumsum([0, *lengths]).astype(np.int32))


def _bits(flags: NDArray[np.bool_]) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def read_latencies(scenario: Scenario, job: Job, path: Path) -> dict[str, Times]:
    """The latencies of a job by arm, (setting, replication, launch), as they were written."""
    shape = (len(scenario.arms), len(job.settings), job.stop - job.start, len(scenario.launch_keys()))
    try:
        found = _read(path, ["latency_us"]).column(0).combine_chunks()
        latency = _filled(found, int(NEVER)).reshape(shape)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise damaged(path, error) from None
    return {arm.name: latency[place] for place, arm in enumerate(scenario.arms)}


def _filled(column: pa.Array, missing: int) -> Times:
    """The numbers of a column, one in place of nulls; `fill_null` would import all that pyarrow computes."""
    values, is_there = _values(column), column.buffers()[0]
    if is_there is None:
        return values
    bits = np.unpackbits(np.frombuffer(is_there, np.uint8), bitorder="little")
    return np.where(bits[column.offset : column.offset + len(column)], values, missing)


def _values(column: pa.Array) -> Times:
    """The numbers of a column, not copied; of nulls any."""
    return np.frombuffer(column.buffers()[1], np.int64, len(column), column.offset * np.int64().nbytes)


def _read(path: Path, columns: list[str] | None = None) -> pa.Table:
    """All of a file, or some columns; `read_table` is for data sets of many files, and imports pandas too."""
    with pq.ParquetFile(path) as file:
        return file.read(columns)


def read_part(scenario: Scenario, job: Job, path: Path) -> Part:
    """A part as it was written, its tally made anew."""
    latency = read_latencies(scenario, job, path)
    try:
        stages = _stages(pq.read_schema(path).metadata)
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise damaged(path, error) from None
    return Part(job, tally_of(scenario, job, latency, stages), latency)


def damaged(path: Path, error: Exception) -> StoreError:
    """What is said of a file that cannot be read."""
    return StoreError(f"{path}: is damaged ({error}) — delete the folder of the run and run again")


def tally_bytes(tally: Tally) -> bytes:
    """One row a histogram: what it measures, the cells that have values, and their weights.

    The sums, which exceed 64 bits, stand in the metadata. Few rows at a time, since there can be thousands.
    """
    keys, sink = sorted(tally.spreads), pa.BufferOutputStream()
    sums = [[*key, *sums.as_tuple()] for key, sums in sorted(tally.sums.items())]
    schema = _TALLY.with_metadata({_SUMS: json.dumps(sums), _STAGES: _stages_text(tally)})
    with pq.ParquetWriter(sink, schema, use_dictionary=[*Key._fields]) as writer:
        for start in range(0, len(keys), _AT_ONCE):
            writer.write_table(_rows(tally, keys[start : start + _AT_ONCE], schema))
    return _written(sink)


def _rows(tally: Tally, keys: list[Key], schema: pa.Schema) -> pa.Table:
    spreads = [tally.spreads[key] for key in keys]
    lists = [_lists(one.low for one in spreads), _lists(one.width for one in spreads)]
    lists += [_lists(_weights(one, kind) for one in spreads) for kind in range(len(_KINDS))]
    columns = zip(*keys, strict=True)
    named = [_texts(column) if isinstance(column[0], str) else _numbers(np.array(column)) for column in columns]
    return pa.table([*named, *lists], schema)


def _weights(spread: Histogram, kind: int) -> Times | None:
    return spread.weights[kind] if kind < len(spread.weights) else None


def _lists(rows: Iterable[Times | None]) -> pa.Array:
    """A list a row, null where there is none; without a Python number for each value."""
    arrays = list(rows)
    values = np.concatenate([np.empty(0, np.int64), *(one for one in arrays if one is not None)])
    is_there = np.array([one is not None for one in arrays])
    buffers = [_bits(is_there), _ends(0 if one is None else len(one) for one in arrays)]
    return pa.Array.from_buffers(pa.list_(pa.int64()), len(arrays), buffers, children=[_numbers(values)])


def read_tally(path: Path) -> Tally:
    """A tally as it was written."""
    try:
        table = _read(path)
        told = table.schema.metadata
        keys = [Key(*row) for row in zip(*(table.column(name).to_pylist() for name in Key._fields), strict=True)]
        sums = {Key(*row[:_N_KEY]): RatioSums(*row[_N_KEY:]) for row in json.loads(told[_SUMS])}
        spreads = {key: _histogram(table, row) for row, key in enumerate(keys)}
        return Tally(sums, spreads, _stages(told))
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise damaged(path, error) from None


def _histogram(table: pa.Table, row: int) -> Histogram:
    lists = (table.column(name)[row] for name in ("low_us", "width_us", *_KINDS))
    low, width, *weights = (_values(one.values) for one in lists if one.is_valid)
    return Histogram(low, width, np.stack(weights))


def _stages_text(tally: Tally) -> str:
    return json.dumps({name: asdict(one) for name, one in tally.stages.items()})


def _stages(metadata: Mapping[bytes, bytes]) -> dict[str, StageSums]:
    stored: dict[str, dict[str, Any]] = json.loads(metadata[_STAGES])
    return {name: _stage_sums(one) for name, one in stored.items()}


def _stage_sums(stored: dict[str, Any]) -> StageSums:
    lists = {name: tuple(stored[name]) for name in ("n", "wait_us", "hold_us")}
    return StageSums(
        n_alerts=stored["n_alerts"], fallback_us=stored["fallback_us"], work=_work_sums(stored["work"]), **lists
    )


def _work_sums(stored: dict[str, Any]) -> WorkSums:
    by_centre = {name: RatioSums(**one) for name, one in stored["by_centre"].items()}
    return WorkSums(by_centre, stored["at_desks_us"], {name: DeskSums(**one) for name, one in stored["desks"].items()})


def outcome_bytes(found: Outcomes) -> bytes:
    """The outcomes of some settings, a row a quantity: its values, one row of sections after another."""
    names = [one._asdict() for one in found.values]
    columns = {name: [one[name] for one in names] for name in Quantity._fields}
    values = pa.array([every.ravel() for every in found.values.values()], pa.list_(pa.float64()))
    table = pa.table({**columns, "values": values}).replace_schema_metadata({_N_SECTIONS: str(found.n_sections)})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return _written(sink)


def read_outcomes(path: Path) -> Outcomes:
    """Outcomes as they were written."""
    try:
        table = pq.read_table(path)
        n_rows = 1 + int(table.schema.metadata[_N_SECTIONS])
        names = zip(*(table.column(name).to_pylist() for name in Quantity._fields), strict=True)
        values = (one.values.to_numpy().reshape(n_rows, -1) for one in table.column("values"))
        return Outcomes({Quantity(*name): every for name, every in zip(names, values, strict=True)})
    except (OSError, KeyError, ValueError, TypeError, pa.ArrowException) as error:
        raise damaged(path, error) from None
