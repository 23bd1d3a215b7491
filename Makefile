# What one can do here; `make help` lists it. Nothing but Python 3.11 or later and GNU make is needed.

PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PYTEST_WORKERS ?= 2
CSV ?=

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev assets run test test-services test-load servers bench lint e2e ci demo-replay docs screenshots pins clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.site ## Make the virtual environment with what the site needs

setup-dev: $(VENV)/.dev

assets: static/build/charts.js

run: setup assets ## Run CryptoPulse on PORT (8000); prints its address
	@exec $(BIN)/python manage.py serve

# Each process that a test starts would compile every module again, were nothing kept of it.
test test-services test-load e2e: export PYTHONDONTWRITEBYTECODE :=

test: setup-dev ## Run every test that needs neither browser nor servers
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal -m "not browser and not services"

test-services: setup-dev servers ## Run the tests that need Redis and DynamoDB-compatible servers
	@$(BIN)/python -m pytest -n $(PYTEST_WORKERS) --dist worksteal -m "services and not browser and not load"

test-load: setup-dev ## Run the tests that need the machine alone: abusive clients beside a polite one
	@$(BIN)/python -m pytest -n 0 -m load tests/load

servers: setup-dev ## Fetch the DynamoDB-compatible servers of the tests into .servers/
	@$(BIN)/python -m tests.servers.install

bench: setup-dev assets ## Measure the product against code by hand; writes docs/performance.md
	-@$(BIN)/python -m tests.servers.install
	@$(BIN)/python -m bench

lint: setup-dev ## Check style, types, layers, templates and generated docs
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary .
	@$(BIN)/lint-imports >/dev/null || $(BIN)/lint-imports
	@find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --check
	@$(BIN)/python manage.py writedocs --check
	@echo "lint: nothing to complain about"

e2e: setup-dev assets ## Run the tests that drive Chromium
	@$(BIN)/python -m pytest -m browser

ci: ## Do all that a change must pass, from an empty environment
	@.ci/run

demo-replay: setup ## Replay prices through the alert engine: CSV=file, a small file of our own by default
	@$(BIN)/python manage.py demoreplay $(CSV)

docs: setup ## Write the generated pages of docs/ again
	@$(BIN)/python manage.py writedocs

screenshots: setup-dev assets ## Take the pictures of docs/images again, with Chromium
	@$(BIN)/python -m tests.browser.screenshots

pins: $(BIN)/python ## Pin again every version that the requirements lead to (constraints.txt)
	@rm -rf $(VENV)-pins && $(PYTHON) -m venv $(VENV)-pins
	@sed '/^-c /d' requirements.txt > $(VENV)-pins/requirements.txt && cp requirements-dev.txt $(VENV)-pins/
	@$(VENV)-pins/bin/python -m pip install --quiet -r $(VENV)-pins/requirements-dev.txt
	@{ sed -n 1p constraints.txt; $(VENV)-pins/bin/python -m pip freeze; } > $(VENV)-pins/constraints.txt
	@mv $(VENV)-pins/constraints.txt constraints.txt && rm -rf $(VENV)-pins

clean: ## Remove what can be made again; your data in var/ stays
	@rm -rf $(VENV) node_modules static/build .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "CryptoPulse needs Python 3.11 or later; python3 here is: $$(python3 --version 2>&1)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) lacks its venv module. On Debian or Ubuntu: sudo apt-get install $$($(PYTHON) -c \
		'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }
	@echo "Making the virtual environment $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.txt constraints.txt | $(BIN)/python
	@echo "Installing what the site needs; this takes a minute, once ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.site
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

static/build/charts.js: package.json package-lock.json $(wildcard assets/*.mjs assets/charts/*.js) | $(VENV)/.site
	@$(BIN)/python manage.py buildassets
