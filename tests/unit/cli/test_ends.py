"""How a command ends that nobody lets finish: Ctrl-C, a closed pipe, a full disk."""

from __future__ import annotations

import errno
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import cli, main
from sim.errors import INTERRUPTED
from sim.experiment.processes import make_ready
from tests.examples import examples

SIM = [sys.executable, "-m", "sim"]
LONG = ["run", "first-look", "--engine", "reference", "--workers", "2", "--replications", "1000000"]
SHORT = ["run", "first-look", "--replications", "20", "--settings", "1", "--workers", "1", "--out"]


@pytest.mark.parametrize("after_s", examples((0.4, 1.0, 3.0), [1.0]))
def test_ctrl_c_is_answered_in_a_line_by_nobody_but_the_command(tmp_path: Path, after_s: float) -> None:
    heard = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are started deaf
    command = subprocess.Popen(
        [*SIM, *LONG, "--out", str(tmp_path)], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    signal.signal(signal.SIGINT, heard)
    with pytest.raises(subprocess.TimeoutExpired):
        command.wait(after_s)
    os.killpg(command.pid, signal.SIGINT)
    _, told = command.communicate(timeout=60)
    assert command.returncode == 130
    assert told == f"{INTERRUPTED}\n"


def test_the_server_of_workers_is_started_deaf_and_this_process_is_not() -> None:
    make_ready(("sim.experiment.run",))
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.parametrize("arguments", [["list"], ["--help"]], ids=" ".join)
def test_a_closed_pipe_is_no_fault(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run([*SIM, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (told.stderr, told.returncode) == ("", 0)


def test_a_run_that_nobody_reads_is_stored(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run([*SIM, *SHORT, str(tmp_path)], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (told.stderr, told.returncode) == ("", 0)
    (folder,) = (tmp_path / "first-look").iterdir()
    assert {"provenance.json", "table.md", "latency.png"} < {path.name for path in folder.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="needs a shell that closes streams")
def test_a_stream_that_is_closed_takes_nothing_and_is_no_fault() -> None:
    told = subprocess.run(f"{shlex.join(SIM)} list <&- >&-", shell=True, capture_output=True, text=True, check=False)
    assert (told.stdout, told.stderr, told.returncode) == ("", "", 0)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_run_is_stored_though_its_answer_finds_no_room(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        told = subprocess.run(
            [*SIM, *SHORT, str(tmp_path)], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert told.returncode == 1
    assert told.stderr.startswith("cannot write to standard output: ")
    assert [path.name for path in tmp_path.glob("first-look/*/provenance.json")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk_is_said_in_a_line() -> None:
    with open("/dev/full", "w") as full:
        told = subprocess.run([*SIM, "list"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert told.returncode == 1
    assert told.stderr.startswith("cannot write to standard output: ")
    assert told.stderr.count("\n") == 1


TOO_LONG = "많은 " * 60


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["run", f"{TOO_LONG}/x.yaml"], "there is no such file"),
        (["claims", TOO_LONG], "no such claim"),
        (["report", TOO_LONG], "give a shorter one"),
        ([*SHORT, TOO_LONG], "File name too long — give a shorter one"),
    ],
    ids=["scenario", "claim", "run", "out"],
)
def test_a_name_that_is_too_long_for_a_file_is_the_fault_of_who_gives_it(arguments: list[str], mend: str) -> None:
    told = subprocess.run([*SIM, *arguments], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert mend in told.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (EOFError("marshal data too short"), "a fault of the program, not of your input: EOFError: marshal data too"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "a fault of the program, not of your input: F"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"), "cannot write anywhere"),
    ],
    ids=["a spoilt installation", "no folder to stand in", "nowhere for temporary files"],
)
def test_a_fault_of_the_machine_is_called_by_its_name(error: Exception, said: str, monkeypatch, capfd) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(cli, "invoke", fail)
    monkeypatch.setattr(sys, "argv", ["sim", "list"])
    with pytest.raises(SystemExit, match=r"^1$"):
        main()
    assert capfd.readouterr().err.strip().startswith(said)
