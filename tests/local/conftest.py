"""A small emulated AWS of its own: our launcher and proxy, a Lambda that tells about itself, and none of the app."""

import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from infra.build import build
from infra.local import children, release
from infra.local.place import Place, free_port
from infra.release import target
from infra.release.template import read

HERE = Path(__file__).parent
TIGHT = {"LIMIT_IDLE": "1.5", "LIMIT_CONNECTION": "3"}


@dataclass
class Machine:
    """The emulator at a place, and what the tiny stack made there."""

    place: Place
    emulator: subprocess.Popen[bytes]
    known: dict[str, str] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """As root."""
        return self.place.account.client(service)

    def invoke(self, name: str, **event: Any) -> Any:
        """A function's answer."""
        answer = self.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
        return json.loads(answer["Payload"].read())

    def at_once(self, count: int, name: str, **event: Any) -> list[Any]:
        """Many invocations in parallel."""
        functions = self.client("lambda")

        def one(_: int) -> Any:
            answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
            return json.loads(answer["Payload"].read())

        with ThreadPoolExecutor(count) as hands:
            return list(hands.map(one, range(count)))

    def log(self) -> str:
        """All that functions wrote."""
        return (self.place.logs / "functions.log").read_text()

    def restart(self, end: Callable[[subprocess.Popen[bytes]], None] = children.stop) -> None:
        """End it in some way, and start it on what it left."""
        end(self.emulator)
        self.emulator.wait()
        self.emulator = children.emulator(self.place)


def put(machine: Machine, template: dict[str, Any]) -> dict[str, str]:
    """Create or update the tiny stack; its outputs."""
    cloud, body = machine.client("cloudformation"), json.dumps(template)
    new = not machine.known
    act = cloud.create_stack if new else cloud.update_stack
    act(StackName="tiny", TemplateBody=body, Capabilities=["CAPABILITY_IAM"])
    waiter = cloud.get_waiter("stack_create_complete" if new else "stack_update_complete")
    waiter.wait(StackName="tiny", WaiterConfig={"Delay": 0.1, "MaxAttempts": 300})
    outputs = cloud.describe_stacks(StackName="tiny")["Stacks"][0]["Outputs"]
    return {each["OutputKey"]: each["OutputValue"] for each in outputs}


def tiny() -> dict[str, Any]:
    """tests/local/tiny.yaml for this interpreter."""
    template = read(HERE / "tiny.yaml")
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Lambda::Function":
            resource["Properties"]["Runtime"] = target.local().runtime
    return template


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One for all tests of the emulator and the proxy."""
    place = Place(tmp_path_factory.mktemp("tiny") / "state", free_port(), free_port(), free_port(), free_port())
    made = Machine(place, children.emulator(place))
    try:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as zipped:
            zipped.write(HERE / "tiny.py", "tiny.py")
        s3 = made.client("s3")
        s3.create_bucket(Bucket="tiny", CreateBucketConfiguration={"LocationConstraint": place.account.region})
        s3.put_object(Bucket="tiny", Key="code.zip", Body=packed.getvalue())
        made.known = put(made, tiny())
        yield made
    finally:
        children.stop(made.emulator)


@pytest.fixture(scope="session")
def front(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The proxy before the tiny stack: production's template, a site of three pages, limits one can wait for."""
    site = tmp_path_factory.mktemp("site")
    pages = {
        "index.html": "home",
        "404.html": "missing",
        "mentor.html": "mentor",
        "checkout.html": "pay",
        "assets/a.0f.js": "1",
    }
    for name, text in pages.items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(text)
    known = {**release.settings(machine.place, ""), **machine.known, "Stage": "tiny"}
    settings = release.for_proxy(machine.place, build(target.local(), quiet=True), known, site)
    command = [sys.executable, "-m", "infra.local.proxy", str(settings)]
    child = children.start(command, machine.place.logs / "proxy.log", {**os.environ, **TIGHT})
    try:
        assert children.wait(lambda: children.answers(f"{machine.place.origin}/dev/up"), child)
        yield machine.place
    finally:
        children.stop(child)
