"""A payout's whole way on the stack: details to the gateway, the two queues, its webhooks, and coming back."""

import time

import pytest

from chalicelib.domain.identity import Identity
from tests.fakes.paid_mentors import earns

PASSWORD = "river tall lamp 42"
UPI = {"kind": "upi", "holder": "Meera Rao", "address": "meera@okaxis", "password": PASSWORD}


def eventually(look, patience=30):
    """What `look` gives, as soon as it gives something."""
    give_up = time.monotonic() + patience
    while time.monotonic() < give_up:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError("it did not come to pass")


@pytest.fixture
def meera(real, new_mentor):
    """A mentor who can be paid, and has ₹1,000."""
    made = new_mentor(password_hash=real.passwords.hash(PASSWORD))
    assert made.browser.put("/payee", UPI).status == 200
    assert made.browser.put("/payee/pan", {"pan": "ABCDE1234F", "password": PASSWORD}).status == 200
    earns(real, Identity(made.account.id, ("mentor",), 1, "dev_test", second_factor=False), 1_000_00)
    return made


def last(mentor):
    return mentor.browser.get("/payouts").data["items"][0]


def arrives(stack, mentor):
    """The gateway takes it on, and then pays it."""
    eventually(lambda: at_the_gateway(stack, last(mentor)["id"]))
    stack.razorpay("advance", kind="pout")
    return waits_for(mentor, "processed")


def waits_for(mentor, status):
    return eventually(lambda: last(mentor)["status"] == status and last(mentor))


def at_the_gateway(stack, payout_id):
    found = stack.razorpay_books()["payouts"].items()
    return [(name, each) for name, each in found if each["reference_id"] == payout_id]


def test_it_is_asked_for_arrives_and_is_told(stack, real, meera):
    assert meera.browser.get("/payee").data["masked"] == "me•••@okaxis"
    asked = meera.browser.post("/payouts").data
    there = arrives(stack, meera)
    assert (there["id"], there["paise"]) == (asked["id"], 1_000_00)
    [(_, theirs)] = at_the_gateway(stack, asked["id"])
    assert (theirs["amount"], theirs["status"]) == (1_000_00, "processed")
    assert "has been paid" in stack.mail(meera.account.email, "has been paid")["subject"]
    found = meera.browser.get("/earnings").data
    assert (found["available_paise"], found["in_flight_paise"]) == (0, 0)
    assert found["months"][-1]["paid_out_paise"] == 1_000_00


def test_one_reversed_later_is_available_again(stack, meera):
    asked = meera.browser.post("/payouts").data
    arrives(stack, meera)
    [(gateway_id, _)] = at_the_gateway(stack, asked["id"])
    stack.razorpay("finish_payout", payout_id=gateway_id, status="reversed")
    waits_for(meera, "reversed")
    assert meera.browser.get("/earnings").data["available_paise"] == 1_000_00


def test_a_lost_answer_is_asked_for_and_nobody_is_paid_twice(stack, real, meera):
    stack.razorpay("faults", kind="drop_after", op="create_payout")
    asked = meera.browser.post("/payouts").data
    arrives(stack, meera)
    assert len(at_the_gateway(stack, asked["id"])) == 1
