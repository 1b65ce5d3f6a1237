#!/bin/sh
# Prepares the machine and `.venv`: `tools/setup.sh run` for the program alone, `tools/setup.sh dev` for
# tests, checks and pictures as well. When all is in place it prints nothing and takes a moment.
# PYTHON=... chooses the interpreter.
# shellcheck disable=SC2046,SC2086  # lists of packages are split into words on purpose
set -eu

cd -P "$(dirname "$0")/.."

HERE=$(pwd -P)
VENV=.venv
VENV_PYTHON=$VENV/bin/python
# Stands in `.venv` while it is being changed, so that an interrupted run is seen and thrown away.
UNFINISHED=$VENV/.setup-unfinished

# Every library that Qt's core and its xcb platform plugin link to directly. Some would come along with
# others today, but which ones do differs between releases. `a|b`: either name will do.
QT_PACKAGES='libgl1 libegl1 libglib2.0-0|libglib2.0-0t64 libdbus-1-3 libfontconfig1 libfreetype6 zlib1g
  libx11-6 libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0 libxcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0
  libxcb-keysyms1 libxcb-randr0 libxcb-render0 libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1
  libxcb-util1 libxcb-xfixes0 libxcb-xkb1'
# The virtual X screen of the tests.
TEST_PACKAGES='xvfb xauth'

say() { printf '%s\n' "$*" >&2; }
die() { say "setup: $*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# ---- Python ------------------------------------------------------------------------------------------

in_range() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

find_python() {
  if [ -n "${PYTHON:-}" ]; then
    in_range "$PYTHON" || die "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13."
    printf '%s\n' "$PYTHON"
    return
  fi
  for name in python3 python3.13 python3.12 python3.11; do
    if in_range "$name"; then
      printf '%s\n' "$name"
      return
    fi
  done
  die "no Python 3.11, 3.12 or 3.13 was found; install one, or name it: make PYTHON=/path/to/python3.12 ..."
}

# One line that says which interpreter, at which place, lives in `.venv`; empty where none starts.
venv_identity() {
  "$VENV_PYTHON" -I -c 'import sys; print("%d.%d" % sys.version_info[:2], sys.prefix)' 2>/dev/null || true
}

# A moved folder leaves scripts behind that point to the old place; a system upgrade leaves a `.venv`
# whose packages belong to the Python before it. Both must be made anew.
venv_usable() {
  [ ! -e "$UNFINISHED" ] || return 1
  identity=$(venv_identity)
  case "$identity" in
    "3.11 $HERE/$VENV" | "3.12 $HERE/$VENV" | "3.13 $HERE/$VENV") ;;
    *) return 1 ;;
  esac
  case "$(cat "$VENV/.setup-run" 2>/dev/null)" in
    '' | "$identity "*) ;;
    *) return 1 ;;
  esac
  [ -n "${PYTHON:-}" ] || return 0
  wanted=$("$PYTHON" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
  [ "$wanted" = "${identity%% *}" ]
}

# Another tool's `.venv` may come without pip, and Debian's Python without the means to add it.
venv_has_pip() {
  "$VENV_PYTHON" -I -c 'import pip' 2>/dev/null || "$VENV_PYTHON" -I -m ensurepip >/dev/null 2>&1
}

# Sets `venv` to what can be done with the present `.venv`: ready, fill (packages lack), make (anew).
judge_venv() {
  venv='make'
  venv_usable || return 0
  if stamp_fits; then
    venv=ready
  elif venv_has_pip; then
    venv=fill
  fi
}

# ---- System packages ---------------------------------------------------------------------------------

uses_apt() { have apt-get && have dpkg-query && [ -s /var/lib/dpkg/status ]; }

# Prints those of the given packages that are not installed.
missing_packages() {
  # Unknown names make dpkg-query fail after it has listed the others: its exit status says nothing.
  installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' $(echo "$@" | tr '|' ' ') 2>/dev/null |
    sed -n 's/ installed$//p' | tr '\n' ' ')
  for names in "$@"; do
    case " $installed" in
      *" ${names%%|*} "* | *" ${names##*|} "*) ;;
      *) printf '%s\n' "${names%%|*}" ;;
    esac
  done
}

