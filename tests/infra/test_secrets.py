"""Secrets are minted once, and never again."""

import base64
import json

from infra import secrets


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
