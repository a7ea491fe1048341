# Everything a fresh machine needs is Python 3.11+ and make; the rest is fetched into .venv and .local.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test check package openapi bench e2e deploy rollback logs clean

PYTHON ?= $(shell sh infra/setup/python.sh)
PY := .venv/bin/python
PINS := requirements.txt requirements-dev.txt frontend/requirements.txt infra/release/constraints.txt

export PORT EMULATOR_PORT TURN_PORT RAZORPAY_PORT STAGE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## What can be done here
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/made .local/coturn ## Bring everything up on http://localhost:8000 (PORT=, EMULATOR_PORT=, TURN_PORT=, RAZORPAY_PORT= to move it)
	@exec $(PY) -m infra.local up

test: .venv/made .local/coturn .local/chromium ## All tests: rules, stores, API, sockets, infrastructure, real browsers
	@$(PY) -m pytest $(ARGS)
	@if command -v node >/dev/null; then node --test $$(git ls-files 'tests/**/*.test.js' 'tests/**/*.test.mjs'); fi

check: .venv/made ## Format, lint, types, templates, architecture, and that none of it dirties the tree
	@$(PY) -m infra.check

package: .venv/made ## The release for Lambda: one zip and two templates in .local/build/arm64
	@$(PY) -m infra.build --target arm64

openapi: .venv/made ## Write the API's description to docs/openapi.json
	@$(PY) -m infra.openapi

bench: .venv/made .local/coturn .local/chromium ## Measure against baselines of the same run
	@$(PY) -m tests.bench $(ARGS)

e2e: .venv/made .local/coturn .local/chromium ## Only the tests in a real browser
	@$(PY) -m pytest tests/e2e $(ARGS)

deploy: .venv/made ## Put a release on AWS: make deploy STAGE=prod (settings in infra/stages/prod.json)
	@$(PY) -m infra.deploy $(STAGE)

rollback: .venv/made ## Put an earlier release back: make rollback STAGE=prod RELEASE=<name>
	@$(PY) -m infra.deploy $(STAGE) --release "$(RELEASE)"

logs: .venv/made ## Follow what the functions of the running stack write
	@$(PY) -m infra.local logs

clean: ## Throw away the local data and everything built; downloaded tools stay
	@test ! -x $(PY) || $(PY) -m infra.local stopped
	rm -rf .local/state .local/logs .local/build frontend/dist .pytest_cache .mypy_cache .ruff_cache
	find . -name __pycache__ -not -path './.venv/*' -not -path './.local/*' -prune -exec rm -rf {} +

.venv/made: $(PINS)
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer (with venv) is needed and was not found."; exit 1; }
	@echo "Making .venv with $$($(PYTHON) -V) and the pinned packages (once, a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install -qq -r requirements-dev.txt -c infra/release/constraints.txt
	@touch $@

.local/coturn: infra/setup/system.sh
	@sh infra/setup/system.sh turnserver coturn
	@mkdir -p .local && touch $@

.local/chromium: infra/setup/system.sh
	@sh infra/setup/system.sh chromium chromium fonts-dejavu-core fonts-noto-color-emoji
	@mkdir -p .local && touch $@
