# Everything sets itself up: `make run` and `make test` need Python, make and, the first time, a network.
# Works with GNU make 3.81, which is what macOS has.

PYTHON ?= $(shell command -v python3 || command -v python)
# Not `?=`: some shells put the machine's own name into the environment as HOST.
HOST = localhost
PORT ?= 5000

SERVE := .venv/serve/bin/python
TRAIN := .venv/train/bin/python
NPM := $(SERVE) .setup/node.py

SERVE_READY := .venv/serve/.ready
TRAIN_READY := .venv/train/.ready
LIBRARIES_READY := node_modules/.package-lock.json
SITE_READY := node_modules/.site-ready

SITE_SOURCES := $(shell find webapp -name dist -prune -o -name '*.tsbuildinfo' -prune -o -type f -print) \
    $(shell find webapp/src webapp/public webapp/model -type d 2> /dev/null)

# $(call flag,QUICK,--quick) is --quick when QUICK is set; $(call option,SEED,--seed) is --seed and the value.
flag = $(if $(filter-out 0 no false,$($(1))),$(2))
option = $(if $($(1)),$(2) "$($(1))")

.PHONY: help run test test-parts train export report site bench lint clean again
.NOTPARALLEL:

help:
	@echo "make run      serve the page at http://localhost:5000 (HOST=, PORT=, LOG=1; CERT= and KEY= for https)"
	@echo "make test     check and test everything (ARGS= goes to pytest)"
	@echo "make train    train the network (QUICK=1, RESUME=1, SEED=, EPOCHS=, DATA=, OUTPUT=, EXTRA=, ARGS=)"
	@echo "make export   turn the trained network into webapp/model (ARGS=)"
	@echo "make report   show what the model that ships reads, and what not, as a page with pictures (ARGS=)"
	@echo "make site     build the page into webapp/dist, for server.py or any static host"
	@echo "make bench    measure size and reading; PART=loading or PART=server beside others (ARGS=)"
	@echo "make lint     check style and types"
	@echo "make clean    remove what was built and set up; keep what was trained"

run: $(SITE_READY)
	@exec $(SERVE) server.py --host "$(HOST)" --port "$(PORT)" \
	    $(call option,CERT,--cert) $(call option,KEY,--key) $(call flag,LOG,--access-log)

test:
	@start=$$(date +%s); \
	if $(MAKE) --no-print-directory test-parts; then verdict=passed; code=0; else verdict=FAILED; code=1; fi; \
	echo "make test $$verdict after $$(($$(date +%s) - start)) s"; \
	exit $$code

test-parts: lint $(SITE_READY)
	@$(TRAIN) .setup/browser.py
	$(NPM) run --silent test
	$(TRAIN) -m pytest $(if $(ARGS),$(ARGS),--numprocesses 2 --dist loadfile)

train: $(TRAIN_READY)
	$(TRAIN) -m training.train $(call flag,QUICK,--quick) $(call flag,RESUME,--resume) \
	    $(call option,SEED,--seed) $(call option,EPOCHS,--epochs) \
	    $(call option,DATA,--data) $(call option,OUTPUT,--output) $(if $(EXTRA),--extra $(EXTRA)) $(ARGS)

export: $(TRAIN_READY)
	$(TRAIN) -m export $(ARGS)

report: $(TRAIN_READY)
	$(TRAIN) -m training.report $(ARGS)

site: $(SITE_READY)
	@$(SERVE) tests/first_visit.py

bench: $(TRAIN_READY) $(SITE_READY)
	$(TRAIN) -m tests.bench$(if $(PART),_$(PART)) $(ARGS)

lint: $(TRAIN_READY) $(LIBRARIES_READY)
	$(TRAIN) -m ruff check --quiet .
	$(TRAIN) -m ruff format --check --quiet .
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck

.PHONY: predict
predict: $(TRAIN_READY) $(LIBRARIES_READY)
	@$(TRAIN) -m training.predict $(or $(PICTURES),$(error make predict PICTURES="a.png b.png")) $(ARGS)

clean:
	rm -rf .venv node_modules webapp/dist .pytest_cache .ruff_cache tests/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment whose interpreter is gone (upgraded, uninstalled) is made anew; so is a site that was removed.
$(if $(shell test -x $(SERVE) || echo gone),$(eval $(SERVE_READY): again))
$(if $(shell test -x $(TRAIN) || echo gone),$(eval $(TRAIN_READY): again))
$(if $(wildcard webapp/dist/index.html),,$(eval $(SITE_READY): again))
again:

$(SERVE_READY): requirements.txt constraints.txt .setup/environment.py
	@$(PYTHON) .setup/environment.py serve

$(TRAIN_READY): requirements.txt training/requirements.txt export/requirements.txt tests/requirements.txt \
    constraints.txt .setup/environment.py
	@$(PYTHON) .setup/environment.py train

$(LIBRARIES_READY): package.json package-lock.json $(wildcard .npmrc) | $(SERVE_READY)
	@$(NPM) install
	@touch $@

$(SITE_READY): $(SITE_SOURCES) $(LIBRARIES_READY) $(SERVE_READY)
	@echo "Building the page …"
	@$(NPM) run --silent build -- --logLevel warn
	@$(SERVE) -m whitenoise.compress --quiet webapp/dist
	@touch $@
