"""Network namespaces on one bridge, whose lines can be cut and made to lose packets, and whose addresses can change."""

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NUMBER = os.getpid() % 200 + 10  # a subnet of our own: somebody else may run the same tests on this machine
HOST = f"10.99.{NUMBER}.1"
BRIDGE = f"roombr{NUMBER}"
MOVED = 100  # added to an address that changes


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
    tried = run("ip", "netns", "add", f"roomtry{NUMBER}", check=False)
    run("ip", "netns", "del", f"roomtry{NUMBER}", check=False)
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

    def rule(self, match: str) -> None:
        """Drop what matches, in both directions, silently."""
        self.inside("nft", "add table inet cut")
        for chain, way in (("input", "iifname"), ("output", "oifname")):
            self.inside("nft", f"add chain inet cut {chain} {{ type filter hook {chain} priority 0; policy accept; }}")
            self.inside("nft", f"add rule inet cut {chain} {way} eth0 {match} drop")

    def cut(self) -> None:
        """Drop everything."""
        self.rule("")

    def cut_sockets(self) -> None:
        """Drop what goes over TCP: the line to the server is dead, and the media lives."""
        self.rule("meta l4proto tcp")

    def lose(self, percent: int) -> None:
        """Drop so many of the media's packets."""
        self.rule(f"meta l4proto udp numgen random mod 100 < {percent}")

    def mend(self) -> None:
        """Let everything through again."""
        self.inside("nft", "delete table inet cut")

    def move(self) -> None:
        """Another address, as when a phone leaves the wireless network."""
        start, _, last = self.address.rpartition(".")
        moved = f"{start}.{int(last) + MOVED}"
        self.inside("ip", "addr", "del", f"{self.address}/24", "dev", "eth0")
        self.inside("ip", "addr", "add", f"{moved}/24", "dev", "eth0")
        self.address = moved

    def browser(self, folder: Path, chromium: str) -> str:
        """A script that starts the browser in here."""
        script = folder / f"chromium-{self.name}"
        script.write_text(f'#!/bin/sh\nexec ip netns exec {self.name} {chromium} "$@"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        return str(script)


@contextlib.contextmanager
def islands(count: int = 2) -> Iterator[list[Island]]:
    """So many of them, able to reach each other and this machine at HOST."""
    all_ = [Island(f"room{NUMBER}{chr(97 + at)}", f"10.99.{NUMBER}.{at + 2}") for at in range(count)]
    clear(all_)
    try:
        run("ip", "link", "add", BRIDGE, "type", "bridge")
        run("ip", "addr", "add", f"{HOST}/24", "dev", BRIDGE)
        run("ip", "link", "set", BRIDGE, "up")
        for each in all_:
            connect(each)
        yield all_
    finally:
        clear(all_)


def connect(island: Island) -> None:
    """A namespace with one interface, on the bridge."""
    outer = f"veth-{island.name}"
    run("ip", "netns", "add", island.name)
    run("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", island.name)
    run("ip", "link", "set", outer, "master", BRIDGE, "up")
    # its late addresses would be a change of network
    island.inside("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1")
    island.inside("ip", "link", "set", "lo", "up")
    island.inside("ip", "addr", "add", f"{island.address}/24", "dev", "eth0")
    island.inside("ip", "link", "set", "eth0", "up")


def clear(all_: list[Island]) -> None:
    """Leave nothing behind, of this run or of one that was killed."""
    for each in all_:
        run("ip", "netns", "del", each.name, check=False)
        run("ip", "link", "del", f"veth-{each.name}", check=False)
    run("ip", "link", "del", BRIDGE, check=False)
