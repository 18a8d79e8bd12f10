# The two commands anyone needs:   make run   and   make test
# Python 3.11 or newer and make are all it takes; everything else goes into .venv and node_modules.

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# A .venv that was left half made, or whose Python is gone, is made anew.
HAS_PIP := $(BIN)/python -c 'import pip' 2>/dev/null

.PHONY: help setup run test check bench clean anew
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help:
	@echo "make run     set everything up and serve the newspaper on http://127.0.0.1:8000/ (PORT=8123 make run: elsewhere)"
	@echo "make test    set everything up and run the whole suite"
	@echo "make check   the quick one: ruff, Django's deployment check, missing migrations"
	@echo "make setup   only what make run does first: .venv, packages, .env"
	@echo "make bench   run the programs in bench/ and write their figures"

.venv/installed: requirements.txt $(shell $(HAS_PIP) || echo anew)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Newsroom needs Python 3.11 or newer; PYTHON=/path/to/python3.11 make run chooses one."; exit 1; }
	@$(HAS_PIP) || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.env:
	@umask 077; $(PYTHON) -c 'import os, secrets; print("SECRET_KEY=" + secrets.token_urlsafe(50)); print("DEMO_PASSWORD=" + (os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)))' > $@

node_modules/installed: package.json
	@command -v npm >/dev/null && npm install --silent --no-audit --no-fund --no-package-lock && touch $@ || \
		echo "npm is not installed or failed: the tests that need axe-core and the Nu checker will be skipped."

setup: .venv/installed .env

run: setup
	@$(MANAGE) serve

test: .venv/installed-dev node_modules/installed
	$(MANAGE) test --parallel auto

check: .venv/installed-dev
	$(BIN)/ruff check .
	DEBUG=false SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') SITE_URL=https://paper.example \
		$(MANAGE) check --deploy --fail-level WARNING
	SECRET_KEY=check $(MANAGE) makemigrations --check --dry-run

bench: .venv/installed-dev .env
	@for name in queries weight requests search desk renditions start; do $(BIN)/python bench/$$name.py || exit 1; done

clean:
	rm -rf .venv node_modules var
