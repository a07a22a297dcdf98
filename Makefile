# Needs Python 3.11 or newer and make; `make demo` and `make test` fetch the rest.

PYTHON ?= python3
PORT   ?= 8000
BIN    := .venv/bin
OIDC   := tests/oidc/node_modules/.installed

# Without these pip-compile writes the addresses of this machine's package index into the lock.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header \
        $(if $(UPGRADE),--upgrade)

.DELETE_ON_ERROR:
.PHONY: help .venv assets demo demo-reset test test-quick lint format bench screenshots lock wheel messages system clean

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

# ── installing ────────────────────────────────────────────────────────────────────────────────────

.venv: .venv/.installed

.venv/.installed: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

assets: .venv    ## style sheets, scripts, typeface, icons and translations, from what is installed
	$(BIN)/python scripts/assets.py
	@if find portal/translations -name '*.po' 2>/dev/null | grep -q .; then $(BIN)/pybabel --quiet compile -d portal/translations; fi

$(OIDC): tests/oidc/package.json tests/oidc/package-lock.json | system
	cd tests/oidc && npm ci --no-fund --no-audit
	touch $@

system:          # what the browser and sign-in tests need from the machine
	@missing=; \
	has() { command -v "$$1" >/dev/null; }; \
	has chromium || has chromium-browser || has google-chrome || missing=chromium; \
	has node || missing="$$missing nodejs"; \
	has npm || missing="$$missing npm"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && has apt-get; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null && missing=; \
	fi; \
	if [ -n "$$missing" ]; then echo "make: missing: $$missing; install with: sudo apt-get install $$missing" >&2; exit 1; fi; \
	node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || \
	  { echo "make: node $$(node --version) is too old for the OpenID provider of the tests: install Node.js 20 or newer" >&2; exit 1; }

# ── running ───────────────────────────────────────────────────────────────────────────────────────

demo: assets     ## the demo company on http://127.0.0.1:8000 (PORT= changes it); keeps what was entered
	$(BIN)/portal demo --port $(PORT)

demo-reset: assets ## the same, started over
	$(BIN)/portal demo --reset --port $(PORT)

# ── checking ──────────────────────────────────────────────────────────────────────────────────────

test: assets lint $(OIDC) ## everything: lint, types, import contracts, both databases, browser
	$(BIN)/python -m pytest -n 2 -m "not e2e"
	$(BIN)/python -m pytest -n 2 -m "not e2e and not slow and not own_database" --database=postgresql
	$(BIN)/python -m pytest -m e2e

test-quick: assets ## tests without the slow ones and without a browser
	$(BIN)/python -m pytest -n 2 -m "not slow and not e2e"

lint: .venv      ## style, types, templates, import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/djlint --quiet --check templates
	$(BIN)/lint-imports

format: .venv    ## puts code and templates into the one form
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format
	$(BIN)/djlint --quiet --reformat templates || true

bench: assets    ## speed beside a floor app, into docs/benchmarks.md
	$(BIN)/python tests/bench/run.py

screenshots: assets system ## the main pages, phone and desktop, light and dark, into instance/screenshots/
	$(BIN)/python scripts/screenshots.py

# ── keeping ───────────────────────────────────────────────────────────────────────────────────────

lock: .venv      ## writes the locked requirements anew; UPGRADE=1 takes newer versions
	$(LOCK) --extra postgresql --output-file requirements.txt pyproject.toml
	$(LOCK) --all-extras --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

wheel: assets    ## dist/*.whl, with templates, migrations and assets inside
	$(BIN)/python -m build --no-isolation --wheel

messages: .venv  ## texts to translate, into the template and the catalogues under portal/translations/
	mkdir -p portal/translations
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --no-wrap --sort-by-file --add-location file \
	  --keyword _l --keyword lazy_gettext --keyword lazy_ngettext:1,2 --keyword _lp:1c,2 --add-comments NOTE: \
	  --project portal-workbench --output-file portal/translations/messages.pot .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --no-wrap \
	  --input-file portal/translations/messages.pot --output-dir portal/translations

clean:           ## removes what the other targets made, but never instance/
	rm -rf .venv dist build portal/static/vendor tests/oidc/node_modules .coverage* htmlcov .hypothesis \
	  .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find portal -name '*.gz' -o -name '*.mo' | xargs -r rm -f
	find portal tests scripts -name __pycache__ -prune -exec rm -rf {} +
