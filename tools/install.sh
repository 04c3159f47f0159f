#!/bin/sh
# Install the packages of a pinned file, and the project, into the environment that $BIN belongs to.
# uv first, because it is quick; plain pip where uv cannot reach the packages (uv does not read pip's configuration).
set -eu
pins=$1
if "$BIN/python" -m pip install --quiet --disable-pip-version-check "uv>=0.5" &&
    VIRTUAL_ENV="$(dirname "$BIN")" "$BIN/uv" pip install --quiet --require-hashes -r "$pins"; then
    echo "installed $pins with uv"
else
    echo "uv could not install: going on with pip"
    "$BIN/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$pins"
fi
"$BIN/python" -m pip install --quiet --disable-pip-version-check --no-deps --editable .
