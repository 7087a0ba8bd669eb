# Every day's words; CONTRIBUTING.md says when to use which.
PYTHON   ?= python3
VENV     ?= .venv
PORT     ?= 8000
DATA_DIR ?= ./data
BIN      := $(VENV)/bin
export PORT DATA_DIR
# What Python compiles it keeps, whatever this shell says: every start is quicker, here and in the tests.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo demo-reset test test-sqlite bench check format lock messages bench-class

help: ## Say what each word does.
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile | while IFS=: read -r word text; do printf '  make %-12s%s\n' "$$word" "$$text"; done

setup: ## Make the private environment in .venv; start nothing.
	@$(PYTHON) scripts/setup.py --venv $(VENV)

setup-dev: ## The same, with what the tests and the gates need on top.
	@$(PYTHON) scripts/setup.py --venv $(VENV) --dev

demo: setup ## Run the demo edition on http://localhost:8000 (PORT=, DATA_DIR=); Ctrl-C ends it, the data stays.
	@$(BIN)/sabaq demo --port $(PORT)

demo-reset: setup ## Forget the demo's data; the next `make demo` starts afresh.
	@$(BIN)/sabaq demo --reset

test: setup-dev ## Run the suite on PostgreSQL, then on SQLite.
	@scripts/test

test-sqlite: setup-dev ## Run the suite on SQLite alone.
	@SABAQ_TEST_DB=sqlite $(BIN)/python -m pytest -n auto --dist worksteal

bench: setup-dev ## Measure bytes, queries and CPU; times depend on the machine and are reported, not gated.
	@$(BIN)/python scripts/bench.py

bench-class: setup-dev ## Measure a class of 1,000 alone: how soon all hear, at p50 and p99, beside the machine's load.
	@$(BIN)/python scripts/bench.py class

check: setup-dev ## Every gate that is not a test: style, types, layers, templates, migrations, catalogues, architecture.
	@$(BIN)/python scripts/check.py

format: setup-dev ## Bring code and templates into the common form.
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djade --target-version 5.2 $$(find src -name '*.html')

lock: ## Choose versions anew within requirements/*.in (needs `uv`).
	UV_PYTHON_DOWNLOADS=never uv pip compile -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements/base.lock requirements/base.in
	UV_PYTHON_DOWNLOADS=never uv pip compile -q --universal --no-strip-extras --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements/base.lock -o requirements/dev.lock requirements/dev.in

messages: setup-dev ## Collect the texts to translate, and compile the catalogues (needs gettext).
	@$(BIN)/python scripts/messages.py
