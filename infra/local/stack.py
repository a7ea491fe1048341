"""A whole running stack, and `running_stack`, which gives a test session one of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from infra import secrets
from infra.build import Release
from infra.local import children, release, turn
from infra.local.place import KEY, REGION, SECRET, Place, free_port
from infra.paths import ROOT, SITE

JSON = {"Content-Type": "application/json"}


@dataclass
class Stack:
    """The processes of one place and what is deployed there."""

    place: Place
    release: Release
    site: Path = SITE
    known: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    money_takes: float | None = None  # seconds until a refund or a payout is through; None: until a test says so

    @property
    def base_url(self) -> str:
        """Where browsers find it: http://localhost:<port>."""
        return self.place.origin

    @property
    def emulator_url(self) -> str:
        """Where the emulated AWS answers."""
        return self.place.emulator

    @cached_property
    def secrets(self) -> dict[str, Any]:
        """What the code signs with: a test may forge tokens to see them refused."""
        return secrets.ensure(self.client("secretsmanager"), self.known["SecretsArn"])

    def client(self, service: str) -> Any:
        """A botocore client of the emulated AWS, as its root user."""
        return self.place.account.client(service)

    @property
    def environment(self) -> dict[str, str]:
        """What the Lambdas have, for code that is run beside them (seeding, the admin tool, a test in process)."""
        functions = self.client("lambda")
        held = functions.get_function_configuration(FunctionName=self.known["APIHandlerName"])["Environment"][
            "Variables"
        ]
        account = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_DEFAULT_REGION": REGION}
        return {**held, **account, "AWS_REGION": REGION, "BASE_URL": self.base_url}

    def mail(self, to: str, wanted: str = "", patience: float = 15) -> dict[str, Any]:
        """The latest captured mail to someone (with some words in its subject), as soon as there is one."""
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.place.port}/dev/mail.json?to={to}") as answer:
                for each in json.load(answer)["items"]:
                    if wanted.lower() in each["subject"].lower():
                        found: dict[str, Any] = each
                        return found
            time.sleep(0.1)
        raise AssertionError(f"no mail to {to} came in {patience:g} s")

    def razorpay(self, action: str, **given: Any) -> Any:
        """What an action of the stand-in for Razorpay says is done (infra/local/razorpay/control.py)."""
        content = json.dumps(given).encode()
        asked = urllib.request.Request(f"{self.place.razorpay}/control/{action}", content, JSON, method="POST")
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)["done"]

    def razorpay_books(self) -> dict[str, Any]:
        """Its own sums, and each order and payout."""
        with urllib.request.urlopen(f"{self.place.razorpay}/control/books") as answer:
            held: dict[str, Any] = json.load(answer)
            return held

    def start_emulator(self) -> None:
        """The local AWS, with the state it had."""
        self.running["emulator"] = children.emulator(self.place)

    def deploy(self, made: Release) -> None:
        """Put a release in place and tell the proxy."""
        self.known = release.deploy(self.place, made, turn.urls(self.place))
        self.release = made
        release.for_proxy(self.place, made, self.known, self.site)

    def start_front(self) -> None:
        """The stand-in for Razorpay, the proxy and, where it is installed, the relay."""
        self.running["razorpay"] = children.razorpay(self.place, json.dumps(self.secrets["razorpay"]), self.money_takes)
        self.running["proxy"] = children.proxy(self.place, self.place.state / "proxy.json")
        relay = turn.start(self.place, self.known)
        if relay:
            self.running["relay"] = relay

    def stop(self) -> None:
        """Everything, in the order that loses nothing."""
        for name in ("proxy", "razorpay", "relay", "emulator"):
            if name in self.running:
                children.stop(self.running.pop(name))


def build_site(site: Path, origin: str) -> subprocess.Popen[bytes]:
    """The site's own builder at work."""
    command = [sys.executable, "-m", "frontend.build", "--out", str(site), "--origin", origin]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def site_built(build: subprocess.Popen[bytes]) -> str | None:
    """Wait for it; what it complained of, if it did: of a traceback its last lines."""
    told, _ = build.communicate()
    return "\n".join(told.decode(errors="replace").strip().splitlines()[-3:]) if build.returncode else None


@contextmanager
def running_stack(**limits: str) -> Iterator[Stack]:
    """A private stack with nothing in it, on free ports and in a folder of its own, gone afterwards.

    `limits` are the proxy's (idle="2", connection="5"); the release and the site are built if they are not.
    """
    with tempfile.TemporaryDirectory(prefix="peerlearn-") as folder:
        place = Place(Path(folder) / "state", free_port(), free_port(), free_port(), free_port())
        site = Path(folder) / "site"
        building = build_site(site, place.origin)
        stack = Stack(place, release.make(), site)
        try:
            stack.start_emulator()
            stack.deploy(stack.release)
            if complaint := site_built(building):
                raise children.Failed(f"The site cannot be built: {complaint}")
            with _limits(limits):
                stack.start_front()
            yield stack
        finally:
            stack.stop()
            building.kill()
            building.wait()


@contextmanager
def _limits(limits: dict[str, str]) -> Iterator[None]:
    named = {f"LIMIT_{name.upper()}": value for name, value in limits.items()}
    os.environ.update(named)
    try:
        yield
    finally:
        for name in named:
            del os.environ[name]
