"""A real coturn for a test, with credentials that lapse, as the API gives them out."""

import asyncio
import base64
import hashlib
import hmac
import shutil
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
        await asyncio.sleep(0.5)
        assert process.returncode is None, "coturn did not start"
        yield port
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
