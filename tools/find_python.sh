#!/usr/bin/env bash
# Prints the newest Python that can make a virtual environment.
set -euo pipefail
for candidate in python3.14 python3.13 python3.12 python3.11 python3 python; do
    path=$(command -v "$candidate") || continue
    if "$path" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
        echo "$path"
        exit 0
    fi
done
echo "Samehand needs Python 3.11 to 3.14 with the venv module (on Debian: apt-get install python3-venv)" >&2
exit 1
