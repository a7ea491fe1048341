"""A real coturn for a test, with credentials that lapse, as the API gives them out."""

import asyncio
import base64
import hashlib
import hmac
import os
import shutil
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

SECRET = "only-for-this-test"
SETTINGS = [
    "--listening-ip=127.0.0.1",
    "--relay-ip=127.0.0.1",
    "--realm=peerlearn.test",
    "--use-auth-secret",
    f"--static-auth-secret={SECRET}",
    "--allow-loopback-peers",
    "--fingerprint",
    "--no-cli",
    "--no-tcp",  # a port that is free for UDP can be taken for TCP, even by a connection that is long closed
    "--no-tls",
    "--no-dtls",
    "--log-file=stdout",
    "--simple-log",
    "--pidfile=",
    "--no-software-attribute",
]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, patience: float = 10) -> bool:
    """Asked again and again for our own address, as STUN has it, the server says something in time."""
    question = bytes.fromhex("000100002112a442") + os.urandom(12)
    end = time.monotonic() + patience
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.settimeout(0.1)
        while time.monotonic() < end:
            with suppress(OSError):  # silence, or nobody there yet
                probe.sendto(question, ("127.0.0.1", port))
                return bool(probe.recv(512))
            time.sleep(0.02)
    return False


def servers(port: int, lives: float = 600, secret: str = SECRET) -> list[dict[str, Any]]:
    """What POST /rooms/{id}/ice answers: an expiry as the name, its HMAC as the credential."""
    name = f"{int(time.time() + lives)}:usr_test"
    credential = base64.b64encode(hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()).decode()
    return [{"urls": [f"turn:127.0.0.1:{port}?transport=udp"], "username": name, "credential": credential}]


@asynccontextmanager
async def coturn() -> AsyncIterator[int]:
    """A TURN server on loopback, on a port of its own, for as long as it is needed."""
    port = free_port()
    binary = shutil.which("turnserver")
    assert binary, "coturn is not installed"
    command = [binary, "-n", f"--listening-port={port}", *SETTINGS]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        assert await asyncio.to_thread(answers, port), f"coturn did not start on port {port}"
        yield port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
