"""CPU of a cold start per Lambda, from the release zip, against bare Chalice and a botocore DynamoDB client."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from infra.build import build
from infra.release import target
from tests.bench.table import Line

BARE = "import chalice.app, botocore.session\nbotocore.session.get_session().create_client('dynamodb', 'ap-south-1')"
WIRED = "\nfrom chalicelib import wiring; wiring.deps()"
SOCKETS_WIRED = "\nfrom chalicelib import socket_wiring; socket_wiring.deps()"
FUNCTIONS = {
    "API": "import app",
    "socket": "import functions.realtime",
    "stream": "import functions.reactions",
    "mail": "import functions.mail",
    "push": "import functions.push",
    "mail events": "import functions.mail_events",
    "sweep": "import functions.due",
    "photos": "import functions.uploads",
    "settlement": "import functions.settlement",
    "payout": "import functions.payout_worker",
    "payee": "import functions.payees_worker",
    "comparison": "import functions.reconciling",
}
ROUNDS = 7


def lines() -> list[Line]:
    """Median CPU of import and wiring, against Chalice with a client of the SDK; Python's own start is taken off."""
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(build(target.local(), quiet=True).zip).extractall(folder)
        environment = _environment(folder)
        empty = _median("pass", environment)
        bare = _median(BARE, environment) - empty
        wired = {name: SOCKETS_WIRED if name == "socket" else WIRED for name in FUNCTIONS}
        return [
            Line(name, _median(code + wired[name], environment) - empty, bare, "ms") for name, code in FUNCTIONS.items()
        ]


def _environment(folder: str) -> dict[str, str]:
    """The settings of the packaged template, with words for what CloudFormation would fill in."""
    template = json.loads(build(target.local(), quiet=True).app.read_text())
    held: set[str] = set()
    for resource_ in template["Resources"].values():
        held |= set(resource_.get("Properties", {}).get("Environment", {}).get("Variables", {}))
    held |= set(template.get("Globals", {}).get("Function", {}).get("Environment", {}).get("Variables", {}))
    settings = dict.fromkeys(held - {"AWS_ENDPOINT_URL"}, "x")
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "ap-south-1"}
    ours = {
        "LOG_LEVEL": "INFO",
        "THROTTLE_FACTOR": "1",
        "RECORDING_DAYS": "30",
        "PYTHONPATH": folder,
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    rates = dict.fromkeys((name for name in held if name.endswith("_BPS")), "0")
    return {**settings, **keys, **ours, **rates}


def _median(code: str, environment: dict[str, str]) -> float:
    return statistics.median(_cpu(code, environment) for _ in range(ROUNDS))


def _cpu(code: str, environment: dict[str, str]) -> float:
    """Milliseconds of user and system time of one fresh interpreter that sees nothing but the zip."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-S", "-c", code], env=environment, cwd=Path("/"), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
