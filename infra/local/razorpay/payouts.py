"""RazorpayX: payouts to fund accounts, and our account there that these are made from."""

import re
from collections.abc import Callable

from infra.local.razorpay import problems
from infra.local.razorpay.events import Events
from infra.local.razorpay.faults import Faults
from infra.local.razorpay.problems import Body, Problem
from infra.local.razorpay.shelves import Shelves, page, same

KEY = re.compile(r"[A-Za-z0-9_ -]{4,36}")
NARRATION = re.compile(r"[A-Za-z0-9 ]{0,30}")
MODES = {"bank_account": ("IMPS", "NEFT", "RTGS"), "vpa": ("UPI",)}
FEES, FEE_ABOVE, GST_PERCENT = ((1_000_00, 2_00), (25_000_00, 5_00)), 10_00, 18  # up to so much, so much
MOST_IMPS, LEAST_RTGS, MOST_UPI = 5_00_000_00, 2_00_000_00, 1_00_000_00
GONE = {"payout_fails": "failed", "payout_reversed": "reversed"}
DETAILS = {
    "queued": ("low_balance", "business", "Payout is queued as there is insufficient balance in your account."),
    "processing": ("payout_bank_processing", "partner_bank", "Payout is being processed by our partner bank."),
    "processed": ("payout_processed", "beneficiary_bank", "Payout is processed and the money has been credited."),
    "failed": ("bank_account_closed", "beneficiary_bank", "Payout failed as the beneficiary account is closed."),
    "reversed": ("beneficiary_bank_offline", "beneficiary_bank", "Beneficiary bank systems are offline."),
    "cancelled": ("payout_cancelled", "business", "Payout was cancelled."),
}


