# Everything sets itself up: `make run` needs Python, make and, the first time, a network; `make test` also a browser.
# Works with GNU make 3.81, which is what macOS has.

PYTHON ?= $(shell command -v python3 || command -v python)
# Not `?=`: some shells put the machine's own name into the environment as HOST.
HOST = localhost
PORT ?= 5000
PART ?= suite
# How pytest shares out the tests, and which are fast enough for `make check`: importing TensorFlow alone takes 6 s.
WORKERS = --numprocesses auto --maxprocesses 4 --dist loadgroup
UNITS = -m "not slow and not heavy" tests/python/training/data tests/python/training/ink tests/python/bench

SERVE := .venv/serve/bin/python
TRAIN := .venv/train/bin/python
NPM := $(SERVE) .setup/node.py

SERVE_READY := .venv/serve/.ready
TRAIN_READY := .venv/train/.ready
LIBRARIES_READY := node_modules/.package-lock.json
SITE_READY := node_modules/.site-ready
PACKAGE_READY := node_modules/.package-ready
# The tools with which slow tests build pages that use the package.
CONSUMERS_READY := tests/projects/node_modules/.package-lock.json
# What `make bench` sets beside the page.
PEERS := tests/bench/peers
PEERS_READY := $(PEERS)/node_modules/.ready

SITE_SOURCES := $(shell find webapp \( -name dist -o -name dist-package -o -name node_modules -o -name __pycache__ \) -prune \
        -o -name '*.tsbuildinfo' -prune -o -type f -print) \
    $(shell find webapp/src webapp/public webapp/model -type d 2> /dev/null)

