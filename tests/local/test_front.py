"""The front door: what CloudFront, its functions and API Gateway's quotas do in production, done here."""

import asyncio
import time
from email.message import EmailMessage

import pytest
import requests
import websockets

from infra import secrets
from infra.local.place import Place
from infra.site import FOREVER, FRESH
from tests.local.conftest import Machine


def get(front: Place, path: str, **options) -> requests.Response:
    """As a browser would, without following."""
    return requests.get(f"{front.origin}{path}", allow_redirects=False, timeout=30, **options)


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/", 200, "home"),
        ("/m/asha-rao", 200, "mentor"),
        ("/assets/a.0f.js", 200, "1"),
        ("/nowhere", 404, "missing"),
        ("/assets/nothing.js", 404, "missing"),
        ("/x.png", 404, "missing"),
        ("/m/a.b", 404, "missing"),
        ("/index.html", 404, "missing"),
        ("/404", 404, "missing"),
        ("/%2e%2e/%2e%2e/etc/passwd", 404, "missing"),
    ],
)
def test_an_address_leads_to_its_file(front: Place, path: str, status: int, text: str):
    answer = get(front, path)
    assert (answer.status_code, answer.text) == (status, text)


def test_a_trailing_slash_is_taken_away(front: Place):
    answer = get(front, "/mentors/?domain=music")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/mentors?domain=music")


