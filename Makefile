# `make demo` and `make test` are all a newcomer needs; both make .venv first. PYTHON picks the interpreter (3.11 or newer).
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
MUTANTS ?= 200000
DECODES ?= 1000000
FUZZ_RUNS ?= 500000
# The system's Python 3.11 where there is one: its last digit is often older than that of PYTHON.
OLDEST ?= $(shell /usr/bin/python3.11 -c 'import ensurepip, venv; print("/usr/bin/python3.11")' 2>/dev/null || echo $(PYTHON))
NEWER := python3.12 python3.13 python3.14 python3.15
ENGINES := tests/engines/node_modules/installed

.PHONY: demo test differential properties resources fuzz mutation proof check extras cluster recipes examples dist test-wheel oldest newer clean-pythons ci generated lint format types layers bench bench-columns bench-gate generate samples engines clean

demo: $(STAMP)  ## decode and route every file in samples/
	@$(BIN)/python examples/demo.py samples

test: $(STAMP) engines  ## the whole test suite, with branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

MUTANT_TESTS := tests/test_differential.py tests/test_strictness.py tests/test_android.py::test_the_mirror_is_total

differential: $(STAMP)  ## MUTANTS seeded mutants: fast path, codec, mirror and schemas say the same; no client loses what is valid
	PUSHCODEC_MUTANTS=$(MUTANTS) $(BIN)/python -m pytest -q $(MUTANT_TESTS)

properties: $(STAMP)  ## Hypothesis at length: 10,000 examples of each property
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q -n auto tests/property tests/test_strategies.py

resources: $(STAMP)  ## what DECODES valid decodes and a tenth as many invalid ones leave in memory
	PUSHCODEC_DECODES=$(DECODES) $(BIN)/python -m pytest -q tests/test_resources.py -k memory

fuzz: $(VENV)/fuzz  ## coverage-guided fuzzing, FUZZ_RUNS executions split between the targets by their speed
	$(BIN)/python fuzz/fuzz_all.py $(FUZZ_RUNS)

mutation: $(VENV)/mutation  ## mutants of the core that no test notices; SHARDS="gate client gson clients codec senders" or some of them
	$(BIN)/python tools/mutation.py $(SHARDS)

proof: $(STAMP)  ## what is promised, at length, into PROOF.md; SHARDS="memory fuzz-1" for some, each under an hour
	$(BIN)/python tools/proof.py $(SHARDS)

cluster: $(VENV)/spark  ## a Spark cluster on loopback: 1,000,000 rows, a worker killed, a stream restarted; needs Java 17
	$(BIN)/python -m pytest -q -m cluster tests/cluster

recipes: $(VENV)/recipes  ## docs/recipes.md with every engine
	$(BIN)/python -m pytest -q tests/test_recipes.py

examples: $(VENV)/examples  ## the endpoint of FastAPI, the task of Celery, and what frameworks make of our models
	$(BIN)/python -m pytest -q tests/test_examples.py tests/test_frameworks.py

dist: $(STAMP)  ## wheel and sdist, the same bytes each time
	rm -rf dist
	$(BIN)/python tools/release.py dist

test-wheel: $(STAMP)  ## the tests outside the checkout, against the wheel; PYTHON=python3.12 for another Python, TESTS= for some
	$(BIN)/python tools/outside.py --python $(PYTHON) $(TESTS)

oldest: $(STAMP)  ## the same with OLDEST and the oldest version of each dependency that is allowed, but for the slow ones and for what CI draws
	env -u CI $(BIN)/python tools/outside.py --python $(OLDEST) --oldest -m "not cluster and not slow" $(TESTS)

newer: $(NEWER:%=newer-%)  ## the same with each newer Python; one that is not here runs in a chroot, or is skipped with the reason

newer-%: $(STAMP)
	env -u CI $(BIN)/python tools/outside.py --python $* --or-skip -m "not cluster and not slow" $(TESTS)

clean-pythons:  ## removes that chroot
	$(PYTHON) tools/chroot.py --remove

ci:  ## what CI runs, in an empty folder, of what is committed
	folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && git clone -q . $$folder/main && \
	{ [ ! -d ../shared ] || ln -s $$(realpath ../shared) $$folder/shared; } && $$folder/main/.ci/run

check: lint types layers generated samples  ## everything static

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

samples: $(STAMP)  ## our own samples, by our own linter
	$(BIN)/pushcodec lint --quiet --ignore PC507,PC7 samples/valid

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports

bench: $(STAMP)  ## what we and others cost, against orjson.loads in the same run; BENCH=--quick for a look
	$(BIN)/python benchmarks/run.py $(BENCH)

bench-columns: $(STAMP)  ## what columns cost, and Spark where it is installed; BENCH=--quick for a look, --long for 10,000,000 rows
	$(BIN)/python benchmarks/columns.py $(BENCH)

bench-gate: $(STAMP)  ## instructions a payload under valgrind; fails over the ceilings of benchmarks/ceilings.json
	$(BIN)/python benchmarks/gate.py

# ajv, for the agreement of schema engines; where npm is missing or offline the test skips and says why
engines:
	@if command -v npm >/dev/null 2>&1; then $(MAKE) --no-print-directory $(ENGINES) || echo "npm ci failed: the ajv test will skip"; fi

$(ENGINES): tests/engines/package.json tests/engines/package-lock.json
	cd tests/engines && npm ci --silent --no-audit --no-fund && touch node_modules/installed

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pushcodec needs Python 3.11 or newer; make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

extras: $(VENV)/spark $(VENV)/recipes $(VENV)/examples  ## what the cluster, the recipes and the examples need

# Extras that not every checkout needs
$(VENV)/spark $(VENV)/recipes $(VENV)/examples $(VENV)/fuzz $(VENV)/mutation: $(VENV)/%: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

clean:
	rm -rf $(VENV) fuzz/work dist build tests/engines/node_modules .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
