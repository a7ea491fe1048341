"""An admin sees what could not be sent, and why, and sends it again, on the page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from chalicelib.domain.outgoing import MOST_ATTEMPTS, Outgoing
from tests.e2e.test_earnings import looks_right
from tests.stack.test_outgoing import eventually


@pytest.fixture
def asha(visit, new_admin):
    """An admin at a browser."""
    admin, person = new_admin(), visit("Asha")
    person.is_signed_in_as(admin.account, admin.browser)
    return person


def gives_up(real, who, template, fault):
    """A mail to somebody that failed eight times; its id."""
    told = Outgoing(real.new_id("out"), who.account.id, "", template, datetime.now(UTC), push="skipped")
    later = told.created_at + timedelta(days=1)  # the sweep leaves it alone meanwhile
    real.tables.commit([real.outbox.adding(replace(told, mail_due=later))])
    for _ in range(MOST_ATTEMPTS):
        found = real.outbox.find(who.account.id, told.id)
        real.tables.update(real.outbox.trying(found, "mail", later))
    if fault:
        real.tables.update(real.outbox.faulting(told, "mail", fault))
    return told.id


def test_what_could_not_be_sent_is_looked_at_and_sent_again(real, asha, new_learner):
    lena = new_learner()
    first = gives_up(real, lena, "password_changed", "MessageRejected")
    second = gives_up(real, lena, "mentor_returned", "")
    asha.goes("/admin")
    asha.presses("Not delivered")
    asha.is_at("/admin/parked")
    row = asha.page.locator(f"[data-parked='{first}']")
    expect(row).to_contain_text("Mail: the last try failed with MessageRejected.")
    expect(row).to_contain_text(lena.account.name)
    expect(asha.page.locator(f"[data-parked='{second}']")).to_contain_text("left no reason")
    looks_right(asha)
    row.get_by_role("button", name="Send again").click()
    asha.sees("On its way again")
    expect(row).to_have_count(0)
    expect(asha.page.get_by_role("heading", name="Not delivered")).to_be_focused()
    eventually(lambda: real.outbox.find(lena.account.id, first).mail == "sent")
    real.tables.update(real.outbox.resending(real.outbox.find(lena.account.id, second), datetime.now(UTC)))
    expect(asha.page.locator(f"[data-parked='{second}']")).to_have_count(0)  # another admin was quicker


def test_without_anything_it_says_so_and_is_nobody_elses(asha, visit, new_learner):
    learner, lena = new_learner(), visit("Lena")
    lena.is_signed_in_as(learner.account, learner.browser)
    lena.goes("/admin/parked")
    lena.sees("This page is for admins")
    asha.page.route("**/api/admin/parked?*", lambda route: route.fulfill(json={"items": [], "next": None}))
    asha.goes("/admin/parked")
    asha.sees("Everything has gone out")
    looks_right(asha)