def test_pages_are_asked_for_again_and_hashed_files_never(front: Place):
    page, file = get(front, "/"), get(front, "/assets/a.0f.js")
    assert (page.headers["Cache-Control"], file.headers["Cache-Control"]) == (FRESH, FOREVER)
    assert get(front, "/", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_pages_come_with_productions_headers_save_the_one_for_https(front: Place):
    headers = get(front, "/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert f"connect-src 'self' ws://localhost:{front.port}" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_the_checkout_comes_with_headers_of_its_own(front: Place):
    page = get(front, "/checkout/bkg_01")
    assert page.text == "pay"
    assert "script-src 'self' https://checkout.razorpay.com" in page.headers["Content-Security-Policy"]
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert "razorpay" not in get(front, "/m/asha-rao").headers["Content-Security-Policy"]


def test_the_api_sees_only_what_cloudfront_lets_through(front: Place, machine: Machine):
    sent = {
        "CloudFront-Viewer-Address": "6.6.6.6:6",
        "X-PeerLearn-Origin": "guessed",
        "X-PeerLearn": "1",
        "X-Other": "dropped",
        "Cookie": "__Host-access=a.b; other=dropped; __Host-refresh=c",
    }
    seen = get(front, "/api/seen", headers=sent).json()["headers"]
    known = secrets.ensure(machine.client("secretsmanager"), machine.known["SecretsArn"])
    assert seen["x-peerlearn-origin"] == known["origin"]
    assert seen["cloudfront-viewer-address"].startswith("127.0.0.1:")
    assert seen["cookie"] == "__Host-access=a.b; __Host-refresh=c"
    assert seen["x-peerlearn"] == "1"
    assert not {"x-other", "content-type", "accept"} & seen.keys()


def test_more_than_ten_megabytes_are_refused_in_our_words(front: Place):
    fits = requests.post(f"{front.origin}/api/seen", data="x" * 9_000_000, headers={"Content-Type": "text/plain"})
    assert fits.json()["length"] == 9_000_000
    refused = requests.post(f"{front.origin}/api/seen", data=b"x" * 10_500_000)
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, "too_large")


def test_an_unknown_path_of_the_api_is_json(front: Place):
    missing = get(front, "/api/nowhere")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_found")
    assert missing.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_media_come_from_their_closed_bucket(front: Place, machine: Machine):
    picture = {"Bucket": "tiny-media", "Key": "media/a.webp", "ContentType": "image/webp", "CacheControl": FOREVER}
    machine.client("s3").put_object(Body=b"picture", **picture)
    answer = get(front, "/media/a.webp")
    assert (answer.content, answer.headers["Content-Type"]) == (b"picture", "image/webp")
    assert answer.headers["Cache-Control"] == FOREVER
    assert get(front, "/media/none.webp").status_code == 404
    assert requests.get(f"{machine.place.emulator}/tiny-media/media/a.webp").status_code == 403


def test_captured_mail_is_shown_and_cannot_do_anything(front: Place, machine: Machine):
    mail = machine.client("sesv2")
    mail.create_email_identity(EmailIdentity="peerlearn.example")
    words = {"Text": {"Data": "Open http://localhost/verify#a=1&b=2 <now>"}, "Html": {"Data": "<p>hello</p>"}}
    content = {"Simple": {"Subject": {"Data": "Welcome <b>"}, "Body": words}}
    sent = {"FromEmailAddress": "PeerLearn <hello@peerlearn.example>", "Content": content}
    mail.send_email(Destination={"ToAddresses": ["asha@example.com"]}, **sent)
    mail.send_email(Destination={"ToAddresses": ["ravi@example.com"]}, **sent)
    (held,) = get(front, "/dev/mail.json?to=ASHA@example.com").json()["items"]
    assert (held["to"], held["subject"], held["html"]) == (["asha@example.com"], "Welcome <b>", "<p>hello</p>")
    page = get(front, "/dev/mail")
    assert "Welcome &lt;b&gt;" in page.text
    assert '<a href="http://localhost/verify#a=1&amp;b=2">' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert get(front, f"/dev/mail/{held['id']}").text == "<p>hello</p>"
    assert get(front, f"/dev/mail/{held['id']}/invite.ics").status_code == 404


def test_what_came_with_a_captured_mail_for_calendars_can_be_looked_at(front: Place, machine: Machine):
    message = EmailMessage()
    message["Subject"], message["To"] = "Booked", "zoe@example.com"
    message.set_content("Booked.")
    message.add_alternative("BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar", params={"method": "REQUEST"})
    mail = machine.client("sesv2")
    mail.create_email_identity(EmailIdentity="raw.example")
    sent = {"FromEmailAddress": "hello@raw.example", "Content": {"Raw": {"Data": message.as_bytes()}}}
    mail.send_email(Destination={"ToAddresses": ["zoe@example.com"]}, **sent)
    (held,) = get(front, "/dev/mail.json?to=zoe@example.com").json()["items"]
    assert held["text"].strip() == "Booked."
    there = f"/dev/mail/{held['id']}/invite.ics"
    assert f'href="{there}"' in get(front, "/dev/mail").text
    assert get(front, there).text.split() == ["BEGIN:VCALENDAR", "END:VCALENDAR"]
    assert get(front, there).headers["Content-Type"].startswith("text/calendar")


def talk(front: Place, *, query: str = "", say: str | None = None, every: float = 0, count: int = 1) -> list[str]:
    """What came back on a socket, and how it was closed."""

    async def run() -> list[str]:
        heard: list[str] = []
        async with websockets.connect(f"{front.origin.replace('http', 'ws', 1)}/ws{query}", max_size=None) as socket:
            try:
                for _ in range(count if say else 0):
                    await socket.send(say)
                    heard.append(str(await socket.recv()))
                    await asyncio.sleep(every)
                await socket.recv()
            except websockets.ConnectionClosed as closed:
                heard.append(f"closed {closed.rcvd.code if closed.rcvd else None}")
        return heard

    return asyncio.run(run())


def test_a_frame_of_32_kilobytes_passes_and_a_larger_one_closes_the_socket(front: Place):
    whole = "x" * 32 * 1024
    assert talk(front, say=whole)[0] == whole
    assert talk(front, say=whole + "x") == ["closed 1009"]


def test_an_answer_over_128_kilobytes_does_not_arrive(front: Place):
    assert talk(front, say="huge")[0].startswith("closed")


def test_an_idle_socket_is_closed(front: Place):
    began = time.monotonic()
    assert talk(front) == ["closed 1001"]
    assert 1.4 < time.monotonic() - began < 10


def test_a_socket_does_not_outlive_its_longest_time(front: Place):
    heard = talk(front, say="on and on", every=0.5, count=40)
    assert heard[-1] == "closed 1001"
    assert len(heard) < 12


def test_who_is_refused_at_connect_is_refused_at_the_door(front: Place):
    with pytest.raises(websockets.InvalidStatus) as refused:
        talk(front, query="?ticket=bad&other=dropped")
    assert refused.value.response.status_code == 403