# What `make bench` can measure: the programs in tests/bench.
PARTS = $(patsubst tests/bench/%.py,%,$(shell grep -l __main__ tests/bench/*.py 2> /dev/null))

# $(call flag,QUICK,--quick) is --quick when QUICK is set; $(call option,SEED,--seed) is --seed and the value.
flag = $(if $(filter-out 0 no false,$($(1))),$(2))
option = $(if $($(1)),$(2) "$($(1))")
# $(call whole,SEED) stops with a sentence unless SEED is empty or a whole number.
whole = $(if $($(1)),$(if $(shell [ "$($(1))" -ge 0 ] 2> /dev/null || echo no),$(error $(1)=$($(1)) is not a whole number)))
# $(call timed,COMMAND) says at the end whether the target passed, and after how long.
timed = @start=$$(date +%s); $(1) && verdict=passed || verdict=FAILED; \
    echo "make $@ $$verdict after $$(($$(date +%s) - start)) s"; [ $$verdict = passed ]
# $(call at_once,COMMAND) prints what a command says when it ends: others run beside it.
at_once = @said=$$($(1) 2>&1); code=$$?; [ -z "$$said" ] || printf '%s\n' "$$said"; exit $$code

# All programs take the folder of the data sets from this variable.
ifneq ($(DATA),)
export DIGITPAD_DATA := $(DATA)
endif

.PHONY: help run check test test-slow test-engines train export report predict site package bench screenshots lint clean again
.PHONY: train-options bench-options checks tests slow-tests engine-tests browser engines playwright style types web web-units units
ifndef BESIDE
.NOTPARALLEL:
endif

help:
	@echo "make run        serve the page at http://localhost:5000 (HOST=, PORT=, PREFIX=, LOG=1; CERT= and KEY= for https)"
	@echo "make check      the fast check: types, style, unit tests; no browser, no training"
	@echo "make test       check and test all but the slow and the other engines (DATA=; ARGS= goes to pytest)"
	@echo "make test-slow  run the slow tests (DATA=, ARGS=)"
	@echo "make test-engines  the same journey in Chromium, Firefox and WebKit; installs what is missing on Debian (ARGS=)"
	@echo "make train      train the network (QUICK=1, RESUME=1, SEED=, EPOCHS=, DATA=, OUTPUT=, EXTRA=, ARGS=)"
	@echo "make export     turn the trained network into webapp/model (DATA=, ARGS=)"
	@echo "make report     show what the model that ships reads and misreads, with pictures (DATA=, ARGS=)"
	@echo "make predict    read pictures: PICTURES=\"a.png b.png\"; the page's own program in Node"
	@echo "make site       build the page into webapp/dist, for server.py or any static host"
	@echo "make package    build the npm package @digitpad/element into webapp/dist-package"
	@echo "make bench      measure and compare with the last time (DATA=, ARGS=); PART= is one of: $(PARTS)"
	@echo "make screenshots  take the pictures of the page for README.md (ARGS=folder: every state, to look at)"
	@echo "make lint       check types and style"
	@echo "make clean      remove what was built and set up; keep what was trained"

run: $(SITE_READY)
	@exec $(SERVE) server.py --host "$(HOST)" --port "$(PORT)" $(call option,PREFIX,--prefix) $(call flag,LOG,--access-log) \
	    $(if $(CERT)$(KEY),--https "$(CERT)" "$(KEY)")

check:
	$(call timed,$(MAKE) --no-print-directory checks)

test:
	$(call timed,$(MAKE) --no-print-directory tests)

test-slow:
	$(call timed,$(MAKE) --no-print-directory slow-tests)

test-engines:
	$(call timed,$(MAKE) --no-print-directory engine-tests)

checks: $(TRAIN_READY) $(LIBRARIES_READY)
	@$(MAKE) --no-print-directory --jobs=2 BESIDE=1 units web-units types style

tests: browser playwright
	@$(MAKE) --no-print-directory --jobs=2 BESIDE=1 types style web $(SITE_READY) $(PACKAGE_READY)
	$(TRAIN) -m pytest $(or $(ARGS),$(WORKERS) --ignore tests/browser/engines)

slow-tests: browser playwright $(SITE_READY) $(PACKAGE_READY) $(CONSUMERS_READY)
	$(TRAIN) -m pytest -m slow $(or $(ARGS),$(WORKERS))

engine-tests: engines browser playwright $(SITE_READY)
	DIGITPAD_ENGINES=all $(TRAIN) -m pytest tests/browser/engines $(ARGS)

engines:
	@$(CHECK_PYTHON)$(PYTHON) .setup/engines.py

# First of all: without a browser the minutes of the set-up are wasted.
browser:
	@$(CHECK_PYTHON)$(PYTHON) .setup/browser.py

playwright: $(TRAIN_READY) $(LIBRARIES_READY)
	@$(TRAIN) .setup/browser.py fetch

lint: types style

types: $(SERVE_READY) $(LIBRARIES_READY)
	$(call at_once,$(NPM) run --silent typecheck)

style: $(TRAIN_READY) $(LIBRARIES_READY)
	$(call at_once,$(TRAIN) -m ruff check --quiet . && $(TRAIN) -m ruff format --check --quiet .)
	$(call at_once,$(NPM) run --silent lint)

web-units: WEB_TESTS = --tags-filter='!heavy'
web web-units: $(SERVE_READY) $(LIBRARIES_READY)
	$(call at_once,$(NPM) run --silent test -- --reporter=dot $(WEB_TESTS))

units: $(TRAIN_READY)
	$(call at_once,$(TRAIN) -m pytest -q $(UNITS))

train: train-options $(TRAIN_READY)
	@$(TRAIN) -m training.train $(call flag,QUICK,--quick) $(call flag,RESUME,--resume) $(call option,SEED,--seed) \
	    $(call option,EPOCHS,--epochs) $(call option,OUTPUT,--output) $(if $(EXTRA),--extra $(EXTRA)) $(ARGS)

train-options:
	$(call whole,SEED)$(call whole,EPOCHS)

export: $(TRAIN_READY)
	$(TRAIN) -m export $(ARGS)

report: $(TRAIN_READY)
	$(TRAIN) -m training.report $(ARGS)

site: $(SITE_READY)
	@$(SERVE) webapp/build/first_visit.py

package: $(PACKAGE_READY)
	@ls webapp/dist-package/*.tgz

bench: bench-options $(TRAIN_READY) $(SITE_READY) $(if $(filter suite loading,$(PART)),$(PEERS_READY))
	$(TRAIN) -m tests.bench.$(PART) $(ARGS)

bench-options:
	$(if $(filter $(PART),$(PARTS)),,$(error PART=$(PART) is unknown; make bench measures one of: $(PARTS)))

predict: $(TRAIN_READY) $(LIBRARIES_READY)
	@$(TRAIN) -m training.predict $(or $(PICTURES),$(error make predict PICTURES="a.png b.png")) $(ARGS)

screenshots: playwright $(SITE_READY)
	@$(TRAIN) -m tests.browser.take_screenshots $(ARGS)

clean:
	rm -rf .venv node_modules webapp/node_modules tests/projects/node_modules $(PEERS)/node_modules webapp/dist webapp/dist-package .pytest_cache .ruff_cache tests/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment whose interpreter is gone (upgraded, uninstalled) is made anew; so is a site that was removed.
$(if $(shell test -x $(SERVE) || echo gone),$(eval $(SERVE_READY): again))
$(if $(shell test -x $(TRAIN) || echo gone),$(eval $(TRAIN_READY): again))
$(if $(wildcard .venv/bench),,$(eval $(PEERS_READY): again))
$(if $(wildcard webapp/dist/index.html),,$(eval $(SITE_READY): again))
$(if $(wildcard webapp/dist-package/*.tgz),,$(eval $(PACKAGE_READY): again))
again:

CHECK_PYTHON = $(if $(PYTHON),,$(error Python 3.10 or later is needed: install it (on Debian: sudo apt install python3)))

$(SERVE_READY): requirements.txt constraints.txt .setup/environment.py
	@$(CHECK_PYTHON)$(PYTHON) .setup/environment.py serve

$(TRAIN_READY): requirements.txt training/requirements.txt export/requirements.txt tests/requirements.txt \
    constraints.txt .setup/environment.py
	@$(CHECK_PYTHON)$(PYTHON) .setup/environment.py train

$(LIBRARIES_READY): package.json package-lock.json $(wildcard .npmrc) | $(SERVE_READY)
	@$(NPM) install
	@touch $@

$(SITE_READY): $(SITE_SOURCES) $(LIBRARIES_READY) $(SERVE_READY)
	@echo "Building the page …"
	@$(NPM) run --silent build -- --logLevel warn
	@$(SERVE) -m whitenoise.compress --quiet webapp/dist
	@touch $@

$(PACKAGE_READY): $(SITE_SOURCES) $(LIBRARIES_READY) $(SERVE_READY)
	@echo "Building the package …"
	@rm -f webapp/dist-package/*.tgz
	@$(NPM) run --silent build-package > /dev/null
	@$(NPM) pack ./webapp/dist-package/element --pack-destination webapp/dist-package --silent > /dev/null
	@touch $@

$(CONSUMERS_READY): tests/projects/package.json tests/projects/package-lock.json .npmrc | $(SERVE_READY)
	@echo "Installing the tools of other people's pages (once, 120 MB) …"
	@$(NPM) ci --prefix tests/projects --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error
	@touch $@

$(PEERS_READY): $(PEERS)/package.json $(PEERS)/package-lock.json $(PEERS)/requirements.txt .npmrc | $(TRAIN_READY) $(SERVE_READY)
	@echo "Installing what the page is measured beside (once, 150 MB) …"
	@$(NPM) ci --prefix $(PEERS) --ignore-scripts --no-audit --no-fund --no-progress --loglevel=error
	@$(TRAIN) -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .venv/bench -r $(PEERS)/requirements.txt
	@touch $@
