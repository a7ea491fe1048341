"""The parties outside, in memory: what was posted, queued, mailed and published can be looked at."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from chalicelib.domain.payees import Details
from chalicelib.domain.push_subscriptions import PushSubscription
from chalicelib.gateways.calendar_files import CalendarFiles
from chalicelib.gateways.letters import Letter
from chalicelib.gateways.mail import compose
from chalicelib.gateways.pictures import MOST_BYTES, Pictures
from chalicelib.gateways.razorpay import RazorpayX
from chalicelib.gateways.secrets import Secrets
from chalicelib.gateways.web_push import Push
from chalicelib.wiring import Outside
from tests.fakes.lesson_files import FakeLessonFiles
from tests.fakes.razorpay import FakeGateway


class FakeSockets:
    """`posts` holds (connection, message) as a page would read them; who is in `gone` or `failing` is not reached."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, Any]]] = []
        self.gone: set[str] = set()
        self.failing: set[str] = set()
        self.closed: list[str] = []

    def post(self, connection: str, message: dict[str, Any]) -> str:
        if connection in self.gone:
            return "gone"
        if connection in self.failing:
            return "failed"
        self.posts.append((connection, json.loads(msgspec.json.encode(message))))
        return "delivered"

    def close(self, connection: str) -> str:
        self.closed.append(connection)
        return "delivered"

    def to(self, connection: str) -> list[dict[str, Any]]:
        """What one page has been told, in order."""
        return [message for reached, message in self.posts if reached == connection]


class FakeQueue:
    """`errands` in the order they were put; with `broken`, none is taken."""

    def __init__(self) -> None:
        self.errands: list[Any] = []
        self.broken = False

    def put(self, errands: list[Any]) -> None:
        if self.broken:
            raise ConnectionError("the queue is not there")
        self.errands += errands


class FakeMail:
    """`sent` holds (to, template, letter); with `broken`, nothing goes out."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, Letter]] = []
        self._files = CalendarFiles("PeerLearn <hello@peerlearn.test>")
        self.broken = False

    def send(self, to: str, template: Any, facts: Any) -> None:
        letter = compose(self._files, to, template, facts)
        if self.broken:
            raise ConnectionError("the mail is not there")
        self.sent.append((to, template, letter))


class FakePictures(Pictures):
    """`uploads` and `media` are the two buckets, by key."""

    def __init__(self) -> None:
        self.uploads: dict[str, bytes] = {}
        self.media: dict[str, bytes] = {}

    def take(self, key: str, most: int = MOST_BYTES) -> bytes | None:
        content = self.uploads.get(key)
        return content and content[: most + 1]

    def publish(self, key: str, jpeg: bytes) -> None:
        self.media[key] = jpeg

    def withdraw(self, keys: Any) -> None:
        for key in keys:
            self.media.pop(key, None)

    def discard(self, key: str) -> None:
        self.uploads.pop(key, None)


class FakeAlarms:
    """`rung` holds what a person would have been told of, with the ids of it."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, dict[str, str]]] = []

    def parked(self, channel: str, notification: str) -> None:
        self.rung.append(("parked", {"channel": channel, "notification": notification}))

    def money(self, what: str, **ids: str) -> None:
        self.rung.append((what, ids))


class FakeWebPush:
    """`shown` holds what each browser got, as (endpoint, payload, push); `answers` says otherwise for an endpoint."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, dict[str, str], Push]] = []
        self.answers: dict[str, str] = {}

    def post(self, subscription: PushSubscription, push: Push) -> str:
        answer = self.answers.get(subscription.endpoint, "delivered")
        if answer == "delivered":
            self.shown.append((subscription.endpoint, json.loads(push.payload), push))
        return answer


class FakePayeeRegistrar:
    """The function that takes bank details to the gateway, without the way there."""

    def __init__(self, razorpayx: RazorpayX):
        self._razorpayx = razorpayx

    def register(self, *, email: str, reference_id: str, details: Details) -> str:
        bank, upi = details.bank, details.upi or None
        return self._razorpayx.register(name=details.holder, email=email, reference_id=reference_id, bank=bank, upi=upi)


def outside(secrets: Callable[[], Secrets], clock: Callable[[], datetime]) -> Outside:
    """All of them, new; `razorpay.gateway` is where a test pays, and looks into the gateway's books."""
    gateway = FakeGateway(secrets, clock)
    return Outside(  # type: ignore[arg-type]
        sockets=FakeSockets(),
        queue=FakeQueue(),
        settlement_queue=FakeQueue(),
        payout_queue=FakeQueue(),
        push_queue=FakeQueue(),
        mail=FakeMail(),
        pictures=FakePictures(),
        razorpay=gateway.razorpay,
        razorpayx=gateway.razorpayx,
        payee_registrar=FakePayeeRegistrar(gateway.razorpayx),
        alarms=FakeAlarms(),
        web_push=FakeWebPush(),
        lesson_files=FakeLessonFiles(),
    )
