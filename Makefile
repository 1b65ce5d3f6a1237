# The everyday commands. The first of them on a machine also fetches what it needs, through tools/setup.sh.
#
## make run       start the program; ARGS="..." is passed on
## make test      all checks and tests; ARGS="..." is passed to pytest
## make check     style, types and the rules of who imports whom
## make matrix    tests on Python 3.11 to 3.13 with the lowest and the highest packages allowed (slow)
## make soak      20,000 seeded random actions; ARGS="--seed 7 --actions 500"
## make fuzz      mutated texts for the reader of formulas, up to a million (slow)
## make bench     measure speed
## make pictures  draw the pictures of the README into docs, and every tab in every look into build/pictures
## make locks     resolve the Python packages anew; ARGS=--upgrade takes newer versions
## make clean     remove what was built, but not the installed packages in .venv
##
## PYTHON=python3.12 before or after `make` chooses the interpreter (3.11 to 3.13).

PYTHON_IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check matrix soak fuzz bench pictures locks clean setup-run setup-dev

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
	$(PYTHON_IN_VENV) -m pytest -n auto --dist worksteal $(ARGS)

check: setup-dev
	$(PYTHON_IN_VENV) -m ruff check
	$(PYTHON_IN_VENV) -m ruff format --check
	$(PYTHON_IN_VENV) -m mypy
	.venv/bin/lint-imports

# Needs uv, which also fetches the interpreters that lack; `tools/matrix.sh` says how to choose cells.
matrix: setup-dev
	@sh tools/matrix.sh $(ARGS)

# Off screen unless QT_QPA_PLATFORM says otherwise; `python -m tests.soak --help` tells why. As for the benchmark's
# memory, glibc is told to give back every freed picture: what grows is then what the app holds on to, not pieces
# between what it has freed.
soak: export MALLOC_MMAP_THRESHOLD_ := 131072
soak: setup-dev
	$(PYTHON_IN_VENV) -m tests.soak $(ARGS)

fuzz: setup-dev
	$(PYTHON_IN_VENV) -m tests.fuzz $(ARGS)

bench: setup-dev
	$(PYTHON_IN_VENV) -m bench $(ARGS)

pictures: setup-dev
	while read -r name link; do \
	  $(PYTHON_IN_VENV) main.py picture "$$link" "docs/$$name.png" --window --size 1440x860 || exit; \
	done < docs/pictures.txt
	$(PYTHON_IN_VENV) main.py pictures build/pictures

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