# Debian keeps `venv` and `ensurepip` apart from Python itself. A Python from elsewhere has them.
venv_package() {
  "$python" -c 'import venv, ensurepip' 2>/dev/null && return
  case "$(command -v "$python")" in
    /usr/bin/python3 | /bin/python3) echo python3-venv ;;
    /usr/bin/* | /bin/*) "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
  esac
}

# Prints the prefix that makes a command run as root, or fails where that would need a password.
root_prefix() {
  [ "$(id -u)" -ne 0 ] || return 0
  have sudo && sudo -n true 2>/dev/null && echo 'sudo -n'
}

# The words for somebody who has the right that we lack. `su -`: apt needs the PATH of root.
command_to_type() {
  if have sudo; then
    echo "sudo apt-get update && sudo apt-get $1"
  else
    echo "su - -c 'apt-get update && apt-get $1'"
  fi
}

# Runs one command quietly: shown first, its output only if it fails. Descriptor 9, our lock, is closed to
# it: a service that apt starts would keep it for good.
run_shown() {
  say "+ $*"
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null 9<&-; then
    rm -f "$log"
    return 0
  fi
  cat "$log" >&2
  rm -f "$log"
  return 1
}

apt_install() {
  install="install -y --no-install-recommends $*"
  by_hand=$(command_to_type "$install")
  prefix=$(root_prefix) || die "system packages are missing; install them, then try again: $by_hand"
  # The lock timeout waits for an update that the desktop may be running in the background.
  apt="$prefix env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120"
  say "Installing system packages ..."
  # A dry run needs no rights, and tells whether the package lists know all of them.
  fresh=no
  if ! apt-get -s $install >/dev/null 2>&1; then
    run_shown $apt update || die "the package lists could not be fetched; see above, then try again."
    fresh=yes
  fi
  if run_shown $apt $install; then return; fi
  # Old lists name files that the archive no longer has.
  if [ $fresh = no ] && run_shown $apt update && run_shown $apt $install; then return; fi
  die "system packages could not be installed; see above, or do it by hand: $by_hand"
}

system_packages() {
  uses_apt || return 0
  missing=$(missing_packages $QT_PACKAGES)
  [ "$level" = run ] || missing="$missing $(missing_packages $TEST_PACKAGES)"
  [ "$venv" != make ] || missing="$(venv_package) $missing"
  set -- $missing
  [ $# -eq 0 ] || apt_install "$@"
}

# Without apt there is no telling how the libraries are called here, but the loader knows which lack.
note_missing_libraries() {
  [ "$(uname -s)" = Linux ] && have ldd && ! uses_apt || return 0
  lacking=$(ldd "$VENV"/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libqxcb.so 2>/dev/null |
    sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p' | sort -u | tr '\n' ' ')
  [ -z "$lacking" ] || say "setup: the windows need libraries that were not found here: ${lacking% }"
}

# ---- Python packages ---------------------------------------------------------------------------------

# The stamp of a level holds the interpreter and the checksum of the lock whose packages are in place.
lock_of() { if [ "$1" = run ]; then echo requirements.lock; else echo requirements-dev.lock; fi; }
stamp_for() { printf '%s %s\n' "$identity" "$(cksum <"$(lock_of "$1")")"; }
stamp_fits() { [ "$(cat "$VENV/.setup-$level" 2>/dev/null)" = "$(stamp_for "$level")" ]; }

make_venv() {
  say "Making $VENV with $("$python" --version 2>&1) ..."
  rm -rf "$VENV"
  mkdir "$VENV"
  : >"$UNFINISHED"
  "$python" -I -m venv "$VENV" || die "$VENV could not be made; see above."
}

# `-I` keeps PYTHONPATH and the like out. The settings that are unset here would put the packages
# somewhere else than into `.venv`; all others (indexes, certificates, caches) stay in force.
pip_install() (
  unset PIP_TARGET PIP_PREFIX PIP_ROOT PIP_NO_DEPS
  export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1
  "$VENV_PYTHON" -I -m pip install --quiet --no-input --compile --require-hashes --only-binary :all: -r "$1"
)

installed_packages() { ls -a "$VENV"/lib/python3*/site-packages; }

# When the network fails or somebody loses patience before the first package is changed, `.venv` is as good
# as it was, and the program must still start from it.
spare_untouched() {
  if [ "$(installed_packages 2>/dev/null)" = "$before" ]; then rm -f "$UNFINISHED"; fi
}

python_packages() {
  case "$venv" in
    ready) return ;;
    make) make_venv ;;
  esac
  : >"$UNFINISHED"
  before=$(installed_packages)
  trap spare_untouched EXIT
  trap 'exit 130' HUP INT TERM
  say "Installing the Python packages of $(lock_of "$level") (a minute or two the first time) ..."
  pip_install "$(lock_of "$level")" || die "Python packages could not be installed; see above, then try again."
  identity=$(venv_identity)
  rm -f "$VENV/.setup-dev"
  # The second lock holds all of the first, so that the program needs nothing more after it.
  stamp_for run >"$VENV/.setup-run"
  [ "$level" = run ] || stamp_for dev >"$VENV/.setup-dev"
  rm -f "$UNFINISHED"
}

# ---- All of it ---------------------------------------------------------------------------------------

level=${1:-}
case "$level" in
  run | dev) ;;
  *) die "say what for: tools/setup.sh run, or tools/setup.sh dev" ;;
esac

# Two of these at once would undo each other's work; the second one waits.
if have flock; then
  exec 9<tools/setup.sh
  flock 9
fi

judge_venv
[ "$venv" != make ] || python=$(find_python)
system_packages
python_packages
note_missing_libraries
