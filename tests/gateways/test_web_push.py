"""Web push: RFC 8291's own example, what a browser and its service make of ours, and where nothing is ever posted."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import urllib3
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.domain.push_subscriptions import Push, PushSubscription, is_service
from chalicelib.gateways.secrets import VapidKeys
from chalicelib.gateways.web_push import MOST_BYTES, WebPush, sealed
from infra.local.push.browser import CURVE, Browser, Unproven, Unreadable, raw, text
from infra.secrets import vapid
from tests.fakes.world import SECRETS

OURS = VapidKeys(**vapid())
SERVICE = "https://updates.push.services.mozilla.com"
PUSH = Push(b'{"id":"out_1"}', timedelta(hours=4), "high", "out_1")
# RFC 8291, appendix A
PLAIN, SALT, AUTH = b"When I grow up, I want to be a watermelon", "DGv6ra1nlYgDCS1FRnbzlw", "BTBZMqHH6r4Tts7J_aSIgg"
SENDER, READER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(words):
    return ec.derive_private_key(int.from_bytes(raw(words), "big"), CURVE)


class Service:
    """Answers as it is told, and remembers what it was sent."""

    def __init__(self, status=201):
        self.status, self.asked = status, []

    def __call__(self, method, url, **sent):
        if isinstance(self.status, Exception):
            raise self.status
        self.asked.append((method, url, sent))
        return SimpleNamespace(status=self.status, release_conn=lambda: None)


def gateway(service, keys=OURS, hosts=()):
    secrets = replace(SECRETS, vapid=keys)
    return WebPush(lambda: secrets, lambda: datetime.now(UTC), "mailto:hello@peerlearn.example", hosts, service)


def subscribed(browser, endpoint=f"{SERVICE}/wpush/v2/gAAAA"):
    return PushSubscription(
        "usr_1", endpoint, **browser.keys, made_with=browser.sender, device_id="d", created_at=datetime.now(UTC)
    )


def test_the_standards_own_example_comes_out_to_the_letter():
    found = sealed(PLAIN, raw(POINT), raw(AUTH), raw(SALT), private(SENDER))
    assert text(found) == SEALED
    assert Browser("-", private(READER), raw(AUTH)).read(found) == PLAIN


def test_a_browser_reads_what_was_sealed_for_it_and_no_other_does():
    browser, service = Browser(OURS.current), Service()
    assert gateway(service).post(subscribed(browser), PUSH) == "delivered"
    [(method, url, sent)] = service.asked
    assert (method, url) == ("POST", f"{SERVICE}/wpush/v2/gAAAA")
    assert browser.read(sent["body"]) == PUSH.payload
    with pytest.raises(Unreadable):
        Browser(OURS.current).read(sent["body"])
    assert sent["redirect"] is False


def test_the_same_message_twice_looks_different():
    browser, service = Browser(OURS.current), Service()
    for _ in range(2):
        gateway(service).post(subscribed(browser), PUSH)
    first, second = (sent["body"] for _, _, sent in service.asked)
    assert first[:16] != second[:16] and first[21:86] != second[21:86]


def test_the_service_knows_who_is_speaking_and_for_how_long_it_matters():
    browser, service = Browser(OURS.current), Service()
    gateway(service).post(subscribed(browser), PUSH)
    headers = service.asked[0][2]["headers"]
    claims = browser.check(headers["Authorization"], SERVICE)
    assert claims["sub"] == "mailto:hello@peerlearn.example"
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("14400", "high", "out_1")
    assert headers["Content-Encoding"] == "aes128gcm"
    with pytest.raises(Unproven):
        browser.check(headers["Authorization"], "https://fcm.googleapis.com")
    with pytest.raises(Unproven):
        Browser(vapid()["current"]).check(headers["Authorization"], SERVICE)


def test_a_browser_that_was_given_an_earlier_key_is_served_with_it():
    old, new = vapid(), vapid()
    both, service = VapidKeys(new["current"], old["keys"] | new["keys"]), Service()
    browser = Browser(old["current"])
    assert gateway(service, both).post(subscribed(browser), PUSH) == "delivered"
    assert browser.check(service.asked[0][2]["headers"]["Authorization"], SERVICE)
    assert gateway(service, VapidKeys(**new)).post(subscribed(browser), PUSH) == "refused"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (200, "delivered"),
        (201, "delivered"),
        (202, "delivered"),
        (404, "gone"),
        (410, "gone"),
        (429, "failed"),
        (500, "failed"),
        (503, "failed"),
        (307, "refused"),
        (400, "refused"),
        (401, "refused"),
        (403, "refused"),
        (413, "refused"),
        (urllib3.exceptions.NewConnectionError(None, "no line"), "failed"),
        (urllib3.exceptions.ReadTimeoutError(None, None, "late"), "failed"),
    ],
)
def test_what_a_service_says_comes_to_one_of_four(answer, outcome):
    assert gateway(Service(answer)).post(subscribed(Browser(OURS.current)), PUSH) == outcome


def test_a_key_that_lies_on_no_curve_is_a_browser_that_will_never_read():
    off = replace(subscribed(Browser(OURS.current)), p256dh=text(b"\x04" + b"\x01" * 64))
    service = Service()
    assert gateway(service).post(off, PUSH) == "gone"
    assert service.asked == []


def test_more_than_a_service_takes_is_not_tried():
    service = Service()
    assert gateway(service).post(subscribed(Browser(OURS.current)), replace(PUSH, payload=b"x" * (MOST_BYTES + 1)))
    assert service.asked == []
    words = json.dumps({"text": "ж" * 400}, ensure_ascii=False).encode()
    gateway(service).post(subscribed(Browser(OURS.current)), replace(PUSH, payload=words))
    assert len(service.asked[0][2]["body"]) <= 4096


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b-x_y",
        "https://fcm.googleapis.com:443/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2fx%3d%3d",
        "https://web.push.apple.com/QOsd",
        "http://127.0.0.1:8000/dev/push/1",
    ],
)
def test_push_services_are_posted_to(endpoint):
    assert is_service(endpoint, ("127.0.0.1:8000",))


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://fcm.googleapis.com.evil.example/fcm",
        "https://evil.example/?.push.apple.com",
        "https://evil.example#.push.apple.com",
        "https://evil.example\\.push.apple.com/x",
        "https://evil.example;.push.apple.com/x",
        "https://me@web.push.apple.com/x",
        "https://web.push.apple.com@evil.example/x",
        "https://notify.windows.com/x",
        "https://xnotify.windows.com/x",
        "https://web.push.apple.com./x",
        "https://web.push.apple.com",
        "https://WEB.push.apple.com/x y",
        "https://169.254.169.254/latest/meta-data",
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1:8000.evil.example/",
        "http://127.0.0.1:8001/dev/push/1",
        "file:///etc/passwd",
        "",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://fcm.googleapis.com/\u202e",
        "https://fcm.googleapis.com/a\nb",
    ],
)
def test_nothing_else_is(endpoint):
    assert not is_service(endpoint, ("127.0.0.1:8000",))
    service = Service()
    outcome = gateway(service, hosts=("127.0.0.1:8000",)).post(subscribed(Browser(OURS.current), endpoint), PUSH)
    assert (outcome, service.asked) == ("refused", [])
