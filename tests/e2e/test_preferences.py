"""What one wants to be told, changed in two tabs at once."""

from playwright.sync_api import expect

from tests.e2e.test_notifications import another_tab, lena

__all__ = ["lena"]
MONEY, SESSIONS = "Mails about: Payments and payouts", "Mails about: Sessions and bookings"


def saves(page):
    page.get_by_role("button", name="Save", exact=True).click()


def test_two_tabs_overwrite_nothing_of_each_other(lena):
    path = "/settings/notifications"
    lena.goes(path)
    other = another_tab(lena, path)
    other.get_by_label(SESSIONS).select_option("off")
    other.get_by_label("Keep quiet hours").check()
    saves(other)
    expect(other.get_by_text("Saved. It is like this from now on.")).to_be_visible()
    lena.picks(MONEY, "No mails")
    saves(lena.page)
    lena.sees("These were changed elsewhere in the meantime.")
    expect(lena.page.get_by_label(SESSIONS)).to_have_value("off")
    expect(lena.page.get_by_label(MONEY)).to_have_value("off")
    expect(lena.page.get_by_label("Keep quiet hours")).to_be_checked()
    lena.finds_it_accessible()
    saves(lena.page)
    lena.sees("Saved. It is like this from now on.")
    other.reload()
    for about in (SESSIONS, MONEY):
        expect(other.get_by_label(about)).to_have_value("off")
    expect(other.get_by_label("Keep quiet hours")).to_be_checked()
    lena.faults[:] = [fault for fault in lena.faults if "409" not in fault]  # the browser notes what the page is about
