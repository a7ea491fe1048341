"""Where one running stack lives: its folder, its ports, its addresses."""

import socket
from dataclasses import dataclass
from pathlib import Path

from infra.stacks import Account

REGION = "ap-south-1"
# The emulator's root key; it listens on this machine's loopback alone.
KEY, SECRET = "test", "test"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Place:
    """A stack's own state folder and ports; two stacks share nothing but the release they run."""

    state: Path
    port: int
    emulator_port: int
    turn_port: int
    razorpay_port: int

    @property
    def origin(self) -> str:
        """What browsers see; Chromium takes localhost for a secure place."""
        return f"http://localhost:{self.port}"

    @property
    def emulator(self) -> str:
        """Where the emulated AWS answers."""
        return f"http://{HOST}:{self.emulator_port}"

    @property
    def razorpay(self) -> str:
        """Where the stand-in for Razorpay answers."""
        return f"http://{HOST}:{self.razorpay_port}"

    @property
    def account(self) -> Account:
        """The emulated AWS as its root user."""
        return Account(REGION, self.emulator, KEY, SECRET)

    @property
    def logs(self) -> Path:
        """What everything wrote."""
        return self.state.parent / "logs"


def taken(port: int) -> bool:
    """Does something listen there?"""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
