# The everyday commands. The first of them on a machine also fetches what it needs, through tools/setup.sh.
#
## make run       start the program; ARGS="..." is passed on
## make test      all checks and tests; ARGS="..." is passed to pytest
## make check     style, types and the rules of who imports whom
## make bench     measure speed
## make pictures  draw the pictures of the documentation into build/pictures
## make locks     resolve the Python packages anew; ARGS=--upgrade takes newer versions
## make clean     remove what was built, but not the installed packages in .venv
##
## PYTHON=python3.12 before or after `make` chooses the interpreter (3.11 to 3.13).

PYTHON_IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check bench pictures locks clean setup-run setup-dev

help:
	@sed -n 's/^## \{0,1\}//p' Makefile

setup-run:
	@sh tools/setup.sh run

setup-dev:
	@sh tools/setup.sh dev

run: setup-run
	@$(PYTHON_IN_VENV) main.py $(ARGS)

# The virtual X screen of the tests is of no use to Qt where the desktop has told it to take Wayland.
test: export QT_QPA_PLATFORM := xcb
test: check
	$(PYTHON_IN_VENV) -m pytest $(ARGS)

check: setup-dev
	$(PYTHON_IN_VENV) -m ruff check
	$(PYTHON_IN_VENV) -m ruff format --check
	$(PYTHON_IN_VENV) -m mypy
	.venv/bin/lint-imports

bench: setup-dev
	$(PYTHON_IN_VENV) -m bench $(ARGS)

pictures: setup-dev
	$(PYTHON_IN_VENV) main.py pictures build/pictures $(ARGS)

# The smaller lock takes its versions from the larger, so that one `.venv` serves both.
COMPILE := uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make locks' pyproject.toml

locks:
	@command -v uv >/dev/null || { echo 'make locks needs uv (for instance: pipx install uv).' >&2; exit 1; }
	$(COMPILE) --group dev $(ARGS) -o requirements-dev.lock
	$(COMPILE) -c requirements-dev.lock $(ARGS) -o requirements.lock

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name .venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +
