"""Join to first frame, and the relay there and back: `python -m tests.bench.room [--url … --mentor … --learner …]`."""

import argparse
import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from statistics import median
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.room import measures
from tests.bench.room.guests import Guest, on_bare_relay, on_stack
from tests.bench.table import Line, shown

Results = dict[str, list[float]]


@contextmanager
def bare_relay(dist: Path) -> Iterator[str]:
    """A process of its own, as the real stack has."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.bench.room.origin", "--port", str(port), "--dist", str(dist)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        wait_for(base)
        yield base
    finally:
        process.terminate()
        process.wait()


def wait_for(base: str) -> None:
    """Until it answers."""
    for _ in range(100):
        try:
            urlopen(f"{base}/room/x", timeout=1).close()
            return
        except (URLError, ConnectionError):
            sleep(0.1)
    raise TimeoutError(f"nothing answers at {base}")


def measured(guests: Callable[[], tuple[Guest, Guest, str]], calls: int, trips: int) -> Results:
    """Both measurements with the same two people."""
    mentor, learner, room = guests()
    back = asyncio.run(measures.round_trips(mentor, learner, room, trips))
    return {
        "relay, there and back": back,
        "join to first frame": asyncio.run(measures.first_frames(mentor, learner, room, calls)),
    }


def on_the_bare_relay(calls: int, trips: int) -> Results:
    """The baseline: the same page, and a relay that does nothing else."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "frontend.build", "--out", folder], check=True, stdout=subprocess.DEVNULL)
        with bare_relay(Path(folder)) as base:
            return measured(lambda: on_bare_relay(base), calls, trips)


def lines(bare: Results, real: Results) -> list[Line]:
    """Medians of the real stack beside the bare relay's."""
    return [Line(what, median(real[what]), median(bare[what]), "ms") for what in bare]


def main() -> None:
    """The bare relay always; a real stack beside it where one is named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.room", description=__doc__)
    parser.add_argument("--url", help="a running stack")
    parser.add_argument("--mentor", help="email:password of an approved mentor there")
    parser.add_argument("--learner", help="email:password of a learner there")
    parser.add_argument("--calls", type=int, default=20)
    parser.add_argument("--trips", type=int, default=300)
    chosen = parser.parse_args()
    bare = on_the_bare_relay(chosen.calls, chosen.trips)
    for what, values in bare.items():
        print(f"  bare relay: {what:<24} {measures.summary(values)}")
    if chosen.url:
        real = measured(lambda: on_stack(chosen.url, chosen.mentor, chosen.learner), chosen.calls, chosen.trips)
        for what, values in real.items():
            print(f"  {chosen.url}: {what:<24} {measures.summary(values)}")
        print(shown("The room", "a bare relay with the same page", lines(bare, real)))


if __name__ == "__main__":
    main()
