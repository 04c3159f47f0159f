# make run: install and play the main job.  make test: install what tests need and run them.  make check: all of .ci/run's checks.  make docs: the documentation site.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ARGS   ?=
TEST   := -n 2 --dist worksteal
export UV_PYTHON_DOWNLOADS := never

.PHONY: run test check docs lock clean

run: $(VENV)/.run
	$(BIN)/resilience compare $(ARGS)

test: $(VENV)/.test
	$(BIN)/python -m pytest $(TEST) $(ARGS)

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest $(TEST) $(ARGS)

docs: $(VENV)/.test
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs
	@echo build/docs/index.html

$(BIN)/python:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or later is needed: try  make PYTHON=python3.12 ' + 'run')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt pyproject.toml | $(BIN)/python
	BIN=$(BIN) sh tools/install.sh requirements.txt
	@touch $@

$(VENV)/.test: requirements-dev.txt pyproject.toml | $(BIN)/python
	BIN=$(BIN) sh tools/install.sh requirements-dev.txt
	@touch $@ $(VENV)/.run

# The pinned files name no registry: they hold for any mirror.
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header pyproject.toml
EXTRAS := $(addprefix --extra ,all dev docs notebooks)
lock: $(VENV)/.test
	$(LOCK) --upgrade $(EXTRAS) -o requirements-dev.txt
	$(LOCK) --upgrade -c requirements-dev.txt -o requirements.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
