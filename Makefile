# Everything that is done on one machine. `make` alone shows what there is.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

# Modules are compiled once, not at each start, whatever the machine is set to.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CHECKED := functions localhost tests bench infra client/src samples/train.py function_app.py
# Three parts that take about as long: the pages, what calls the running service, and the rest.
WITH_PAGES := tests/browser
BY_CALLS := tests/api tests/backups tests/client tests/datastores tests/faults tests/localhost tests/security
# Those that drive pages in other browsers, by a target of their own.
IN_ENGINES := tests/engines
# Those of the rooms that need neither a browser nor the whole service, and of these what takes its time.
IN_ROOMS := tests/docs tests/ground tests/imaging tests/imports tests/labeling tests/projects tests/tasks
SLOWER := $(addprefix tests/docs/test_,client_readme.py scripting.py) tests/imaging/test_memory.py tests/imaging/test_rendering.py tests/imports/test_imports.py \
	$(addprefix tests/labeling/test_,$(addsuffix .py,choice cost counts faults races rules_stateful))
SITE_SOURCES := $(shell find static_site docs/guide docs/pictures -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: help run demo check check-service check-site quick test test-engines test-faults test-formats bench bench-refresh bench-export bench-import bench-client bench-peers bench-page bench-assist bench-start pictures floors clean
.PHONY: client cost rotate-sign-in lock rehearse audit sbom

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT (7071) and DATA_DIR (.localdata) say where it runs and keeps its data; LOG=info shows every call, LOG=json too, as JSON."

run: $(VENV)/.stamp localhost/node_modules/.stamp static_site/dist/.stamp ## Run the whole service on this machine, until Ctrl-C
	@exec $(BIN)/python -m localhost

demo: $(VENV)/.stamp ## Make the tutorial's project in the running service
	@$(BIN)/python -m localhost.demo

check: check-service check-site ## Lint, formatting and types

check-service: $(VENV)/.stamp
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy $(CHECKED)
	@told=$$($(BIN)/lint-imports --no-logo --no-cache 2>&1) || { echo "$$told"; exit 1; }

check-site: static_site/node_modules/.stamp
	@npm --prefix static_site --silent run check

test: $(VENV)/.stamp localhost/node_modules/.stamp static_site/dist/.stamp ## Run every test, in three parts beside each other
	@npm --prefix static_site --silent test
	@logs=$$(mktemp -d); failed=0; \
	$(BIN)/pytest $(WITH_PAGES) > "$$logs/pages" 2>&1 & pages=$$!; \
	$(BIN)/pytest $(BY_CALLS) > "$$logs/calls" 2>&1 & calls=$$!; \
	trap 'kill $$pages $$calls 2> /dev/null || :; rm -rf "$$logs"' EXIT; \
	$(BIN)/pytest $(addprefix --ignore=,$(WITH_PAGES) $(BY_CALLS) $(IN_ENGINES)) || failed=1; \
	wait $$calls || failed=1; \
	cat "$$logs/calls"; \
	wait $$pages || failed=1; \
	cat "$$logs/pages"; exit $$failed

quick: $(VENV)/.stamp localhost/node_modules/.stamp static_site/node_modules/.stamp ## Run the tests for the inner loop: the site's own, and those of rooms without a browser or the whole service
	@failed=0; npm --prefix static_site --silent test & site=$$!; \
	$(BIN)/pytest $(IN_ROOMS) $(addprefix --ignore=,$(SLOWER)) || failed=1; \
	wait $$site || failed=1; exit $$failed

test-engines: $(VENV)/.engines localhost/node_modules/.stamp static_site/dist/.stamp ## Walk the pages in Firefox and WebKit (Debian's firefox-esr, webkit2gtk-driver, xvfb)
	@$(BIN)/pytest $(IN_ENGINES)

test-faults: $(VENV)/.stamp localhost/node_modules/.stamp ## Label while hosts and storage die, in full (the short form is part of `make test`)
	@$(BIN)/pytest tests/faults -m full

rehearse: $(VENV)/.stamp localhost/node_modules/.stamp static_site/node_modules/.stamp tests/rehearsal/node_modules/.stamp .rehearsal/.stamp ## Go through `azd up` as far as it goes without Azure
	@$(BIN)/python -m tests.rehearsal

test-formats: .venv-formats/.stamp localhost/node_modules/.stamp static_site/dist/.stamp ## Load each export format with what reads it (installs torch and more, some GB)
	@.venv-formats/bin/pytest tests/exports/test_readers.py tests/client/test_loading_formats.py tests/browser/test_exports_page.py tests/samples

bench: $(VENV)/.stamp localhost/node_modules/.stamp ## Measure the labeling loop and prove it, into bench/RESULTS.md (10 minutes)
	@$(BIN)/python -m bench.labeling

bench-refresh: $(VENV)/.stamp localhost/node_modules/.stamp ## Measure taking in a million images, into bench/RESULTS.md (an hour)
	@$(BIN)/python -m bench.refresh

bench-peers: $(VENV)/.stamp localhost/node_modules/.stamp bench/peers/.venv/.stamp ## Measure it in turns with Label Studio, into bench/RESULTS.md
	@$(BIN)/python -m bench.peers

bench-export: $(VENV)/.stamp localhost/node_modules/.stamp bench/peers/.venv/.stamp ## Measure exports, into bench/RESULTS.md
	@$(BIN)/python -m bench.export

bench-import: $(VENV)/.stamp ## Measure reading files of labels, into bench/RESULTS.md
	@$(BIN)/python -m bench.imports

bench-client: $(VENV)/.stamp localhost/node_modules/.stamp ## Measure uploads by the client beside the storage SDK's, into bench/RESULTS.md
	@$(BIN)/python -m bench.client

bench-page: $(VENV)/.stamp localhost/node_modules/.stamp static_site/dist/.stamp bench/peers/.venv/.stamp ## Measure the pages in the browser, into bench/RESULTS.md
	@$(BIN)/python -m bench.page

bench-assist: $(VENV)/.stamp localhost/node_modules/.stamp ## Count keys and clicks with suggestions and without, into bench/RESULTS.md
	@$(BIN)/python -m bench.assist

client: $(VENV)/.stamp ## Build the Python client and its command line as a wheel, into client/dist
	@$(BIN)/uv build --quiet --wheel --out-dir client/dist client
	@ls client/dist/*.whl

cost: ## What a project costs in Azure, from the benches' counts and infra/prices.json
	@$(PYTHON) -m infra.cost

rotate-sign-in: ## Give the deployed site a new secret for signing in (needs az and azd)
	@$(PYTHON) -m infra.hooks.sign_in --rotate

lock: $(VENV)/.stamp ## Pin what Azure installs: requirements.txt from requirements.in (UPGRADE=1: the newest versions)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		$(if $(UPGRADE),--upgrade) --output-file requirements.txt requirements.in

audit: $(VENV)/.stamp ## Ask the registries what is known to be wrong with the packages that are deployed
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m infra.audit

sbom: $(VENV)/.stamp ## Write what is deployed as bills of materials (CycloneDX), into sbom/
	@mkdir -p sbom
	@$(BIN)/uv tool run --quiet --from "cyclonedx-bom>=7.5,<8" cyclonedx-py requirements --output-reproducible --of JSON -o sbom/functions.cdx.json requirements.txt
	@npm --prefix static_site sbom --package-lock-only --sbom-format cyclonedx --omit dev > sbom/site.cdx.json
	@echo "sbom/functions.cdx.json and sbom/site.cdx.json say what is deployed."

bench-start: $(VENV)/.stamp ## Measure what a cold start imports, into bench/RESULTS.md
	@$(BIN)/python -m bench.start

pictures: $(VENV)/.stamp localhost/node_modules/.stamp static_site/dist/.stamp ## Take the pictures of all pages anew, into docs/pictures
	@$(BIN)/python -m tests.browser.take_pictures

floors: $(VENV)/.stamp ## Draw the floors anew, into docs/architecture.md
	@$(BIN)/python -m tests.docs.floors

clean: ## Remove what was installed and built, and the caches (your data stay)
	@rm -rf $(VENV) .venv-formats .rehearsal bench/peers/.venv static_site/dist client/dist
	@rm -rf localhost/node_modules static_site/node_modules tests/rehearsal/node_modules
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.stamp: requirements.txt requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: $(PYTHON) is not there."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). PYTHON=... names another."; exit 1; }
	@echo "Installing the Python packages"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@# One after the other: where pip is given hashes, it takes nothing without.
	@for file in requirements.txt requirements-dev.txt; do \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $$file; \
	done 2> >(grep -v "Location .* is ignored" >&2)
	@touch $@

$(VENV)/.engines: $(VENV)/.stamp requirements-engines.txt
	@echo "Installing what drives other browsers"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-engines.txt 2> >(grep -v "Location .* is ignored" >&2)
	@touch $@

bench/peers/.venv/.stamp: bench/peers/requirements.txt
	@echo "Installing Label Studio, for the comparison only"
	@$(PYTHON) -m venv bench/peers/.venv
	@bench/peers/.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $< \
		2> >(grep -v "Location .* is ignored" >&2)
	@touch $@

.venv-formats/.stamp: requirements-formats.txt requirements.in requirements-dev.txt
	@echo "Installing what reads the export formats"
	@$(PYTHON) -m venv .venv-formats
	@for file in requirements-formats.txt requirements.in requirements-dev.txt; do \
		.venv-formats/bin/python -m pip install --quiet --disable-pip-version-check -r $$file; \
	done 2> >(grep -v "Location .* is ignored" >&2)
	@touch $@

.rehearsal/.stamp: tests/rehearsal/requirements.txt
	@echo "Installing the platform's library for Python"
	@rm -rf .rehearsal/worker
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python --target .rehearsal/worker -r $< \
		2> >(grep -v "Location .* is ignored" >&2)
	@touch $@

%/node_modules/.stamp: %/package.json %/package-lock.json
	@command -v npm >/dev/null || { echo "Node 20.19 or newer is needed: npm is not there."; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
		|| { echo "Node 20.19 or newer is needed; this is $$(node --version)."; exit 1; }
	@echo "Installing the packages of $*"
	@cd $* && npm ci --no-audit --no-fund --loglevel=error > /dev/null
	@touch $@

static_site/dist/.stamp: static_site/node_modules/.stamp $(SITE_SOURCES)
	@echo "Building the site"
	@npm --prefix static_site --silent run build -- --logLevel warn
	@touch $@