class Payouts:
    """`account` is ours there; whatever enters or leaves it is a transaction."""

    def __init__(
        self, shelves: Shelves, events: Events, faults: Faults, later: Callable[[str, str], None], account: str
    ):
        self._shelves, self._events, self._faults, self._later = shelves, events, faults, later
        self.account = account

    def create_payout(self, body: Body, key: str | None) -> Body:
        """Money is sent; the same key gives the first answer."""
        if not key:
            words = "Idempotency key is missing. Include idempotency header and key in the request."
            raise Problem(words, "X-Payout-Idempotency")
        if not KEY.fullmatch(key):
            raise Problem("The idempotency key is invalid.", "X-Payout-Idempotency")
        earlier = self._shelves.find("key", f"payout:{key}")
        if earlier and earlier["asked"] != same(body):
            raise Problem("Different request body sent for the same Idempotency Header", "X-Payout-Idempotency")
        if earlier:
            return self._shelves.get("payout", earlier["made"])
        made = self._made(body)
        self._shelves.put("key", {"id": f"payout:{key}", "asked": same(body), "made": made["id"]})
        self._begin(made, can_wait=bool(body.get("queue_if_low_balance")))
        return self._shelves.get("payout", made["id"])

    def _made(self, body: Body) -> Body:
        allowed = ("account_number", "fund_account_id", "amount", "currency", "mode", "purpose")
        problems.only(body, *allowed, "queue_if_low_balance", "reference_id", "narration", "notes")
        self.ours(problems.needed(body, "account_number"))
        to = self._shelves.get("fund_account", problems.needed(body, "fund_account_id"))
        paise, mode = problems.amount(body), problems.needed(body, "mode")
        problems.rupees(body)
        _check_mode(to["account_type"], mode, paise)
        if not NARRATION.fullmatch(body.get("narration") or ""):
            raise Problem("The narration format is invalid.", "narration")
        if self.balance < paise + fee(paise) and not body.get("queue_if_low_balance"):
            raise Problem("Your account does not have enough balance to carry out the payout operation.")
        return self._shelves.make(
            "payout",
            fund_account_id=to["id"],
            amount=paise,
            currency="INR",
            notes=problems.notes(body),
            fees=0,
            tax=0,
            status="queued",
            purpose=problems.needed(body, "purpose"),
            utr=None,
            mode=mode,
            reference_id=problems.text(body, "reference_id", 40),
            narration=body.get("narration"),
            batch_id=None,
            status_details=_details("queued"),
            fee_type=None,
        )

    def _begin(self, payout: Body, can_wait: bool = True) -> None:
        """Debited and under way, or queued until there is enough."""
        held = can_wait and self._faults.draw("payout", "payout_queued")
        if held or self.balance < payout["amount"] + fee(payout["amount"]):
            self._events.tell("payout.queued", payout=payout)
            return
        fees = fee(payout["amount"])
        begun = self._to(payout, "processing", fees=fees, tax=fees - _net_fee(payout["amount"]))
        self._enter(-payout["amount"] - fees, begun)
        self._events.tell("payout.initiated", payout=begun)
        fault = self._faults.draw("payout", *GONE)
        self._later(payout["id"], GONE[fault.kind] if fault else "processed")

    def finish(self, payout_id: str, status: str) -> Body:
        """Arrived; or failed, which costs nothing; or reversed, even days after it had arrived: the fee stays paid."""
        payout = self._shelves.get("payout", payout_id)
        if payout["status"] == "queued":
            self._begin(payout)
        elif status == "processed" and payout["status"] == "processing":
            payout = self._to(payout, status, utr=f"TEST{self._shelves.new()}")
            self._events.tell("payout.processed", payout=payout)
            self._events.tell("payout.updated", payout=payout)
        elif status == "failed" and payout["status"] == "processing":
            returned = payout["amount"] + payout["fees"]
            self._back(self._to(payout, status, fees=0, tax=0), returned)
        elif status == "reversed" and payout["status"] in ("processing", "processed"):
            self._back(self._to(payout, status), payout["amount"])
        return self._shelves.get("payout", payout_id)

    def _back(self, payout: Body, paise: int) -> None:
        reversal = {"id": f"rvrsl_{self._shelves.new()}", "entity": "reversal", "payout_id": payout["id"]}
        self._enter(paise, {**reversal, "amount": paise})
        self._events.tell(f"payout.{payout['status']}", payout=payout)

    def cancel(self, payout_id: str) -> Body:
        """One that has not begun."""
        payout = self._shelves.get("payout", payout_id)
        if payout["status"] != "queued":
            raise Problem("Only queued payouts can be cancelled.")
        return self._to(payout, "cancelled")

    def top_up(self, paise: int) -> Body:
        """Our bank puts money in; what was waiting for it goes out."""
        transfer: Body = {"id": f"bt_{self._shelves.new()}", "entity": "bank_transfer", "payer_name": "PeerLearn"}
        transfer |= {"payer_account": "000000000001", "payer_ifsc": "TEST0000001", "mode": "NEFT", "amount": paise}
        entered = self._enter(paise, {**transfer, "bank_reference": f"TEST{self._shelves.new()}"})
        for each in self._shelves.every("payout"):
            if each["status"] == "queued":
                self._begin(each)
        return entered

    def _enter(self, paise: int, source: Body) -> Body:
        after = self.balance + paise
        self._shelves.put("balance", {"id": self.account, "paise": after})
        return self._shelves.make(
            "transaction",
            account_number=self.account,
            amount=abs(paise),
            currency="INR",
            credit=max(paise, 0),
            debit=max(-paise, 0),
            balance=after,
            source=source,
        )

    @property
    def balance(self) -> int:
        """What there is to send."""
        held = self._shelves.find("balance", self.account)
        return int(held["paise"]) if held else 0

    def balances(self) -> Body:
        """Our one account, as a collection."""
        account: Body = {"entity": "banking_balance", "currency": "INR", "account_number": self.account}
        account |= {"account_type": "razorpayx_lite", "bank_name": None, "bank_code": None}
        amounts = {"amount": self.balance, "available_amount": self.balance, "refreshed_at": int(self._shelves.now())}
        return {"entity": "collection", "count": 1, "items": [{**account, **amounts}]}

    def listed(self, kind: str, query: dict[str, str]) -> Body:
        """Payouts or transactions; whose account must be said."""
        self.ours(problems.needed(dict(query), "account_number"))
        fields = ("reference_id", "status", "mode", "fund_account_id") if kind == "payout" else ()
        return page(self._shelves.every(kind), query, fields)

    def ours(self, account: str) -> None:
        """No account but this one."""
        if account != self.account:
            raise Problem("The account number is invalid.", "account_number")

    def totals(self) -> dict[str, int]:
        """What has come and gone: `payout_balance` = topped_up - paid_out - payout_fees."""
        out = [each for each in self._shelves.every("payout") if each["status"] not in ("queued", "cancelled")]
        entered = (each for each in self._shelves.every("transaction") if each["source"]["entity"] == "bank_transfer")
        return {
            "payout_balance": self.balance,
            "topped_up": sum(each["credit"] for each in entered),
            "paid_out": sum(each["amount"] for each in out if each["status"] in ("processing", "processed")),
            "payout_fees": sum(each["fees"] for each in out),
        }

    def _to(self, payout: Body, status: str, **fields: object) -> Body:
        return self._shelves.move("payout", payout["id"], status=status, status_details=_details(status), **fields)


def fee(paise: int) -> int:
    """What a payout costs, with the tax on it."""
    return _net_fee(paise) * (100 + GST_PERCENT) // 100


def _net_fee(paise: int) -> int:
    return next((cost for most, cost in FEES if paise <= most), FEE_ABOVE)


def _check_mode(kind: str, mode: str, paise: int) -> None:
    if mode not in MODES[kind]:
        raise Problem("The selected mode is invalid for this fund account.", "mode")
    if mode == "RTGS" and paise < LEAST_RTGS:
        raise Problem("The amount is less than the minimum amount for RTGS.", "amount")
    most = {"IMPS": MOST_IMPS, "UPI": MOST_UPI}.get(mode)
    if most and paise > most:
        raise Problem(f"The amount is more than the maximum amount for {mode}.", "amount")


def _details(status: str) -> Body:
    reason, source, description = DETAILS[status]
    return {"description": description, "source": source, "reason": reason}
