"""One contract for each patch of MiniStack: what our stack needs of the emulator, shown by using it."""

import asyncio
import base64
import copy
import json
import subprocess
import time
import uuid

import pytest
import requests
import websockets

from infra.local import children
from infra.local.emulator import patches_named
from infra.local.tools import emulator_python
from infra.paths import INFRA
from tests.local.conftest import Machine, put, tiny


def soon(true, patience=15):
    """Wait for something that happens in its own time."""
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_gateway_responses_are_imported(machine: Machine):
    missing = requests.get(f"{machine.place.emulator}/_aws/execute-api/{machine.known['RestAPIId']}/api/nowhere")
    assert (missing.status_code, missing.json()) == (404, {"error": {"code": "not_found"}})


def test_an_api_keeps_its_id(machine: Machine):
    changed = copy.deepcopy(tiny())
    paths = changed["Resources"]["Api"]["Properties"]["Body"]["paths"]
    paths["/later"] = paths["/seen"]
    assert put(machine, changed)["RestAPIId"] == machine.known["RestAPIId"]
    for path in ("seen", "later"):
        there = f"{machine.place.emulator}/_aws/execute-api/{machine.known['RestAPIId']}/api/{path}"
        assert requests.get(there).status_code == 200


# How often the end of a silent invocation sleeps, before the patch and after it: a clock would depend on the machine.
WAITS = """
import queue, time, types
import patches
from ministack.core import lambda_runtime
waits = []
lambda_runtime.time = types.SimpleNamespace(**{**vars(time), "sleep": lambda s: (waits.append(s), time.sleep(s))})
def silent():
    waits.clear()
    worker = object.__new__(lambda_runtime.Worker)
    worker._stderr_queue = queue.Queue()
    worker._drain_stderr_bounded()
    return len(waits)
before = silent()
patches.invocations_do_not_wait_for_a_log_line()
print(before, silent())
"""


def test_invocations_do_not_wait_for_a_log_line(machine: Machine):
    where = INFRA / "local" / "emulator"
    command = [str(emulator_python()), "-c", WAITS]
    counted = subprocess.run(command, cwd=where, capture_output=True, text=True, check=True).stdout
    before, after = map(int, counted.split()[-2:])
    assert before > after == 0
    assert machine.invoke("itself")["pid"]


def test_output_goes_to_a_file(machine: Machine):
    machine.invoke("itself", say="a word for the log")
    assert soon(lambda: "tiny.itself a word for the log" in machine.log())


def test_code_is_unpacked_once(machine: Machine):
    told = machine.at_once(3, "itself", seconds=1)
    assert len({each["pid"] for each in told}) > 1
    assert len({each["code"] for each in told}) == 1


def test_workers_are_bounded(machine: Machine):
    told = machine.at_once(16, "itself", seconds=0.2)
    assert 1 < len({each["pid"] for each in told}) <= 4


def test_socket_frames_run_side_by_side(machine: Machine):
    there = f"{machine.place.emulator}/_aws/execute-api/{machine.known['WebsocketAPIId']}/api".replace("http", "ws", 1)
    pair = f"pair-{uuid.uuid4().hex[:8]}"

    async def two() -> None:
        async with websockets.connect(there) as one, websockets.connect(there) as other:
            for socket in (one, other):
                await socket.send(pair)
            assert [await one.recv(), await other.recv()] == [pair, pair]

    def said() -> list[str]:
        return [line.split()[1] for line in machine.log().splitlines() if line.endswith(pair)]

    asyncio.run(two())
    assert soon(lambda: len(said()) == 4)
    assert said() == ["begins", "begins", "ends", "ends"]


def test_streams_begin_anew_after_a_restart(machine: Machine):
    def write(key: str) -> None:
        machine.client("dynamodb").put_item(TableName="tiny", Item={"pk": {"S": key}})

    for n in range(5):
        write(f"before-{n}")
    assert soon(lambda: "came before-4" in machine.log())
    machine.restart()
    write("after")
    assert soon(lambda: "came after" in machine.log())


def test_mail_is_kept_whole(machine: Machine):
    mail = machine.client("sesv2")
    mail.create_email_identity(EmailIdentity="whole.example")
    sent = {"FromEmailAddress": "hello@whole.example", "Destination": {"ToAddresses": ["lena@whole.example"]}}
    mail.send_email(Content={"Raw": {"Data": b"Subject: Raw\r\n\r\nWords."}}, **sent)
    plain = {"Subject": {"Data": "Plain"}, "Body": {"Text": {"Data": "Words."}}}
    plain["Headers"] = [{"Name": "Auto-Submitted", "Value": "auto-generated"}]
    tags = [{"Name": "user", "Value": "usr_1"}]
    mail.send_email(Content={"Simple": plain}, EmailTags=tags, **sent)
    answer = requests.get(f"{machine.place.emulator}/_ministack/ses/messages").json()["messages"]
    held = {each["Subject"]: each for mails in answer.values() for each in mails if "whole" in each["Source"]}
    whole = {name: json.loads(each["Type"].removeprefix("Whole ")) for name, each in held.items()}
    assert base64.b64decode(whole["Raw"]["Raw"]) == b"Subject: Raw\r\n\r\nWords."
    assert (whole["Plain"]["Raw"], whole["Plain"]["Headers"], whole["Plain"]["EmailTags"]) == (
        "",
        plain["Headers"],
        tags,
    )


def test_every_patch_has_its_test():
    mine = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert set(patches_named()) <= mine


def test_what_was_written_survives_a_kill(machine: Machine):
    machine.client("dynamodb").put_item(TableName="tiny", Item={"pk": {"S": "kept"}})
    time.sleep(4)  # a snapshot is taken every two seconds
    machine.restart(lambda emulator: emulator.kill())
    held = machine.client("dynamodb").get_item(TableName="tiny", Key={"pk": {"S": "kept"}})
    assert "Item" in held
    assert machine.invoke("itself")["pid"]


@pytest.mark.parametrize("moment", [0.0, 0.3])
def test_being_stopped_while_starting_loses_nothing(machine: Machine, moment: float):
    children.stop(machine.emulator)
    early = children.launch(machine.place)
    time.sleep(moment)
    children.stop(early)
    machine.restart()
    assert machine.client("dynamodb").describe_table(TableName="tiny")["Table"]["TableStatus"] == "ACTIVE"


def test_functions_see_nothing_of_a_developers_environment(machine: Machine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("A_DEVELOPERS_OWN", "secret")
    machine.restart()
    assert "A_DEVELOPERS_OWN" not in machine.invoke("itself")["environment"]
