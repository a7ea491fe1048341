"""Earnings, payees and payouts over HTTP."""

import base64

import pytest

from chalicelib.domain.identity import Identity
from chalicelib.services import payouts
from tests.fakes import people
from tests.fakes.paid_mentors import earns, goes_on
from tests.http.browser import PASSWORD

BANK = {
    "kind": "bank",
    "holder": "Meera Rao",
    "account_number": "123456789012",
    "account_number_again": "123456789012",
    "ifsc": "HDFC0001234",
}
UPI = {"kind": "upi", "holder": "Meera Rao", "address": "meera@okaxis"}


def signed_in(deps, new_browser, name, ip, **changes):
    account = people.mentor(deps, name, password_hash=deps.passwords.hash(PASSWORD), **changes).account
    browser = new_browser(ip=ip)
    given = {"email": f"{name.lower()}@example.com", "password": PASSWORD}
    assert browser.post("/auth/sign-in", given).status == 200
    return browser, Identity(account.id, account.roles, account.auth_epoch, "dev_1", second_factor=False)


@pytest.fixture
def meera(deps, new_browser):
    return signed_in(deps, new_browser, "Meera", "198.51.100.9")


@pytest.fixture
def paid(deps, meera):
    """She can be paid, and ₹1,000 of hers are available."""
    browser, who = meera
    assert browser.put("/payee", BANK | {"password": PASSWORD}).status == 200
    assert browser.put("/payee/pan", {"pan": "ABCDE1234F", "password": PASSWORD}).status == 200
    earns(deps, who, 1_000_00)
    return browser


@pytest.fixture
def admin(deps, new_browser, monkeypatch):
    """An admin whose device has shown the second factor."""
    browser, _ = signed_in(deps, new_browser, "Asha", "198.51.100.20")
    account = deps.accounts.owner_of("asha@example.com")
    asha = Identity(account.id, ("admin",), account.auth_epoch, "dev_a", second_factor=True)
    browser.cookies["__Host-access"] = deps.tokens.access(asha)
    return browser


class TestPayees:
    def test_a_bank_account_comes_back_masked(self, meera):
        browser, _ = meera
        assert browser.get("/payee").status == 404
        reply = browser.put("/payee", BANK | {"password": PASSWORD})
        assert reply.data == {
            "kind": "bank",
            "masked": "HDFC ••••9012",
            "holder": "Meera Rao",
            "blocked_until": None,
            "pan": False,
            "pan_masked": None,
            "registered_at": "2026-03-02T12:00:00Z",
        }
        assert browser.get("/payee").data == reply.data

    def test_a_change_says_until_when_payouts_stop(self, paid):
        reply = paid.put("/payee", UPI | {"password": PASSWORD})
        assert (reply.data["masked"], reply.data["blocked_until"]) == ("me•••@okaxis", "2026-03-04T12:00:00Z")
        assert paid.get("/earnings").data["can_ask"]["why"] == "payouts_blocked"

    def test_what_is_wrong_is_named_by_field(self, meera):
        browser, _ = meera
        reply = browser.put("/payee", {"kind": "bank", "holder": "", "password": PASSWORD})
        assert (reply.status, set(reply.fields)) == (422, {"holder", "account_number", "ifsc"})
        assert set(browser.put("/payee", UPI | {"address": "meera", "password": PASSWORD}).fields) == {"address"}
        assert set(browser.put("/payee", UPI | {"password": "not this one"}).fields) == {"password"}
        assert browser.put("/payee", UPI | {"kind": "cash", "password": PASSWORD}).status == 422
        assert browser.put("/payee", UPI).status == 422

    def test_a_tax_number_shows_its_end(self, paid):
        payee = paid.get("/payee").data
        assert (payee["pan"], payee["pan_masked"]) == (True, "••••••234F")

    def test_they_are_a_mentors_own(self, lena, new_browser):
        assert [lena.get(path).status for path in ("/payee", "/payouts", "/earnings")] == [403] * 3
        assert new_browser().get("/payee").status == 401


