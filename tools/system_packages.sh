#!/usr/bin/env bash
# The tests talk to a real Dovecot and look with a real Chromium: installs them where it may, else says what is missing.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin"

missing=()
command -v dovecot >/dev/null || missing+=(dovecot-imapd)
command -v chromium >/dev/null || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -qq
    if "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
        exit 0
    fi
fi
echo "missing for the tests: ${missing[*]} (on Debian: apt-get install ${missing[*]})" >&2
if [ "${CI:-}" = "true" ]; then
    exit 1
fi
echo "tests that need them are skipped" >&2
