"""`python -m infra.local up|logs|env|stopped`: the local stack's commands."""

import json
import os
import shlex
import sys

from infra.local.place import Place
from infra.local.stack import Stack
from infra.local.up import only_one, place_from_environment, up


def logs() -> None:
    """Follow what the functions write."""
    path = place_from_environment().logs / "functions.log"
    if not path.exists():
        raise SystemExit("Nothing has been logged yet: start PeerLearn with `make run`.")
    os.execvp("tail", ["tail", "-n", "100", "-F", str(path)])


def env() -> None:
    """The running stack's environment for a shell: eval "$(python -m infra.local env)"."""
    for name, value in sorted(running().environment.items()):
        print(f"export {name}={shlex.quote(value)}")


def running() -> Stack:
    """The stack that `make run` has up, seen from another process."""
    place = place_from_environment()
    told = place.state / "proxy.json"
    if not told.exists():
        raise SystemExit("PeerLearn is not running: start it with `make run`.")
    held = json.loads(told.read_text())
    emulator, razorpay = (int(held[name].rpartition(":")[2]) for name in ("emulator", "razorpay"))
    there = Place(place.state, held["port"], emulator, place.turn_port, razorpay)
    return Stack(there, release=None, known=held["known"])  # type: ignore[arg-type]


def stopped() -> None:
    """Succeeds only where nothing runs: what is in use must not be thrown away."""
    with only_one(place_from_environment()):
        pass


COMMANDS = {"up": up, "logs": logs, "env": env, "stopped": stopped}

if __name__ == "__main__":
    chosen = COMMANDS.get(sys.argv[1] if len(sys.argv) == 2 else "")
    if chosen is None:
        raise SystemExit(__doc__)
    chosen()
