# Everything starts here; the work is done by the files in tools/.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 5000
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(max(2, os.cpu_count() or 2))')
export HOST PORT

BIN := .venv/bin
FLASK := $(BIN)/flask --app wsgi

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run serve lint check test test-long story browser bench bench-pages translations lock

help: ## what can be done here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## install everything, start nothing
	@$(PYTHON) tools/install.py

setup-dev:
	@$(PYTHON) tools/install.py --dev

run: setup ## run Kargah with demo data on http://127.0.0.1:5000 (PORT=, HOST=, RELOAD=1)
	@exec $(FLASK) up --demo $(if $(RELOAD),--reload)

serve: setup ## run the production server: WORKERS= processes and the job runner (JOBS=no leaves it out)
	@exec $(FLASK) up --workers $(WORKERS) $(if $(filter no,$(JOBS)),--no-jobs)

lint: setup-dev ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

check: lint ## the same, and the house tests
	$(BIN)/pytest -q tests/house

test: setup-dev ## the tests, eight minutes on two cores; installs a browser where it may
	@sh tools/browser.sh
	$(BIN)/pytest -q -n 2 -m 'not long' $(ARGS)

test-long: setup-dev ## the long tests, up to half an hour: races, faults, long property runs
	@sh tools/browser.sh
	HYPOTHESIS_PROFILE=long $(BIN)/pytest -q -m long $(ARGS)

story: setup-dev ## from a miss to a gift in a real browser: two minutes, so it stands beside `make test`
	@sh tools/browser.sh
	$(BIN)/pytest -q tests/browser/test_gift_story.py $(ARGS)

browser: setup-dev ## only the journeys in a real browser
	@sh tools/browser.sh
	$(BIN)/pytest -q -m browser $(ARGS)

bench: setup-dev ## what the calls that matter cost as the history grows (SIZES="10000 100000 1000000")
	@$(BIN)/python -m tools.bench $(SIZES)

bench-pages: setup-dev ## what every page costs: time, questions to the database, octets, paint
	@$(BIN)/python -m tools.bench.pages --paint

screenshots: setup-dev ## the pages of each kind of person in all eight corners, to be looked at (TO=folder)
	@$(BIN)/python -m tools.screenshots $(or $(TO),/tmp/kargah-screenshots)

translations: setup-dev ## gather the texts for the translators (ARGS=--prune drops unused ones)
	@$(BIN)/python tools/translate.py $(ARGS)

lock: ## pin again what requirements*.in ask for (ARGS=--upgrade for newer versions)
	@$(PYTHON) tools/lock.py $(ARGS)