class TestEarnings:
    def test_at_a_glance(self, paid):
        found = paid.get("/earnings").data
        assert (found["pending_paise"], found["available_paise"], found["in_flight_paise"]) == (0, 1_000_00, 0)
        assert found["can_ask"] == {"ok": True, "why": None, "words": None}
        assert (found["minimum_paise"], found["weekly_minimum_paise"]) == (100_00, 500_00)
        assert found["next_payout_on"] == "2026-03-09"
        assert found["payee"]["masked"] == "HDFC ••••9012"
        assert found["months"][-1] == {
            "month": "2026-03",
            "earned_paise": 1_000_00,
            "refunded_paise": 0,
            "paid_out_paise": 0,
        }

    def test_movements(self, paid):
        [entry] = paid.get("/earnings/entries").data["items"]
        assert entry == {
            "at": "2026-03-02T12:00:00Z",
            "what": "available",
            "title": None,
            "booking_id": None,
            "payout_id": None,
            "pending_paise": 0,
            "available_paise": 1_000_00,
            "in_flight_paise": 0,
        }

    @pytest.mark.parametrize(
        ("form", "begins", "kind"), [("pdf", b"%PDF", "application/pdf"), ("csv", b"\xef", "text/csv")]
    )
    def test_a_statement(self, paid, form, begins, kind):
        paper = paid.get(f"/earnings/statement?month=2026-03&form={form}").data
        assert (paper["file"], paper["type"]) == (f"peerlearn-statement-2026-03.{form}", kind)
        assert base64.b64decode(paper["base64"]).startswith(begins)

    @pytest.mark.parametrize("query", ["", "?month=2026-3", "?month=2026-04", "?month=2026-03&form=doc", "?month=x"])
    def test_no_other_statement(self, paid, query):
        assert paid.get(f"/earnings/statement{query}").status == 422


class TestPayouts:
    def test_one_is_asked_for_listed_and_arrives(self, deps, paid, clock):
        asked = paid.post("/payouts", idempotency_key="key-payout-1")
        assert (asked.status, asked.data["paise"], asked.data["status"]) == (201, 1_000_00, "asked")
        assert paid.post("/payouts", idempotency_key="key-payout-1").data == asked.data
        assert paid.post("/payouts", idempotency_key="key-payout-2").code == "payout_under_way"
        goes_on(deps, clock, days=0.003)  # a token lasts a quarter of an hour
        [there] = paid.get("/payouts").data["items"]
        assert (there["id"], there["status"], there["masked"]) == (asked.data["id"], "processed", "HDFC ••••9012")
        assert there["paid_at"] and there["words"] is None

    def test_it_needs_a_key_and_enough(self, deps, meera):
        browser, _ = meera
        assert browser.post("/payouts").code == "no_key"
        refused = browser.post("/payouts", idempotency_key="key-payout-1")
        assert (refused.status, refused.code) == (409, "no_payee")


class TestAdmins:
    def test_they_list_hold_release_and_retry(self, deps, paid, admin, clock):
        asked = paid.post("/payouts", idempotency_key="key-payout-1").data["id"]
        assert [each["id"] for each in admin.get("/admin/payouts?status=asked").data["items"]] == [asked]
        held = admin.post(f"/admin/payouts/{asked}/hold")
        assert (held.status, held.data["status"]) == (200, "held")
        assert [each["id"] for each in admin.get("/admin/payouts").data["items"]] == [asked]
        assert admin.post(f"/admin/payouts/{asked}/hold").code == "cannot_hold"
        assert admin.post(f"/admin/payouts/{asked}/release").data["status"] == "asked"
        payouts.begin(deps, asked)
        assert admin.post(f"/admin/payouts/{asked}/retry").status == 200
        goes_on(deps, clock, days=0.003)  # a token lasts a quarter of an hour
        [over] = admin.get("/admin/payouts?status=processed").data["items"]
        assert (over["id"], over["gateway_id"][:5]) == (asked, "pout_")
        assert admin.get("/admin/payouts?status=processed&month=2026-02").data["items"] == []
        assert admin.post(f"/admin/payouts/{asked}/retry").code == "not_failed"

    def test_what_is_not_there_is_not_found(self, admin):
        for act in ("hold", "release", "retry"):
            assert admin.post(f"/admin/payouts/po_nobody/{act}").status == 404
        assert admin.post("/admin/mentors/usr_nobody/write-off").code == "no_debt"

    def test_nobody_else_may(self, meera):
        browser, _ = meera
        assert browser.get("/admin/payouts").status == 403
        assert browser.post("/admin/payouts/po_1/hold").status == 403
