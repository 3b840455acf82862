# Two commands matter: `make run` and `make test`. Both set up what is missing, on a machine with git, make and Python.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON := .venv/bin/python
PORT ?= 8000
HOST ?= localhost
ARGS ?=
# What Python has compiled is kept: every process would compile the libraries again, ten seconds each time.
unexport PYTHONDONTWRITEBYTECODE
# LIVE=1 shows changes of code and templates at once, for working on the station.
LIVE ?=
LOAD ?=
AGAINST ?=

# All tests run on all cores, a file's tests on one of them, in the order of tests/conftest.py; a few are quicker on one.
ALL_TESTS := --numprocesses=auto --maxprocesses=8 --dist=loadfile --no-loadscope-reorder

.PHONY: help backup-drill bench bench-tests run test test-all test-busy test-servers test-calendars test-badges check weight screens format lock logs clear

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

run: ## Run the whole station at http://localhost:8000 (PORT=8123, HOST=0.0.0.0, LIVE=1, DEMO=0, DATABASE_URL=…, REDIS_URL=…)
	@bin/setup run
	@exec env LIVE="$(LIVE)" $(PYTHON) -m tools.local.station --port $(PORT) --host $(HOST) --follow-parent

test: ## Run the tests but the long ones, or some: make test ARGS="tests/outbox -k claim"
	@bin/setup dev
	@bin/setup-browser
	@exec $(PYTHON) -m pytest $(or $(ARGS),$(ALL_TESTS))

test-all: ## The same and the long ones: every page in every way, whole stations killed, pages weighed
	@bin/setup dev
	@bin/setup-browser
	@exec $(PYTHON) -m pytest -m "not servers" $(or $(ARGS),$(ALL_TESTS))

test-busy: ## The same under a load of ten programs for each core, which it makes: an hour and more, or some (ARGS="tests/outbox", LOAD=8)
	@bin/setup dev
	@bin/setup-browser
	@exec env LOAD="$(LOAD)" $(PYTHON) -m tools.busy $(or $(ARGS),$(ALL_TESTS))

test-servers: ## The tests against real neighbors it brings: PgBouncer, an S3 storage, Caddy, nginx (ARGS="-k limits")
	@bin/setup dev
	@bin/setup-browser
	@bin/setup-servers
	@exec $(PYTHON) -m pytest -m servers tests/servers $(ARGS)

test-calendars: ## Read our calendar entries with two programs in JavaScript too, which it brings (ical.js, node-ical)
	@bin/setup dev
	@bin/setup-javascript var/calendars tests/calendars/readers
	@exec $(PYTHON) -m pytest tests/calendars/test_readers.py $(ARGS)

test-badges: ## Check our badges with programs that are not ours, two of them in JavaScript, which it brings; without a network
	@bin/setup dev
	@bin/setup-javascript var/badges tests/badges/verifiers
	@exec $(PYTHON) -m pytest -v tests/badges/test_verifiers.py $(ARGS)

check: ## Format, lint, types, import direction, migrations, templates, deployment, translations
	@bin/setup dev
	@exec $(PYTHON) -m tools.checks

backup-drill: ## Dump the station's database, restore it into a fresh server, compare all, start the station on it (DATABASE_URL=…)
	@bin/setup run
	@exec $(PYTHON) -m tools.backup_drill $(ARGS)

bench: ## Measure pages and registrations on the production server against two references (ARGS="--seconds 8 --sizes 200 20000")
	@bin/setup dev
	@exec $(PYTHON) -m tools.bench $(ARGS)

bench-tests: ## How long the tests take here and at another commit, by turns: AGAINST=<commit> (ARGS="--suite --runs 3")
	@bin/setup dev
	@bin/setup-browser
	@exec $(PYTHON) -m tools.bench_tests $(or $(AGAINST),HEAD~1) $(ARGS)

weight: ## What the first visit of each public page costs: bytes, script, requests, layout shift (ARGS="--details")
	@bin/setup dev
	@bin/setup-browser
	@exec $(PYTHON) -m tools.weight $(ARGS)

screens: ## Take the pictures of docs/screens anew; or compare 24 pages with another commit, by pixels: AGAINST=<commit>
	@bin/setup dev
	@bin/setup-browser
	@exec $(PYTHON) -m tools.screens $(if $(AGAINST),--against $(AGAINST)) $(ARGS)

format: ## Bring code, templates and style sheets into their format
	@bin/setup dev
	@$(PYTHON) -m ruff format --quiet .
	@$(PYTHON) -m ruff check --quiet --fix .
	@find templates -name '*.html' -print0 | xargs -0 .venv/bin/djangofmt --quiet --force-exclude
	@.venv/bin/oxfmt static/css >/dev/null

lock: ## Write the lock files anew after a change of the dependencies in pyproject.toml
	bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --group dev pyproject.toml -o requirements.lock
	bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url -c requirements.lock pyproject.toml -o requirements-run.lock
	bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --group local -c requirements.lock -o requirements-local.lock

logs: ## Follow the logs of the running station
	@tail -n 5 -F var/log/*.log

clear: ## Forget the local database (the station must be stopped); the next `make run` starts afresh
	@exec $(PYTHON) -m tools.local.clear
