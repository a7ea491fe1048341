"""Runs MiniStack until told to stop: patched, saving its state as it goes, gone when its parent is gone."""

import asyncio
import os
import re
import signal
import sys
import threading
import time

import patches

patches.apply()

import ministack.app as emulator  # noqa: E402
from hypercorn.asyncio import serve  # noqa: E402
from hypercorn.config import Config  # noqa: E402
from ministack.core import lambda_runtime  # noqa: E402

EVERY = float(os.environ.get("EMULATOR_SNAPSHOT_SECONDS", "2"))
READING = re.compile(r"\.(Get|Query|Scan|BatchGet|TransactGet|Describe|List|Receive)")
loaded, changed, saving = threading.Event(), threading.Event(), threading.Lock()


async def watched(scope, receive, send):
    """The emulator's app; any request that may have changed something asks for a snapshot."""
    if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
        target = next((value.decode() for name, value in scope["headers"] if name == b"x-amz-target"), "")
        if not READING.search(target):
            changed.set()
    await emulator.app(scope, receive, _noticing(send) if scope["type"] == "lifespan" else send)


def _noticing(send):
    async def noticing(message):
        if message["type"] == "lifespan.startup.complete":
            loaded.set()
        await send(message)

    return noticing


def save() -> None:
    """State as it is now, each service's file replaced whole; never before the last run's state is read."""
    if not (emulator.PERSIST_STATE and loaded.is_set()):
        return
    with saving:
        changed.clear()
        emulator.save_all(emulator._build_persistence_save_dict())


def save_as_it_changes() -> None:
    """So that kill -9 costs two seconds' work at most, not everything since the start."""
    while True:
        time.sleep(EVERY)
        if changed.is_set():
            save()


def stop(*_: object) -> None:
    """Save and go at once: a graceful end would wait for open sockets."""
    save()
    with lambda_runtime._lock:
        workers = [worker for pool in lambda_runtime._workers.values() for worker in pool]
    lambda_runtime.kill_workers(workers)
    os._exit(0)


def stop_with_the_parent() -> None:
    """The parent holds the other end of our standard input, and can only let go of it by ending."""
    sys.stdin.buffer.read()
    stop()


async def main() -> None:
    """Serve until a signal."""
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, lambda: threading.Thread(target=stop).start())
    threading.Thread(target=save_as_it_changes, daemon=True).start()
    threading.Thread(target=stop_with_the_parent, daemon=True).start()
    config = Config()
    config.bind = [f"127.0.0.1:{os.environ['GATEWAY_PORT']}"]
    config.keep_alive_timeout, config.loglevel = 75, "WARNING"
    await serve(watched, config, shutdown_trigger=asyncio.Event().wait)


asyncio.run(main())
