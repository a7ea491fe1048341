"""What a page could not fetch is not passed over: it is asked for again while the line is open."""

from playwright.sync_api import expect

from tests.e2e.test_notifications import happens, has, lena

__all__ = ["happens", "lena"]
SOON = 15_000


def test_what_could_not_be_fetched_when_it_came_is_there_without_a_reload(lena, happens):
    lena.goes("/notifications")
    lena.page.wait_for_timeout(2000)  # the line is open, and all was asked for
    lena.page.route("**/api/notifications?*", lambda route: route.abort())
    happens(lena)
    has(lena.page, 1)  # the bell asks for the number alone
    expect(lena.page.locator("main .note")).to_have_count(0)
    lena.sees("Catching up")
    lena.page.unroute("**/api/notifications?*")
    expect(lena.page.locator("main .note")).to_have_count(1, timeout=SOON)
    expect(lena.page.get_by_text("Catching up").filter(visible=True)).to_have_count(0)
    lena.faults[:] = [fault for fault in lena.faults if "ERR_FAILED" not in fault]
