# Everything a newcomer needs: `make run`. Python 3.11 or newer is all that must be there.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL_SELF := $(PIP) install --no-deps --no-build-isolation --editable .
COMPILE_MESSAGES := $(BIN)/python -c "from samehand.config.messages import compile_stale; compile_stale()"

# `make run` shows the made-up operator; `SAMEHAND_DEMO=0 make run` starts an empty house.
run: export SAMEHAND_DEMO ?= 1

.PHONY: help run test check bench lock messages format system-packages clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  Options by variables, for example: make run ARGS='--http 8080 --data /tmp/house'"

run: $(VENV)/installed  ## start the whole house with the demo operator; Ctrl-C stops it
	@$(BIN)/samehand run $(ARGS)

test: $(VENV)/installed-dev system-packages  ## set up and run every test (ARGS='-k promise' for some)
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/installed-dev  ## style, types, floors, templates, migrations, translations
	@$(BIN)/python tools/check.py $(ARGS)

bench: $(VENV)/installed-dev  ## measure mails per second and page times
	@$(BIN)/python bench/run.py $(ARGS)

messages: $(VENV)/installed-dev  ## merge the rooms' translations into one catalogue and say what is missing
	@$(BIN)/python tools/messages.py --merge

format: $(VENV)/installed-dev  ## bring the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/installed-dev  ## write the lock files anew from pyproject.toml
	@bash tools/lock.sh $(BIN)

clean:  ## remove the virtual environment and caches; data stays
	@rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

system-packages:
	@bash tools/system_packages.sh

$(VENV)/bin/python:
	@"$$(bash tools/find_python.sh)" -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing (once)"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(INSTALL_SELF)
	@$(COMPILE_MESSAGES)
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing what developers need (once)"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(INSTALL_SELF)
	@$(COMPILE_MESSAGES)
	@touch $(VENV)/installed $@
