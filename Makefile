# The commands of this repository. Each is a short script in infra/scripts.
SCRIPTS := infra/scripts
# Settings may be given as: make run PORT=9000

.DEFAULT_GOAL := help
.PHONY: help setup run seed test test-exhaustive check lint types bench api-client lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

setup: ## Make .venv, frontend/node_modules and the frontend's build
	@$(SCRIPTS)/setup

run: ## Start Halfpast on SQLite with demo data (PORT=8000)
	@$(SCRIPTS)/run

seed: setup ## Make the demo data in the database of .env
	@cd backend && ../.venv/bin/python manage.py seed_demo

test: ## Run every suite, on SQLite and on PostgreSQL with Redis
	@$(SCRIPTS)/test

test-exhaustive: ## Prove the slot engine for every time zone and change of the clock (long)
	@$(SCRIPTS)/test-exhaustive

check: ## Run every check besides the tests
	@$(SCRIPTS)/check

lint: setup ## Format and lint the source, check the import rules
	@cd backend && ../.venv/bin/ruff check --fix . && ../.venv/bin/ruff format . && ../.venv/bin/lint-imports
	@cd frontend && npm run --silent format

types: setup ## Check the types of backend and frontend
	@cd backend && ../.venv/bin/mypy
	@cd frontend && npm run --silent types

bench: ## Measure speed and memory against their limits
	@$(SCRIPTS)/bench

api-client: setup ## Write the frontend's API types from the backend's document
	@$(SCRIPTS)/api-client

lock: setup ## Lock the backend's libraries again after a change to requirements/*.in
	@$(SCRIPTS)/lock

clean: ## Remove what was built and installed; keep var/ (database, mail, key)
	rm -rf .venv frontend/node_modules frontend/dist var/static var/test-reports
	find backend -name __pycache__ -type d -prune -exec rm -rf {} +
