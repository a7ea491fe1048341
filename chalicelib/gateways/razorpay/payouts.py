"""RazorpayX: whom we pay, what we have sent them, and what there is to send from."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from chalicelib.domain.gateway import BankAccount, Credit, GatewayPayout, Mode
from chalicelib.gateways.razorpay.line import Body, Line, listed, moment, one_of, read
from chalicelib.gateways.secrets import Secrets

CURRENCY = "INR"
TOP_UP = "bank_transfer"
LONGEST_CONTACT, NOT_LAST = 50, " '_/()-"  # a contact's name is shorter than that of an account
STATES = ("pending", "queued", "scheduled", "processing", "processed", "reversed", "cancelled", "rejected", "failed")


class RazorpayX:
    """Payouts from our account there, whose number is `account`. The SDK knows none of these: they go by its client."""

    def __init__(self, secrets: Callable[[], Secrets], url: str, account: str):
        self._line = Line(lambda: (secrets().razorpay.x_key_id, secrets().razorpay.x_key_secret), url)
        self._account = account

    def register(self, *, name: str, email: str, reference_id: str, bank: BankAccount | None, upi: str | None) -> str:
        """The fund account of someone to be paid; the details are kept by RazorpayX alone."""
        sdk = self._line.sdk
        asked = {
            "name": name[:LONGEST_CONTACT].rstrip(NOT_LAST),
            "email": email,
            "type": "vendor",
            "reference_id": reference_id,
        }
        contact = read(_id, sdk.post("/v1/contacts", asked))
        return read(_id, sdk.fund_account.create({"contact_id": contact, **_details(bank, upi)}))

    def pay(self, *, payout_id: str, fund_account_id: str, paise: int, mode: Mode, narration: str) -> GatewayPayout:
        """Send money; our payout's id is the key, so asked again it is the same payout."""
        asked = {
            "account_number": self._account,
            "fund_account_id": fund_account_id,
            "amount": paise,
            "currency": CURRENCY,
            "mode": mode,
            "purpose": "payout",
            "queue_if_low_balance": True,
            "reference_id": payout_id,
            "narration": narration,
        }
        return read(_payout, self._line.sdk.post("/v1/payouts", asked, headers={"X-Payout-Idempotency": payout_id}))

    def payout(self, gateway_id: str) -> GatewayPayout:
        """A payout as it is now."""
        return read(_payout, self._line.sdk.get(f"/v1/payouts/{gateway_id}", {}))

    def find_payout(self, reference_id: str) -> GatewayPayout | None:
        """The payout that we called this, if it was made."""
        asked = {"account_number": self._account, "reference_id": reference_id}
        items = listed(self._line.sdk.get("/v1/payouts", asked))
        return next(
            (each for each in (read(_payout, item) for item in items) if each.reference_id == reference_id), None
        )

    def payouts_between(self, start: datetime, end: datetime) -> Iterator[GatewayPayout]:
        """Payouts made from `start` until before `end`, whatever became of them."""
        found = self._line.made_between("/v1/payouts", start, end, account_number=self._account)
        return (read(_payout, each) for each in found)

    def credits_between(self, start: datetime, end: datetime) -> Iterator[Credit]:
        """What we have put in; money that came back from a payout is none of it."""
        found = self._line.made_between("/v1/transactions", start, end, account_number=self._account)
        return (read(_credit, each) for each in found if (each.get("source") or {}).get("entity") == TOP_UP)

    def balance_paise(self) -> int:
        """What there is to send from."""
        items = listed(self._line.sdk.get("/v1/banking_balances", {}))
        ours = {"items": [each for each in items if each.get("account_number") == self._account]}
        return read(lambda body: int(body["items"][0]["available_amount"]), ours)


def _details(bank: BankAccount | None, upi: str | None) -> dict[str, Any]:
    if bank:
        details = {"name": bank.holder, "ifsc": bank.ifsc, "account_number": bank.number}
        return {"account_type": "bank_account", "bank_account": details}
    return {"account_type": "vpa", "vpa": {"address": upi}}


def _id(body: Body) -> str:
    return str(body["id"])


def _payout(body: Body) -> GatewayPayout:
    return GatewayPayout(
        id=body["id"],
        reference_id=body["reference_id"] or "",
        paise=int(body["amount"]),
        status=one_of(STATES, body["status"]),
        fee_paise=int(body.get("fees") or 0),
        tax_paise=int(body.get("tax") or 0),
        failure=_failure(body),
    )


def _failure(body: Body) -> str:
    """Only of one that did not arrive: others too have a description."""
    if body["status"] not in ("reversed", "cancelled", "rejected", "failed"):
        return ""
    return str((body.get("status_details") or {}).get("description") or body.get("failure_reason") or "")


def _credit(body: Body) -> Credit:
    return Credit(body["id"], int(body["credit"]), moment(body["created_at"]))
