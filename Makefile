# Needs Python 3.11 or later, git and make; everything else is installed into .venv.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PROGRAM = $(VENV)/.program
STAMP = $(VENV)/.installed

.PHONY: help demo test test-slow test-all check ends fuzz mutation parity reference bench variance docs clean

help:  ## show this help
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(PROGRAM): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "needs Python 3.11 or later: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(STAMP): $(PROGRAM)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(PROGRAM)  ## run the main job on a launch that really happened
	$(BIN)/sim run 2019-10-02-pukguksong-3
	@echo
	@echo "The figure to look at first:"
	@ls -t results/2019-10-02-pukguksong-3/*/difference.png | head -n 1

test: $(STAMP)  ## run one example of each kind of test, and say which take longest
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" --durations=5

test-slow: $(STAMP)  ## run the tests that this leaves out; BUDGET=480 begins none after so many seconds
	$(BIN)/python -m pytest -n 2 --dist worksteal -m slow --durations=20 -rs $(if $(BUDGET),--budget $(BUDGET))

test-all: $(STAMP)  ## run all tests (FUZZ=3600 tries random input for an hour), and say which lines and branches no test reaches
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

check: $(STAMP)  ## lint, types, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

parity: $(STAMP)  ## hold the engines against each other on 10,000 random scenarios, and write results/reference/parity.md anew
	$(BIN)/python -m tests.parity

fuzz: $(STAMP)  ## try random files, command lines, calls and environments, for hours; goes on where it was stopped
	$(BIN)/python -m tests.fuzz

ends: $(STAMP)  ## end runs at 200 moments of each kind, and write results/reference/ends.md anew
	$(BIN)/python -m tests.resume.report

mutation: $(STAMP)  ## put small faults into kernels and statistics, and write results/reference/mutation.md anew
	$(BIN)/python -m tests.mutation

reference: $(STAMP)  ## run the shipped scenarios and write results/reference anew; BECAUSE="why" if answers changed
	$(BIN)/python -m tests.reference --because "$(BECAUSE)"

# A rival that cannot be installed here is reported as such.
bench: $(STAMP)  ## time the engines beside SimPy, Cimba, Ciw and salabim, and write results/reference/benchmarks anew
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python -m tests.benchmarks.compare
	$(BIN)/python -m tests.benchmarks.scaling
	$(BIN)/python -m tests.benchmarks.process
	-$(BIN)/python -m tests.benchmarks.live

variance: $(STAMP)  ## say what Sobol points are worth, in results/reference/variance.md
	$(BIN)/python -m tests.variance

docs: $(STAMP)  ## write the field tables of scenarios/README.md anew
	$(BIN)/python -m tests.docs

clean:  ## remove what was installed and cached
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
