#!/bin/sh
# Finds a Python that can make virtual environments, then lets it set up .venv.
# PYTHON=... in the environment names one; arguments are passed on to set_up.py.
set -eu
here=$(dirname "$0")

# 0: good; 10: too old; 11: cannot make virtual environments; anything else: does not run at all
suits() {
    "$1" -c '
import importlib.util, sys
if sys.version_info < (3, 11): sys.exit(10)
sys.exit(0 if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip") else 11)
' 2>/dev/null </dev/null
}

found_old= found_bare=
for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    result=0
    suits "$candidate" || result=$?
    case $result in
        0) exec "$candidate" -u "$here/set_up.py" "$@" ;;
        10) found_old=$("$candidate" -c 'import platform; print(platform.python_version())') ;;
        11) found_bare=${found_bare:-$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])')} ;;
    esac
done

{
    if [ -n "${PYTHON:-}" ]; then
        echo "PYTHON=$PYTHON is not a Python 3.11 or newer that can make virtual environments."
    elif [ -n "$found_bare" ]; then
        echo "Python $found_bare is here, but cannot make virtual environments."
    elif [ -n "$found_old" ]; then
        echo "Large Enough needs Python 3.11 or newer; only Python $found_old was found."
    else
        echo "Large Enough needs Python 3.11 or newer; none was found."
    fi
    if [ -n "$found_bare" ]; then
        echo "On Debian and Ubuntu this adds it: sudo apt-get install -y python$found_bare-venv"
    else
        echo "On Debian and Ubuntu: sudo apt-get install -y python3 python3-venv"
        echo "On Fedora: sudo dnf install -y python3"
        echo "On macOS: brew install python@3.13, or the installer from python.org"
        echo "Another Python is chosen with: make PYTHON=/path/to/python3"
    fi
} >&2
exit 1
