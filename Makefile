# Two targets are for newcomers: `make demo` and `make test`. Only Python >= 3.11 and make are needed.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
DEMO ?= demo

# make eval: the texts belong to their publishers and are not here.
SHARED ?= ../shared
GOLD ?= $(SHARED)/eval/dev-gold.json
SCORE ?= $(SHARED)/eval/score.py
TEXTS ?=
SCOREFLAGS ?=
PREDICTIONS ?= build/eval
# make bench: options, as python -m tests.bench -h tells them
BENCHFLAGS ?=

PIP := $(PY) -m pip --disable-pip-version-check --quiet
RUNTIME_STAMP := $(VENV)/.runtime
TEST_STAMP := $(VENV)/.test
LAC_STAMP := $(VENV)/.lac
CODE := kg ontology loaders queries exports tests

.PHONY: demo test check venv dev lac fmt lint types layers pytest docs calibrate eval bench vendor wheel pins clean help
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:[^#]*## /\t/' | expand -t 10

demo: venv  ## the sample pages, all the way to database, RDF and picture (folder: DEMO=demo)
	$(BIN)/kg demo -o $(DEMO)

test: dev check  ## make the environment, then everything that make check does

check: lint types layers pytest  ## format, lint, types, layers, tests, in a ready environment

venv: $(RUNTIME_STAMP)  ## .venv with the pinned runtime and the project itself

dev: $(TEST_STAMP)  ## .venv with what tests and tools need as well

lac: $(LAC_STAMP)  ## .venv with the extra lac; apart, since its wheels are not there for every system

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME_STAMP): requirements/base.txt requirements/build.txt pyproject.toml | $(PY)
	$(PIP) install --require-hashes -r requirements/base.txt -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_STAMP): requirements/dev.txt $(RUNTIME_STAMP)
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(LAC_STAMP): requirements/lac.txt $(RUNTIME_STAMP)
	$(PIP) install --require-hashes -r requirements/lac.txt
	@touch $@

lint:
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports

pytest:
	$(PY) -m pytest

fmt:  ## format the code and repair what ruff can
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

docs: dev  ## write docs/reference.md anew from the ontology, the queries and the commands
	$(PY) -m tests.reference

# The table is emptied first: what it said before, or that it cannot be read, must not matter.
CONFIDENCE := kg/extract/confidence.tsv
calibrate: venv  ## measure the rules on tests/gold and write kg/extract/confidence.tsv anew
	@mkdir -p $(PREDICTIONS)
	printf 'predicate\trule\tright\twrong\tpractised_right\tpractised_wrong\tconfidence\n*\t*\t0\t0\t0\t0\t0.5\n' > $(CONFIDENCE)
	$(BIN)/kg extract --weak-rules tests/gold/texts > $(PREDICTIONS)/gold.jsonl
	$(BIN)/kg eval tests/gold/gold.json $(PREDICTIONS)/gold.jsonl --split held --calibrate $(CONFIDENCE)

eval: venv  ## score the development set: make eval TEXTS=folder
	@test -f "$(SCORE)" -a -f "$(GOLD)" || { \
	  echo "make eval: no $(GOLD) or $(SCORE); name them with GOLD=... SCORE=..." >&2; exit 2; }
	@test -n "$(TEXTS)" -a -d "$(TEXTS)" || { \
	  echo "make eval: the annotated texts belong to their publishers and are not in the repository." >&2; \
	  echo "  Look them up by 'query' and 'url' in $(GOLD), save each as FOLDER/<id>.txt (outside the repository)," >&2; \
	  echo "  check them with: $(PY) $(SCORE) $(GOLD) --verify-texts FOLDER" >&2; \
	  echo "  then: make eval TEXTS=FOLDER" >&2; exit 2; }
	@mkdir -p $(PREDICTIONS)
	$(PY) $(SCORE) $(GOLD) --verify-texts $(TEXTS) || echo "some texts are not the annotated ones: do not compare figures"
	@echo "as looked up (half width):"
	$(BIN)/kg extract $(TEXTS) > $(PREDICTIONS)/narrow.jsonl
	$(PY) $(SCORE) $(GOLD) $(PREDICTIONS)/narrow.jsonl $(SCOREFLAGS)
	@echo "as printed (full width):"
	rm -rf $(PREDICTIONS)/wide && $(PY) $(SCORE) --widen $(TEXTS) $(PREDICTIONS)/wide
	$(BIN)/kg extract $(PREDICTIONS)/wide > $(PREDICTIONS)/wide.jsonl
	$(PY) $(SCORE) $(GOLD) $(PREDICTIONS)/wide.jsonl $(SCOREFLAGS)
	@echo "why triples were lost, and whether confidences hold (full width):"
	$(BIN)/kg eval $(GOLD) $(PREDICTIONS)/wide.jsonl --blame --reliability --texts $(PREDICTIONS)/wide

bench: dev  ## speed of extraction, loading, export and pictures, beside other tools
	$(PY) -m tests.bench $(BENCHFLAGS)

vendor: venv  ## fetch again what others wrote for pages of ours, with npm, and write its checksums
	$(PY) -m tests.vendor

wheel: dev  ## dist/*.whl
	$(PY) -m build --wheel --no-isolation

# Pins for every supported Python and platform; --no-emit-* keep the names of hosts out.
UV := build/pins/bin/uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
      --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet
pins:  ## choose the newest allowed versions and write requirements/*.txt anew
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip --quiet install uv
	$(UV) --upgrade --extra test pyproject.toml -o requirements/dev.txt
	$(UV) --upgrade pyproject.toml -c requirements/dev.txt -o requirements/base.txt
	printf 'hatchling\neditables\n' | $(UV) --upgrade - -c requirements/dev.txt -o requirements/build.txt
	build/pins/bin/python -c 'import tomllib; \
	  print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["lac"], sep="\n")' | \
	  $(UV) --upgrade - -c requirements/dev.txt -o requirements/lac.txt

clean:  ## what was made; the cache of jars stays
	rm -rf $(VENV) build dist $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
