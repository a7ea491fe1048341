"""Mails about money: how much, where it goes, and what is to be done."""

import re

import pytest

from chalicelib.domain.outgoing import MONEY_FACTS
from chalicelib.gateways import letters
from tests.gateways.facts import FACTS

ALWAYS = ("name", "zone", "site", "link")


@pytest.mark.parametrize(
    ("template", "facts", "shown"),
    [
        ("payment_received", {}, "₹1,25,000.50"),
        ("payment_received", {}, "Coupon WELCOME20"),
        ("payment_returned", {}, "no longer kept for you"),
        ("payment_returned", {"why": "paid_twice"}, "Your booking stands"),
        ("payment_returned", {"why": "wrong_amount"}, "not the amount that this session costs"),
        ("refund_on_its_way", {}, "₹1,25,000.50"),
        ("refund_done", {}, "₹1,25,000.50"),
        ("hold_lapsed_unpaid", {"by": "time"}, "was not paid in time"),
        ("hold_lapsed_unpaid", {"by": "mentor"}, "Meera has taken back what you had agreed on"),
        ("payout_on_its_way", {}, "of your earnings is on its way to HDFC •••• 4321"),
        ("payout_arrived", {}, "of your earnings has been paid to HDFC •••• 4321"),
        ("payout_failed", {}, "The money is in your balance again"),
        ("payout_details_changed", {}, "until Monday, 2 March 2026, 5:45 pm IST (Asia/Kolkata)"),
        ("dispute_opened", {}, "Wednesday, 4 March 2026, 6:00 pm IST (Asia/Kolkata)"),
        ("dispute_answered", {}, "decides within five days"),
        ("dispute_decided_learner", {}, "₹1,25,000.50 comes back to you"),
        ("dispute_decided_learner", {"percent": "0", "paise": "0"}, "There is no refund."),
        ("dispute_decided_learner", {"percent": "100", "paise": "0"}, "A coupon had paid for it"),
        ("dispute_decided_mentor", {}, "50 % of what was left of the price goes back to Meera."),
        ("dispute_decided_mentor", {"percent": "0"}, "Nothing goes back to Meera."),
        ("dispute_decided_mentor", {"percent": "100"}, "so nothing is earned with it"),
        ("earning_frozen", {"why": "chargeback"}, "bank is looking into the payment"),
        ("earning_frozen", {"why": "dispute"}, "has raised a problem with it"),
        ("earning_frozen", {"why": "left_early"}, "before half of the time was shared"),
    ],
)
def test_a_mail_about_money_says_what_becomes_of_it(template, facts, shown):
    letter = letters.write(template, FACTS | facts)
    assert shown in letter.text.replace("\n", " ")
    assert shown in re.sub("</?strong>", "", letter.html)


@pytest.mark.parametrize("template", MONEY_FACTS)
def test_a_mail_about_money_needs_what_is_written_of_it_and_no_more(template):
    needed = {name: FACTS[name] for name in (*ALWAYS, *MONEY_FACTS[template])}
    letter = letters.write(template, needed)
    assert "\n\n\n" not in letter.text and letter.text == letters.write(template, needed | {"unheard_of": "x"}).text
    for fact in set(MONEY_FACTS[template]) - {"booking_id", "starts_at"}:
        with pytest.raises(Exception, match=f"{fact}|fromisoformat"):
            letters.write(template, {name: value for name, value in needed.items() if name != fact})


def test_what_was_taken_off_by_a_coupon_is_shown_where_there_was_one():
    assert "Coupon WELCOME20: −₹24,999.50" in letters.write("payment_received", FACTS).text
    assert "Coupon" not in letters.write("payment_received", FACTS | {"coupon": ""}).text


@pytest.mark.parametrize("template", ["payment_returned", "refund_done", "earning_frozen"])
def test_a_mail_that_does_not_know_the_sessions_time_names_the_session(template):
    named = {name: value for name, value in FACTS.items() if name != "starts_at"}
    letter = letters.write(template, named)
    assert FACTS["title"] in letter.text and FACTS["title"] in letter.html
