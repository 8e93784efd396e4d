#!/usr/bin/env bash
# Pins everything with hashes, for every platform and Python from 3.11; setuptools comes along to install ourselves.
set -euo pipefail
bin=$1
pin() {
    printf 'setuptools>=77\n' | "$bin/uv" pip compile pyproject.toml - --quiet --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock" "$@"
}
pin --output-file requirements.lock
pin --extra dev --constraint requirements.lock --output-file requirements-dev.lock
