"""Two network namespaces on one bridge, whose lines can be cut and whose addresses can change."""

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOST = "10.99.0.1"
BRIDGE = "roombr0"


def run(*command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """One command of ip or nft."""
    return subprocess.run(command, capture_output=True, text=True, check=check)


def unavailable() -> str:
    """Why namespaces cannot be had here; empty when they can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    missing = [tool for tool in ("ip", "nft") if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = run("ip", "netns", "add", "roomtry", check=False)
    run("ip", "netns", "del", "roomtry", check=False)
    if tried.returncode:
        return f"network namespaces are not permitted here: {tried.stderr.strip()}"
    return ""


@dataclass
class Island:
    """One person's network."""

    name: str
    address: str

    def inside(self, *command: str) -> None:
        """Run something in it."""
        run("ip", "netns", "exec", self.name, *command)

    def cut(self) -> None:
        """Drop everything, silently, both ways."""
        self.inside("nft", "add table inet cut")
        for chain in ("input", "output"):
            self.inside("nft", f"add chain inet cut {chain} {{ type filter hook {chain} priority 0; policy drop; }}")
            self.inside("nft", f"add rule inet cut {chain} {'iifname' if chain == 'input' else 'oifname'} lo accept")

    def mend(self) -> None:
        """Let everything through again."""
        self.inside("nft", "delete table inet cut")

    def move(self, address: str) -> None:
        """Another address, as when a phone leaves the wireless network."""
        self.inside("ip", "addr", "del", f"{self.address}/24", "dev", "eth0")
        self.inside("ip", "addr", "add", f"{address}/24", "dev", "eth0")
        self.address = address

    def browser(self, folder: Path, chromium: str) -> str:
        """A script that starts the browser in here."""
        script = folder / f"chromium-{self.name}"
        script.write_text(f'#!/bin/sh\nexec ip netns exec {self.name} {chromium} "$@"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        return str(script)


@contextlib.contextmanager
def islands() -> Iterator[tuple[Island, Island]]:
    """Two of them, able to reach each other and this machine at HOST."""
    both = (Island("rooma", "10.99.0.2"), Island("roomb", "10.99.0.3"))
    clear(both)
    try:
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        run("ip", "addr", "add", f"{HOST}/24", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        for each in both:
            outer = f"veth-{each.name}"
            run("ip", "netns", "add", each.name)
            run("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", each.name)
            run("ip", "link", "set", outer, "master", BRIDGE, "up")
            each.inside(
                "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1"
            )  # its late addresses would be a change of network
            each.inside("ip", "link", "set", "lo", "up")
            each.inside("ip", "addr", "add", f"{each.address}/24", "dev", "eth0")
            each.inside("ip", "link", "set", "eth0", "up")
        yield both
    finally:
        clear(both)


def clear(both: tuple[Island, Island]) -> None:
    """Leave nothing behind, of this run or of one that was killed."""
    for each in both:
        run("ip", "netns", "del", each.name, check=False)
        run("ip", "link", "del", f"veth-{each.name}", check=False)
    run("ip", "link", "del", BRIDGE, check=False)
