# Một Cửa: `make` says what there is. Everything runs from .venv, which tools/bootstrap.py sets up and keeps up to date.
PORT ?= 8000
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BOOTSTRAP = $(or $(PYTHON),$(error Python 3.11 or newer is needed; set PYTHON= to one)) tools/bootstrap.py
BIN = .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test check guides bench bench-search sample-reset shell format lock

help: ## say what there is
	@echo "Một Cửa. What there is:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

run: ## set everything up and start the portal with a sample ward (PORT=8000)
	@$(BOOTSTRAP)
	@PORT="$(PORT)" exec $(BIN)/motcua run --with-parent

test: ## set everything up and run all tests (ARGS="tests/eforms -x")
	@$(BOOTSTRAP) --dev
	@$(BIN)/python tools/test.py $(or $(ARGS),--everything)

check: ## ruff, mypy, import contracts, migrations, deploy check, templates
	@$(BOOTSTRAP) --dev
	@$(BIN)/python tools/check.py

guides: ## take the guides' pictures anew, and say which have changed
	@$(BOOTSTRAP) --dev
	@GUIDES=draw $(BIN)/python tools/test.py tests/e2e/test_guides.py -q -s

bench: ## measure speed (never a test; ARGS="--quick")
	@$(BOOTSTRAP) --dev
	@$(BIN)/python tools/bench.py $(ARGS)

bench-search: ## measure how well the catalogue's search answers real questions (needs ../shared/data)
	@$(BOOTSTRAP) --dev
	@$(BIN)/python tools/bench_search.py $(ARGS)

sample-reset: ## empty the sample database and load the sample ward again
	@$(BOOTSTRAP)
	@$(BIN)/motcua local sample reset

shell: ## a Python prompt on the sample's data
	@$(BOOTSTRAP)
	@$(BIN)/motcua local manage shell

format: ## put all code into one shape
	@$(BOOTSTRAP) --dev
	@$(BIN)/ruff check --fix-only -q src tests tools; $(BIN)/ruff format src tests tools

lock: ## resolve the dependencies anew (needs uv)
	@for kind in run dev; do \
	  extras="--extra local"; [ $$kind = dev ] && extras="$$extras --extra dev"; \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml $$extras -o requirements/$$kind.txt; \
	done
