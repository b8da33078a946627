# Start with `make demo` and `make test`. Both create .venv first. PYTHON names the interpreter (3.11 or newer).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
MUTANTS ?= 200000
DECODES ?= 1000000
FUZZ_RUNS ?= 500000
# The system's Python 3.11 if there is one: its patch release is often older than that of PYTHON.
OLDEST ?= $(shell /usr/bin/python3.11 -c 'import ensurepip, venv; print("/usr/bin/python3.11")' 2>/dev/null || echo $(PYTHON))
NEWER := python3.12 python3.13 python3.14 python3.15
ENGINES := tests/engines/node_modules/installed

.PHONY: demo test differential properties resources fuzz mutation proof check extras cluster recipes examples dist test-wheel oldest newer clean-pythons ci generated lint format types layers bench bench-columns bench-walk bench-gate generate samples engines clean

demo: $(STAMP)  ## decode and route every file in samples/
	@$(BIN)/python examples/demo.py samples

test: $(STAMP) engines  ## run all tests, with branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

MUTANT_TESTS := tests/test_differential.py tests/test_strictness.py tests/test_android.py::test_the_mirror_is_total

differential: $(STAMP)  ## compare fast path, codec, mirror and schemas over MUTANTS seeded mutants; check that no client loses a valid payload
	PUSHCODEC_MUTANTS=$(MUTANTS) $(BIN)/python -m pytest -q $(MUTANT_TESTS)

properties: $(STAMP)  ## run Hypothesis with 10,000 examples of each property
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q -n auto tests/property tests/test_strategies.py

resources: $(STAMP)  ## measure the memory that DECODES valid decodes, and a tenth as many invalid ones, leave in use
	PUSHCODEC_DECODES=$(DECODES) $(BIN)/python -m pytest -q tests/test_resources.py -k memory

fuzz: $(VENV)/fuzz  ## fuzz with coverage, FUZZ_RUNS executions divided between the targets by their speed
	$(BIN)/python fuzz/fuzz_all.py $(FUZZ_RUNS)

mutation: $(VENV)/mutation  ## mutants of the core that no test notices; SHARDS="gate client gson clients codec senders" or some of them
	$(BIN)/python tools/mutation.py $(SHARDS)

proof: $(STAMP)  ## check each promise at length and write PROOF.md; SHARDS="memory fuzz-1" for some, each under an hour
	$(BIN)/python tools/proof.py $(SHARDS)

cluster: $(VENV)/spark  ## test a Spark cluster on loopback: 1,000,000 rows, a killed worker, a restarted stream; needs Java 17
	$(BIN)/python -m pytest -q -m cluster tests/cluster

recipes: $(VENV)/recipes  ## run docs/recipes.md with every engine
	$(BIN)/python -m pytest -q tests/test_recipes.py

examples: $(VENV)/examples  ## test the endpoint of FastAPI, the task of Celery, and the models in frameworks
	$(BIN)/python -m pytest -q tests/test_examples.py tests/test_frameworks.py

dist: $(STAMP)  ## build wheel and sdist, the same bytes each time
	rm -rf dist
	$(BIN)/python tools/release.py dist

test-wheel: $(STAMP)  ## run the tests outside the checkout, with the wheel; PYTHON=python3.12 for another Python, TESTS= for some
	$(BIN)/python tools/outside.py --python $(PYTHON) $(TESTS)

oldest: $(STAMP)  ## the same with OLDEST and the oldest allowed version of each dependency, without slow tests
	env -u CI $(BIN)/python tools/outside.py --python $(OLDEST) --oldest -m "not cluster and not slow" $(TESTS)

newer: $(NEWER:%=newer-%)  ## the same with each newer Python; a Python that is not installed runs in a chroot, or is skipped with the reason

newer-%: $(STAMP)
	env -u CI $(BIN)/python tools/outside.py --python $* --or-skip -m "not cluster and not slow" $(TESTS)

clean-pythons:  ## remove that chroot
	$(PYTHON) tools/chroot.py --remove

ci:  ## run what CI runs, in an empty folder, with the committed files
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && git clone -q . $$folder/main && \
	{ [ ! -d ../shared ] || ln -s $$(realpath ../shared) $$folder/shared; } && $$folder/main/.ci/run

check: lint types layers generated samples  ## run all static checks

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generate: $(STAMP)  ## write the field table, the pages of rules and clients, the pictures and the pre-commit hooks
	$(BIN)/python tools/generate.py

generated: $(STAMP)
	$(BIN)/python tools/generate.py --check

samples: $(STAMP)  ## lint the samples
	$(BIN)/pushcodec lint --quiet --ignore PC507,PC7 samples/valid
	$(BIN)/pushcodec lint --quiet --config samples/documents/pushcodec.toml samples/documents

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

bench: $(STAMP)  ## measure pushcodec and others as multiples of orjson.loads in the same run; BENCH=--quick for a short run
	$(BIN)/python benchmarks/run.py $(BENCH)

bench-columns: $(STAMP)  ## measure columns, and Spark if it is installed; BENCH=--quick for a short run, --long for 10,000,000 rows
	$(BIN)/python benchmarks/columns.py $(BENCH)

bench-walk: $(STAMP)  ## measure a walk over 5,000 files without a payload against reading and json.loads of them
	$(BIN)/python benchmarks/walk.py

bench-gate: $(STAMP)  ## count instructions of a payload under valgrind; fails above the ceilings of benchmarks/ceilings.json
	$(BIN)/python benchmarks/gate.py

# ajv, to compare schema engines. If npm is missing or offline, the test is skipped with the reason.
engines:
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory $(ENGINES) || echo "npm ci failed: the ajv test will skip"; fi

$(ENGINES): tests/engines/package.json tests/engines/package-lock.json
	cd tests/engines && npm ci --silent --no-audit --no-fund && touch node_modules/installed

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pushcodec needs Python 3.11 or newer; make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

extras: $(VENV)/spark $(VENV)/recipes $(VENV)/examples  ## install the extras of the cluster, the recipes and the examples

# Extras that only some targets need
$(VENV)/spark $(VENV)/recipes $(VENV)/examples $(VENV)/fuzz $(VENV)/mutation: $(VENV)/%: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

clean:
	rm -rf $(VENV) fuzz/work dist build tests/engines/node_modules .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
