"""`make run`: everything up, step by step; then edits go live, a fallen emulator gets up again, Ctrl-C ends it all."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.build import BuildFailed
from infra.local import children, release, turn
from infra.local.place import Place, taken
from infra.local.stack import Stack, build_site, site_built
from infra.local.tools import emulator_python
from infra.local.watch import CODE, PAGES, Watch
from infra.paths import LOCAL, SITE
from infra.stacks import StackFailed

STEPS = 6
MONEY_TAKES = 2.0  # seconds until a refund or a payout is through; Razorpay's take days
GLANCE = 0.3  # seconds between two looks for edits


class Steps:
    """Numbered progress lines, each with the time it took."""

    def __init__(self) -> None:
        self._number, self._began = 0, time.perf_counter()

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Say what begins, then that it is done."""
        self._number += 1
        began = time.perf_counter()
        print(f"[{self._number}/{STEPS}] {words} ...", flush=True)
        yield
        print(f"      done in {time.perf_counter() - began:.1f} s", flush=True)

    @property
    def total(self) -> float:
        """Seconds since the first step."""
        return time.perf_counter() - self._began


def place_from_environment() -> Place:
    """PORT, EMULATOR_PORT, TURN_PORT and RAZORPAY_PORT, or the usual ones."""
    port = int(os.environ.get("PORT") or 8000)
    emulator = int(os.environ.get("EMULATOR_PORT") or port + 1)
    razorpay = int(os.environ.get("RAZORPAY_PORT") or port + 2)
    return Place(LOCAL / "state", port, emulator, int(os.environ.get("TURN_PORT") or 3478), razorpay)


@contextmanager
def only_one(place: Place) -> Iterator[None]:
    """One stack for a state folder: a second start says where the first one is."""
    place.state.mkdir(parents=True, exist_ok=True)
    lock: IO[str] = (place.state / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        raise SystemExit(f"PeerLearn is already running at {lock.read().strip() or 'an unknown address'}.") from None
    with lock:
        lock.truncate(0)
        lock.write(place.origin)
        lock.flush()
        yield


def check_ports(place: Place) -> None:
    """Better said now than by a child's traceback later."""
    wanted = {"PORT": place.port, "EMULATOR_PORT": place.emulator_port}
    wanted |= {"RAZORPAY_PORT": place.razorpay_port}
    wanted |= {"TURN_PORT": place.turn_port} if turn.urls(place) else {}
    for name, port in wanted.items():
        if taken(port):
            raise SystemExit(
                f"Port {port} is in use by another program. Choose another one: make run {name}={port + 10}"
            )


def bring_up(place: Place) -> Stack:
    """The six steps."""
    steps = Steps()
    building = build_site(SITE, place.origin)
    with steps.step("Tools: the local AWS in an environment of its own"):
        emulator_python()
    with steps.step("Release: the code packaged as for production (the first time it downloads the libraries, ~25 MB)"):
        stack = Stack(place, release.make(), money_takes=MONEY_TAKES)
    try:
        with steps.step("Local AWS: starting, with the data of the last run"):
            stack.start_emulator()
        with steps.step("Deployment: production's templates, tables, queues and functions"):
            stack.deploy(stack.release)
        with steps.step("Site: pages, styles and scripts"):
            if complaint := site_built(building):
                print(f"      the site cannot be built: {complaint}")
        relay = " and relay" if turn.urls(place) else f". {turn.MISSING}"
        with steps.step(f"Front door: proxy, test payments{relay}"):
            stack.start_front()
    except BaseException:
        stack.stop()
        raise
    print(f"Up in {steps.total:.1f} s.", flush=True)
    return stack


def seed(stack: Stack) -> str:
    """Demonstration people and sessions, at a later start only what has passed since; what to print of them."""
    print("Demonstration data: people, sessions, pictures ...", flush=True)
    environment = {**os.environ, **stack.environment}
    command = [sys.executable, "-m", "infra.local.seed"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"The demonstration data could not be made:\n{done.stderr.strip()}"
    return done.stdout.strip()


def summary(stack: Stack, accounts: str) -> str:
    """Where to click."""
    lines = ["", f"  PeerLearn      {stack.base_url}", f"  Captured mail  {stack.base_url}/dev/mail"]
    lines += [f"  Test payments  {stack.base_url}/dev/razorpay (no money moves)"]
    lines += [f"  Local AWS      {stack.emulator_url} (region ap-south-1, key test, secret test)"]
    lines += ["  Logs           make logs"]
    lines += ["", *(f"  {line}" for line in accounts.splitlines())] if accounts else []
    return "\n".join([*lines, "", "  Edits go live by themselves. Ctrl-C stops everything.", ""])


def redeploy(stack: Stack, changed: list[Path]) -> None:
    """Code goes live at once; a change of routes, rights or resources follows when its template is made."""
    began = time.perf_counter()
    deployed = stack.release.app.read_text(), stack.release.data.read_text()
    try:
        release.try_code(stack.place, stack.known)
        print(f"{_named(changed)}: live after {time.perf_counter() - began:.1f} s", flush=True)
        made = release.make()
        if (made.app.read_text(), made.data.read_text()) != deployed:
            stack.deploy(made)
            print(f"      routes and resources: live after {time.perf_counter() - began:.1f} s", flush=True)
    except (BuildFailed, StackFailed, SystemExit, subprocess.CalledProcessError, ValueError) as failure:
        print(f"{_named(changed)}: not deployed, the last good release stays.\n{failure}", flush=True)


def rebuild_site(stack: Stack, changed: list[Path]) -> None:
    """Pages went live, or the reason why not."""
    began = time.perf_counter()
    complaint = site_built(build_site(SITE, stack.base_url))
    what = f"not built: {complaint}" if complaint else f"live after {time.perf_counter() - began:.1f} s"
    print(f"{_named(changed)}: {what}", flush=True)


def _named(changed: list[Path]) -> str:
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0].name}{more}"


def tend(stack: Stack, code: Watch, pages: Watch) -> None:
    """Until interrupted; pages do not wait for code."""

    def tend_pages() -> None:
        while True:
            time.sleep(GLANCE)
            if changed := pages.changed():
                rebuild_site(stack, changed)

    threading.Thread(target=tend_pages, daemon=True).start()
    while True:
        time.sleep(GLANCE)
        if changed := code.changed():
            redeploy(stack, changed)
        if stack.running["emulator"].poll() is not None:
            print("The local AWS fell over; starting it again with what it last saved.", flush=True)
            stack.start_emulator()
            stack.deploy(release.make())


def up() -> None:
    """The whole of `make run`."""
    place = place_from_environment()
    with only_one(place):
        check_ports(place)
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.default_int_handler)
        stack = None
        try:
            watches = Watch(CODE), Watch(PAGES)  # before anything is built, so that no edit falls between
            stack = bring_up(place)
            print(summary(stack, seed(stack)), flush=True)
            tend(stack, *watches)
        except KeyboardInterrupt:
            print("\nStopping ...", flush=True)
        except (BuildFailed, StackFailed, children.Failed) as failure:
            raise SystemExit(f"PeerLearn did not start. {failure}") from None
        finally:
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(each, signal.SIG_IGN)
            if stack:
                stack.stop()
        print("Stopped. The data is kept in .local/state; `make clean` throws it away.")
