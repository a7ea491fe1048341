"""The test checkout in a real browser, under the front door and a policy as strict as the checkout page's."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, web
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from infra.local.place import HOST, free_port
from infra.local.proxy.razorpay import Razorpay
from tests.local.simulator import KEYS, simulator
from tests.local.test_razorpay import OURS, order
from tests.room.people import CHROMIUM, FLAGS

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'"
PAGE = """<!doctype html><html lang="en"><title>A page</title><script src="/dev/razorpay/checkout.js"></script>
<main><h1>A page that takes payments</h1></main></html>"""
OPEN = """([key, order, more]) => {
  window.told = []
  window.checkout = new Razorpay({
    key, order_id: order, name: 'PeerLearn', description: 'Python with Asha', prefill: { email: 'ravi@x.test' },
    handler: (proof) => told.push(['paid', proof]),
    modal: { confirm_close: true, ondismiss: () => told.push(['dismissed']) },
    ...more,
  })
  checkout.on('payment.failed', ({ error }) => told.push(['failed', error.metadata.payment_id]))
  checkout.open()
}"""


@contextmanager
def front(address: str) -> Iterator[str]:
    """The front door with nothing behind it but the stand-in and one page."""
    port, started, loop = free_port(), threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def page(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html", headers={"Content-Security-Policy": POLICY})

    async def serve() -> None:
        async with ClientSession() as session:
            passing, there = Razorpay(session), SimpleNamespace(razorpay=address)

            async def passed(request: web.Request) -> web.Response:
                return await passing.answer(there, request)  # type: ignore[arg-type]

            app = web.Application()
            app.router.add_get("/", page)
            for path in ("/dev/razorpay", "/dev/razorpay/{path:.+}"):
                app.router.add_route("*", path, passed)
            runner = web.AppRunner(app)
            await runner.setup()
            await web.TCPSite(runner, HOST, port).start()
            started.set()
            await stop.wait()
            await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    assert started.wait(10)
    yield f"http://{HOST}:{port}"
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    loop.close()


@pytest.fixture(scope="module")
def up():
    """One stand-in for all of them."""
    with simulator() as running:
        yield running


@pytest.fixture(scope="module")
def site(up):
    """Its front door."""
    with front(up.url) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    """A browser without traffic of its own."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(chromium, site):
    """The page that takes payments; nothing may go wrong on it."""
    faults = []
    opened = chromium.new_page(viewport={"width": 390, "height": 844})
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    opened.goto(site)
    yield opened
    opened.close()
    assert faults == []


def opened(page, order_id, **more):
    """The checkout's frame, once it shows what there is to pay."""
    page.evaluate(OPEN, [KEYS.key_id, order_id, more])
    frame = page.frame_locator('iframe[title="Test checkout"]')
    expect(frame.get_by_role("button", name="Pay ₹500.00")).to_be_focused()
    return frame


def told(page, many=1):
    """What the page has heard, as soon as it is so much."""
    for _ in range(100):
        if len(heard := page.evaluate("told")) >= many:
            return heard
        page.wait_for_timeout(30)
    raise AssertionError(heard)


def test_it_says_that_it_is_a_test_and_a_payment_is_handed_over_with_its_proof(up, page):
    made = order(up)["id"]
    frame = opened(page, made)
    expect(frame.get_by_text("TEST CHECKOUT")).to_be_visible()
    expect(frame.get_by_text("No money moves")).to_be_visible()
    frame.get_by_role("button", name="Pay ₹500.00").click()
    ((what, proof),) = told(page)
    assert what == "paid"
    assert proof == KEYS.callback({"order_id": made, "id": proof["razorpay_payment_id"]})
    assert page.locator("iframe").count() == 0


def test_one_that_failed_is_told_and_can_be_tried_again_on_the_same_order(up, page):
    frame = opened(page, order(up)["id"])
    frame.get_by_role("button", name="Fail").click()
    expect(frame.get_by_role("alert").first).to_contain_text("Payment failed. You can try again.")
    assert told(page)[0][0] == "failed"
    frame.get_by_role("button", name="Pay ₹500.00").click()
    assert [what for what, *_ in told(page, 2)] == ["failed", "paid"]


def test_leaving_asks_first_and_costs_nothing(up, page):
    made = order(up)["id"]
    frame = opened(page, made)
    page.keyboard.press("Escape")
    expect(frame.get_by_role("heading", name="Leave without paying?")).to_be_visible()
    frame.get_by_role("button", name="Go on paying").click()
    frame.get_by_role("button", name="Close").click()
    frame.get_by_role("button", name="Leave").click()
    assert told(page) == [["dismissed"]]
    assert up.ask("GET", f"/v1/orders/{made}", headers=OURS)["status"] == "created"


def test_late_money_comes_when_the_checkout_is_gone(up, page):
    made = order(up)["id"]
    frame = opened(page, made)
    frame.get_by_label("The money comes after").select_option("960")
    frame.get_by_role("button", name="Pay late").click()
    assert told(page) == [["dismissed"]]
    assert up.ask("GET", f"/v1/orders/{made}", headers=OURS)["status"] == "attempted"
    up.act("advance", kind="pay_")
    assert up.ask("GET", f"/v1/orders/{made}", headers=OURS)["status"] == "paid"


def test_it_closes_when_its_time_is_up_or_the_page_says_so(up, page):
    opened(page, order(up)["id"], timeout=1)
    assert told(page) == [["dismissed"]]
    opened(page, order(up)["id"])
    page.evaluate("checkout.close()")
    assert page.locator("iframe").count() == 0
    assert page.evaluate("told") == []


def test_without_a_second_try_a_failure_closes_it(up, page):
    frame = opened(page, order(up)["id"], retry={"enabled": False})
    frame.get_by_role("button", name="Fail").click()
    assert [what for what, *_ in told(page, 2)] == ["failed", "dismissed"]


def test_an_order_that_is_paid_is_not_paid_again(up, page):
    made = order(up)["id"]
    up.act("pay", order_id=made)
    page.evaluate(OPEN, [KEYS.key_id, made, {}])
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("alert")).to_contain_text("paid already")
    frame.get_by_role("button", name="Close").click()
    assert told(page) == [["dismissed"]]


def test_everybody_can_use_it(up, page):
    opened(page, order(up)["id"], timeout=600)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_developer_looks_into_the_books_and_moves_things_on(up, page, site):
    made = order(up, receipt="bkg_seen")["id"]
    up.act("pay", order_id=made, outcome="failed")
    page.goto(f"{site}/dev/razorpay")
    page.get_by_role("button", name="Pay late after all").first.click()
    expect(page.get_by_role("status")).to_have_text("Done.")
    assert up.ask("GET", f"/v1/orders/{made}", headers=OURS)["status"] == "paid"
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
