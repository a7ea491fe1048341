"""A whole PeerLearn in memory: the real wiring around fake tables and a clock that stands still until it is moved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.config import Config
from chalicelib.gateways.passwords import Passwords
from chalicelib.gateways.secrets import RazorpayKeys, Secrets, SigningKeys, VapidKeys
from tests.fakes.clients import FakeS3
from tests.fakes.outside import outside
from tests.fakes.tables import FakeTables

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
VAPID_PUBLIC = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
VAPID_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SECRETS = Secrets(
    jwt=SigningKeys("k1", {"k1": "one-signing-key-of-thirty-two-bytes!"}),
    refresh="refresh-secret",
    peer_tokens="peer-secret",
    totp="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    turn="turn-secret",
    origin="origin-secret",
    pan="cGFuLWtleS1vZi10aGlydHktdHdvLWJ5dGVzLWxvbmc=",
    razorpay=RazorpayKeys("rzp_test_key", "key-secret", "rzp_test_x_key", "x-key-secret", ("webhook-secret",)),
    vapid=VapidKeys(VAPID_PUBLIC, {VAPID_PUBLIC: VAPID_PRIVATE}),
)
CONFIG = Config(
    stage="test",
    region="ap-south-1",
    core_table="core",
    ledger_table="ledger",
    live_table="live",
    uploads_bucket="uploads",
    media_bucket="media",
    lessons_bucket="lessons",
    mail_queue_url="http://queue/mail",
    settlement_queue_url="http://queue/settlement",
    payout_queue_url="http://queue/payouts",
    push_queue_url="http://queue/push",
    secrets_id="peerlearn/test",
    site_origin="http://localhost:8000",
    sockets_endpoint="http://sockets",
    uploads_endpoint="/uploads",
    lessons_endpoint="/lessons",
    turn_urls=("turn:127.0.0.1:3478",),
    mail_from="hello@peerlearn.test",
    aws_endpoint=None,
    razorpay_url="http://razorpay",
    razorpay_script="/dev/razorpay/checkout.js",
    razorpayx_account="7878780080316316",
    register_payee="register_payee",
)


class Clock:
    """The time is what the test says."""

    def __init__(self, now: datetime = NOON):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


def world(clock: Clock | None = None, **settings: Any) -> wiring.Deps:
    """Deps on fakes; `deps.tables` is the FakeTables; `settings` differ from CONFIG's (payments=True)."""
    clients, clock = {"s3": FakeS3()}, clock or Clock()
    made = wiring.assemble(
        config=replace(CONFIG, **settings),
        tables=FakeTables(),  # type: ignore[arg-type]
        read_secrets=lambda: SECRETS,
        clock=clock,
        open_client=clients.__getitem__,
        outside=outside(lambda: SECRETS, clock),
    )
    return replace(made, passwords=Passwords(kibibytes=64, rounds=1))  # a test hashes often and guards nothing
