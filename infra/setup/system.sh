#!/bin/sh
# system.sh PROGRAM PACKAGE...: installs the packages where the program is absent and apt can, else says what is missing.
program=$1
shift
command -v "$program" >/dev/null && exit 0
if command -v apt-get >/dev/null; then
  if [ "$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo -n"; else sudo="none"; fi
  if [ "$sudo" != none ]; then
    echo "Installing $* (once) ..."
    export DEBIAN_FRONTEND=noninteractive
    { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "$@"; } >/dev/null 2>&1
    # Debian starts coturn as a service of the whole machine; ours is started with the stack, on loopback.
    [ "$program" = turnserver ] && command -v systemctl >/dev/null && $sudo systemctl disable --now coturn >/dev/null 2>&1
    command -v "$program" >/dev/null && exit 0
  fi
fi
echo "$program is missing and could not be installed: please install $*. What needs it will say so."
exit 0
