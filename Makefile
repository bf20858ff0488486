# `make run` sets everything up and starts the server; `make test` checks everything. ARGS go to the command:
#   make run ARGS="--port 9000"      make test ARGS="unit types"
PYTHON := $(shell sh tools/find_python.sh)
ARGS :=

.PHONY: run setup setup-dev dev test nightly reliability bench locks wheel clean
.DEFAULT_GOAL := run

run: setup
	@exec .venv/bin/modulon serve $(ARGS)

setup:
	@test -n "$(PYTHON)" && $(PYTHON) -m tools.setup

setup-dev:
	@test -n "$(PYTHON)" && $(PYTHON) -m tools.setup --dev

# Server and interface start anew on every save.
dev: setup-dev
	@exec .venv/bin/python -m tools.dev $(ARGS)

test: setup-dev
	@exec .venv/bin/python -m tools.test $(ARGS)

# The full grid: long crash loops, every database, every browser width.
nightly: setup-dev
	@exec .venv/bin/python -m tools.test --nightly $(ARGS)

# An hour: the long crash tests, then a thousand kills with fifty writers and fifty streams.
reliability: setup-dev
	@.venv/bin/python -m tools.test --nightly reliability
	@exec .venv/bin/python -m tests.reliability.kill9 --kills 1000 --writers 50 --streams 50 $(ARGS)

bench: setup-dev
	@exec .venv/bin/python -m bench $(ARGS)

wheel: setup
	@.venv-build/bin/hatchling build --target wheel --directory dist

# Write requirements/*.lock anew: newest releases that fit, hashes of every platform's files, no addresses.
locks: setup
	@.venv/bin/python -m tools.locks $(ARGS)

clean:
	@rm -rf .venv .venv-build .stamps dist test-results web/node_modules web/dist \
		src/modulon/_web src/modulon/_docs src/modulon/_routes.json
	@find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
