"""Both sides of the money's two doors, for tests: a hold to be paid, events as the gateway signs them, and what must
stay as it is.
"""

import copy
import json
from dataclasses import replace

from chalicelib.domain.errands import MoneyErrand
from infra.local.razorpay import api
from infra.local.razorpay.books import ACCOUNT_ID
from tests.fakes import people, purse
from tests.fakes import world as worlds
from tests.fakes.times import offer, open_hours

CURRENT, PREVIOUS, OLD = "webhook-secret", "the-one-before", "long-gone"


class Held:
    """A hold, as the tests' other hands take it."""

    def __init__(self, deps, booking_id):
        self.booking = deps.bookings.find(booking_id)


def paying_world(clock, monkeypatch):
    """The gateway signs with `CURRENT`; we know which account there is ours."""
    razorpay = replace(worlds.SECRETS.razorpay, webhook_secrets=(CURRENT, PREVIOUS), account_id=ACCOUNT_ID)
    monkeypatch.setattr(worlds, "SECRETS", replace(worlds.SECRETS, razorpay=razorpay))
    return worlds.world(clock, payments=True)


def a_lesson(deps):
    """A mentor, and what she gives for ₹500."""
    meera = people.mentor(deps, "Meera")
    open_hours(deps, meera)
    return meera, offer(deps, meera, price_paise=500_00)


def held_by(browser, deps, lesson):
    """It is held for whoever is signed in there."""
    wanted = {"offering_id": lesson[1].id, "starts_at": "2026-03-03T12:00:00Z"}
    reply = browser.post("/mentors/meera/bookings", wanted, idempotency_key="key-00000001")
    assert reply.status == 201
    return Held(deps, reply.data["id"])


def signed(body, secret=CURRENT, event_id="evt1"):
    """The headers of an event signed like this."""
    return {"x-razorpay-signature": api.signed(secret, body), "x-razorpay-event-id": event_id}


def event(account_id=ACCOUNT_ID, **about):
    """What an event could look like."""
    payload = {kind: {"entity": entity} for kind, entity in about.items()}
    return json.dumps({"event": "payment.captured", "account_id": account_id, "payload": payload}).encode()


def untouched(deps, act):
    """What comes of an act that may change nothing and ask the gateway for nothing."""
    before, asked = copy.deepcopy(deps.tables.items), [*purse.gateway(deps).calls]
    reply = act()
    assert deps.tables.items == before
    assert (purse.gateway(deps).calls, deps.settlement_queue.errands) == (asked, [])
    return reply


def inbox(deps):
    """All that was taken down."""
    return [item for item in deps.tables.items.values() if item.get("kind") == "inbox"]


def heard(deps):
    """What was taken down is seen to."""
    deps.settlement_queue.put([MoneyErrand("inbox", item["id"]) for item in inbox(deps)])
    purse.work(deps)


def status(deps, held):
    """How its booking is now."""
    return deps.bookings.find(held.booking.id).status
