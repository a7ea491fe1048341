"""The whole gateway's bookkeeping without a line to it: what it holds, what it will do next, and its own totals."""

from typing import Any

from infra.local.razorpay.banking import Banking
from infra.local.razorpay.events import Events
from infra.local.razorpay.faults import Faults
from infra.local.razorpay.payees import Payees
from infra.local.razorpay.payments import CAPTURED, Payments
from infra.local.razorpay.payouts import Payouts
from infra.local.razorpay.problems import Body
from infra.local.razorpay.shelves import Shelves

ACCOUNT, ACCOUNT_ID = "7878780080316316", "acc_TestPeerLearn1"
OPENING = 10_00_000_00
GIVE_UP = 10 * 60  # a payment that its payer has left is failed, and may be captured all the same later


class Books:
    """`after` is how many seconds a refund or a payout takes; None: until it is told to go on (`advance`)."""

    def __init__(
        self,
        shelves: Shelves | None = None,
        faults: Faults | None = None,
        *,
        after: float | None = None,
        account: str = ACCOUNT,
        account_id: str = ACCOUNT_ID,
    ):
        self.shelves, self.faults, self._after = shelves or Shelves(), faults or Faults(), after
        self.events = Events(self.shelves, account_id)
        self.payments = Payments(self.shelves, self.events, self.faults, self._later)
        self.banking = Banking(self.shelves, self.events)
        self.payees = Payees(self.shelves)
        self.payouts = Payouts(self.shelves, self.events, self.faults, self._later, account)
        self._coming = {each["id"]: each for each in self.shelves.every("coming") if each["status"]}
        self._open = {each["id"] for each in self.shelves.every("payment") if each["status"] == "created"}
        if self.shelves.find("balance", account) is None:
            self.payouts.top_up(OPENING)

    def _later(self, entity_id: str, status: str) -> None:
        self._await(entity_id, status, None if self._after is None else self.shelves.now() + self._after)

    def _await(self, entity_id: str, status: str, at: float | None) -> None:
        coming = {"id": entity_id, "at": at, "status": status}
        self._coming[entity_id] = self.shelves.put("coming", coming)

    def pay(self, order_id: str, outcome: str = "captured", **payer: str) -> Body:
        """A payer pays: `captured`, `failed`, `left` (never comes back) or `late` (captured after it had failed)."""
        payment = self._begun(order_id, **payer)
        if outcome == "left":
            return payment
        if outcome in ("failed", "late"):
            payment = self.payments.fail(payment["id"])
        return payment if outcome == "failed" else self.payments.authorize(payment["id"])

    def pay_late(self, order_id: str, seconds: float, **payer: str) -> Body:
        """The payer leaves with the bank still thinking; it says yes after so many seconds, or at `advance`."""
        payment = self._begun(order_id, **payer)
        self._await(payment["id"], "captured", self.shelves.now() + seconds)
        return payment

    def _begun(self, order_id: str, **payer: str) -> Body:
        payment = self.payments.begin(order_id, **payer)
        self._open.add(payment["id"])
        return payment

    def tick(self) -> None:
        """Whatever's time has come: refunds and payouts go on, payments that were left are failed."""
        now = self.shelves.now()
        for each in [*self._coming.values()]:
            if each["at"] is not None and each["at"] <= now:
                self._go_on(each)
        for payment in [self.shelves.get("payment", each) for each in self._open]:
            if payment["created_at"] + GIVE_UP <= now:
                payment = self.payments.fail(payment["id"])
            if payment["status"] != "created":
                self._open.discard(payment["id"])

    def advance(self, kind: str = "", status: str | None = None) -> int:
        """What was to come comes now, perhaps otherwise: a kind (`pay_`, `rfnd_`, `pout_`), one by its id, or all."""
        moved = [each for each in self._coming.values() if each["id"].startswith(kind)]
        for each in moved:
            self._go_on(each | ({"status": status} if status else {}))
        return len(moved)

    def release(self) -> int:
        """Payouts that wait in the queue begin."""
        waiting = [each["id"] for each in self.shelves.every("payout") if each["status"] == "queued"]
        for each in waiting:
            self.payouts.finish(each, "processed")
        return len(waiting)

    def _go_on(self, coming: Body) -> None:
        """One that is to be reversed arrives first, and comes back after as long again."""
        self.shelves.put("coming", {**coming, "status": None})
        del self._coming[coming["id"]]
        name, status = coming["id"], coming["status"]
        if name.startswith("pay_"):
            self.payments.authorize(name)
        elif name.startswith("rfnd_"):
            self.payments.finish_refund(name, status)
        elif status == "reversed" and self.shelves.get("payout", name)["status"] == "processing":
            self.payouts.finish(name, "processed")
            self._later(name, status)
        else:
            self.payouts.finish(name, status)

    def totals(self) -> Body:
        """The gateway's own sums, and each order and payout by the name that we gave it."""
        return {
            **self.banking.totals(),
            **self.payouts.totals(),
            "orders": {each["id"]: self._order(each) for each in self.shelves.every("order")},
            "payouts": {
                each["id"]: {"reference_id": each["reference_id"], "amount": each["amount"], "fees": each["fees"]}
                | {"status": each["status"], "fund_account_id": each["fund_account_id"]}
                for each in self.shelves.every("payout")
            },
        }

    def _order(self, order: Body) -> dict[str, Any]:
        tries = self.payments.tries(order["id"])
        taken = [each for each in tries if each["status"] in CAPTURED]
        return {
            "receipt": order["receipt"],
            "amount": order["amount"],
            "status": order["status"],
            "captured": sum(each["amount"] for each in taken),
            "refunded": sum(each["amount_refunded"] for each in taken),
            "payments": {each["id"]: each["status"] for each in tries},
        }
