"""The processes a stack is made of; none outlives the one that started it."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from infra.local.place import HOST, KEY, REGION, SECRET, Place
from infra.local.tools import emulator_python
from infra.paths import INFRA, ROOT

PATIENCE = 60
# Lambdas inherit the emulator's environment, and must not find a developer's in it.
PASSED = ("PATH", "HOME", "LANG", "EMULATOR_WORKERS", "EMULATOR_SNAPSHOT_SECONDS")
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


class Failed(Exception):
    """A child did not come up; the words say which, and where its log is."""


def start(command: list[str], log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A child in a session of its own (Ctrl-C is ours to handle), ended by the kernel or its input when we are gone."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment or dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def stop(child: subprocess.Popen[bytes], patience: float = 10) -> None:
    """Ask, wait, insist."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def emulator(place: Place) -> subprocess.Popen[bytes]:
    """The local AWS, once it answers."""
    return _once_up(launch(place), "The local AWS", f"{place.emulator}/_ministack/health", place.logs / "emulator.log")


def launch(place: Place) -> subprocess.Popen[bytes]:
    """MiniStack with our patches, IAM enforced, its state kept in the place's folder."""
    temporary = place.state / "tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    settings = {
        **{name: os.environ[name] for name in PASSED if name in os.environ},
        "GATEWAY_PORT": str(place.emulator_port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(place.state / "aws"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(place.state / "s3"),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "TMPDIR": str(temporary),
        "EMULATOR_FUNCTION_LOG": str(place.logs / "functions.log"),
        "LOG_LEVEL": "WARNING",
    }
    command = [str(emulator_python()), str(INFRA / "local" / "emulator" / "launch.py")]
    return start(command, place.logs / "emulator.log", settings)


def proxy(place: Place, settings: Path) -> subprocess.Popen[bytes]:
    """The front door."""
    log = place.logs / "proxy.log"
    child = start([sys.executable, "-m", "infra.local.proxy", str(settings)], log)
    return _once_up(child, "The front proxy", f"http://127.0.0.1:{place.port}/dev/up", log)


def razorpay(place: Place, keys: str, after: float | None) -> subprocess.Popen[bytes]:
    """The stand-in for the payment gateway; what it has to sign with is nobody else's to read."""
    log = place.logs / "razorpay.log"
    command = [sys.executable, "-m", "infra.local.razorpay", "--port", str(place.razorpay_port)]
    command += ["--state", str(place.state / "razorpay.sqlite")]
    command += ["--webhook-url", f"http://{HOST}:{place.port}/api/webhooks/razorpay"]
    command += [] if after is None else ["--after", str(after)]
    child = start(command, log, {**os.environ, "RAZORPAY_KEYS": keys})
    return _once_up(child, "The stand-in for Razorpay", f"{place.razorpay}/up", log)


def _once_up(child: subprocess.Popen[bytes], what: str, address: str, log: Path) -> subprocess.Popen[bytes]:
    if not wait(lambda: answers(address), child):
        stop(child)
        told = log.read_text(errors="replace").strip().splitlines()[-5:]
        raise Failed(f"{what} did not start. The end of {log}:\n" + "\n".join(told))
    return child


def wait(ready: Callable[[], bool], child: subprocess.Popen[bytes]) -> bool:
    give_up = time.monotonic() + PATIENCE
    while child.poll() is None and time.monotonic() < give_up:
        if ready():
            return True
        time.sleep(0.05)
    return False


def answers(address: str) -> bool:
    """Does a GET there succeed?"""
    try:
        with urllib.request.urlopen(address, timeout=2):
            return True
    except (urllib.error.URLError, OSError):
        return False
