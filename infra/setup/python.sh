#!/bin/sh
# Prints the Python to work with: 3.13 as on Lambda where there is one, else the newest from 3.11 on.
for candidate in python3.13 "$HOME"/.pyenv/versions/3.13*/bin/python python3.14 python3.12 python3.11 python3 python \
  "$HOME"/.pyenv/versions/3.1[124]*/bin/python; do
  if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    command -v "$candidate"
    exit 0
  fi
done
