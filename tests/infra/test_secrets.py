"""Secrets are minted once, and never again."""

import base64
import json

import pytest

from chalicelib.gateways import secrets as believed
from infra import secrets
from infra.deploy import check_money
from infra.stacks import Account, Stage


class Manager:
    """Secrets Manager with one secret."""

    class exceptions:  # noqa: N801 - botocore's own name
        """As botocore has them."""

        class ResourceNotFoundException(Exception):  # noqa: N818 - botocore's own name
            """Nothing there yet."""

    def __init__(self) -> None:
        self.held: str | None = None
        self.writes = 0

    def get_secret_value(self, SecretId: str) -> dict[str, str]:  # noqa: N803 - botocore's own name
        if self.held is None:
            raise self.exceptions.ResourceNotFoundException
        return {"SecretString": self.held}

    def put_secret_value(self, SecretId: str, SecretString: str) -> None:  # noqa: N803 - botocore's own name
        self.held, self.writes = SecretString, self.writes + 1


def asked(manager):
    """As the product's own line to the manager answers."""
    return lambda service, target, request: (200, manager.get_secret_value(**request))


def test_a_stage_gets_secrets_once():
    manager = Manager()
    first = secrets.ensure(manager, "x")
    assert secrets.ensure(manager, "x") == first == json.loads(manager.held or "")
    assert manager.writes == 1
    assert len(base64.b64decode(first["totp"])) == 32
    assert first["jwt"]["current"] in first["jwt"]["keys"]


def test_a_secret_added_later_leaves_the_others_alone():
    manager = Manager()
    first = secrets.ensure(manager, "x")
    manager.held = json.dumps({name: value for name, value in first.items() if name != "turn"})
    later = secrets.ensure(manager, "x")
    assert later["turn"] != first["turn"]
    assert {**later, "turn": ""} == {**first, "turn": ""}


def test_a_relay_is_handed_its_own_secret_and_follows_when_it_changes():
    manager = Manager()
    for value in ("first", "first", "second"):
        secrets.hand_out(manager, "x/turn", value)
        assert manager.held == value
    assert manager.writes == 2


def test_no_two_stages_share_one():
    assert not set(map(str, secrets.mint().values())) & set(map(str, secrets.mint().values()))


def test_what_is_minted_is_what_the_code_reads():
    manager = Manager()
    secrets.ensure(manager, "x")
    held = believed.read(asked(manager), "x")
    assert len(base64.b64decode(held.pan)) == 32
    assert held.razorpay.key_id.startswith("rzp_test_") and held.razorpay.webhook_secrets


def test_a_stage_from_before_there_was_money_gets_keys_to_be_filled_in_and_keeps_those_that_were():
    manager = Manager()
    before = {name: value for name, value in secrets.mint().items() if name not in ("razorpay", "pan")}
    manager.held = json.dumps(before)
    whole = secrets.ensure(manager, "x")
    assert secrets.made_up(whole) == ["key_id", "x_key_id"]
    own = {"key_id": "rzp_live_1", "key_secret": "s", "x_key_id": "rzp_live_2", "x_key_secret": "s"}
    manager.held = json.dumps(whole | {"razorpay": own | {"webhook_secrets": ["new", "old"]}})
    after = secrets.ensure(manager, "x")
    assert (after["razorpay"]["key_id"], after["pan"]) == ("rzp_live_1", whole["pan"])
    assert secrets.made_up(after) == []
    assert believed.read(asked(manager), "x").razorpay.webhook_secrets == ("new", "old")


class Cloud:
    """CloudFormation with one data stack, or none."""

    def __init__(self, manager: Manager | None):
        self.manager = manager

    def client(self, service: str) -> object:
        return self.manager if service == "secretsmanager" else self

    def describe_stacks(self, StackName: str) -> dict[str, list[object]]:  # noqa: N803 - botocore's own name
        outputs = [{"OutputKey": "SecretsArn", "OutputValue": "x"}] if self.manager else []
        return {"Stacks": [{"Outputs": outputs}]}


def going_live(manager: Manager | None, **settings: str) -> None:
    cloud: Account = Cloud(manager)  # type: ignore[assignment]
    check_money(Stage("prod", cloud, settings))


FILLED_IN = {"RazorpayxAccount": "1", "CompanyAddress": "a", "CompanyGstin": "g", "FixedEgress": "on"}


def test_a_stage_does_not_take_money_with_keys_that_were_made_up():
    manager = Manager()
    going_live(manager, Payments="off")
    with pytest.raises(SystemExit, match="CompanyAddress, CompanyGstin, FixedEgress, razorpay.key_id, razorpay.x_key"):
        going_live(manager, Payments="on", RazorpayxAccount="1")
    with pytest.raises(SystemExit, match="once with Payments off"):
        going_live(None, Payments="on", **FILLED_IN)
    held = secrets.ensure(manager, "x")
    own = held["razorpay"] | {"key_id": "rzp_live_1", "x_key_id": "rzp_live_2"}
    manager.held = json.dumps(held | {"razorpay": own})
    going_live(manager, Payments="on", **FILLED_IN)
