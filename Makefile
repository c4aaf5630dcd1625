# make up ARGS="--port 8001"; make test ARGS="-k harvest"; PYTHON=python3.12 chooses another Python.
PYTHON ?= python3
ARGS ?=

.PHONY: up test lint

up:
	@exec $(PYTHON) papersite/bootstrap.py up $(ARGS)

test:
	@exec $(PYTHON) papersite/bootstrap.py test $(ARGS)

lint:
	@$(PYTHON) papersite/bootstrap.py install embedded test lint
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
