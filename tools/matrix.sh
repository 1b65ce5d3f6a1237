#!/bin/sh
# Runs the tests on every supported Python, each with the lowest and the highest versions that pyproject.toml
# allows: six cells, each with an environment of its own in build/matrix. All arguments go to pytest.
#   PYTHONS="3.11 /opt/python3.13/bin/python3"   other interpreters: versions, or paths
#   BOUNDS="lowest"                              one kind of bounds only
set -eu

cd -P "$(dirname "$0")/.."

PYTHONS=${PYTHONS:-3.11 3.12 3.13}
BOUNDS=${BOUNDS:-lowest highest}
CELLS=build/matrix

say() { printf '%s\n' "$*" >&2; }
die() { say "matrix: $*"; exit 2; }

# The words of uv for the bounds; packages that only come along with others are always the newest.
resolution_of() {
  case "$1" in
    lowest) echo lowest-direct ;;
    highest) echo highest ;;
    *) die "BOUNDS=$1 is neither lowest nor highest." ;;
  esac
}

# A name without slashes for the folder of a cell.
name_of() { printf '%s-%s\n' "$1" "$2" | tr / _; }

# Only wheels: the lowest numpy that a new Python can take is the first that was built for it.
prepare() {
  rm -rf "$cell"
  if ! uv venv --quiet --no-project --python "$1" "$cell"; then
    reason="there is no Python $1, and uv could not fetch it"
    return 1
  fi
  reason="its packages could not be installed"
  uv pip install --quiet --compile-bytecode --only-binary :all: --python "$cell" \
    --resolution "$(resolution_of "$2")" -r pyproject.toml --group dev
}

# The tests see the environment as an active one would be, so that commands are found in it, too.
try() (
  export PATH="$PWD/$cell/bin:$PATH" VIRTUAL_ENV="$PWD/$cell" QT_QPA_PLATFORM=xcb
  shift 2
  "$cell/bin/python" -m pytest -n auto --dist worksteal -p no:cacheprovider "$@"
)

run_cell() {
  cell=$CELLS/$(name_of "$1" "$2")
  say "== Python $1, $2 versions ($cell)"
  if ! prepare "$1" "$2"; then
    result="not run: $reason"
    return 1
  fi
  uv pip freeze --quiet --python "$cell" >"$cell.txt"
  result=passed
  try "$@" || { result=FAILED; return 1; }
}

command -v uv >/dev/null 2>&1 || die "it needs uv (for instance: pipx install uv)."
for bounds in $BOUNDS; do resolution_of "$bounds" >/dev/null; done
mkdir -p "$CELLS"
status=0
summary=
for python in $PYTHONS; do
  for bounds in $BOUNDS; do
    run_cell "$python" "$bounds" "$@" || status=1
    summary="$summary
Python $python, $bounds: $result"
  done
done
say "$summary"
exit $status
