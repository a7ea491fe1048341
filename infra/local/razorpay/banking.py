"""What goes from the gateway to our bank, and what payers' banks ask back."""

from infra.local.razorpay.events import Events
from infra.local.razorpay.payments import CAPTURED
from infra.local.razorpay.problems import Body, Problem
from infra.local.razorpay.shelves import Shelves

MOVES = {
    "open": ("under_review", "won", "lost", "closed"),
    "under_review": ("won", "lost", "closed"),
}
RESPOND = 7 * 24 * 3600


class Banking:
    """Settlements pay out what was captured, less refunds, fees and lost disputes."""

    def __init__(self, shelves: Shelves, events: Events):
        self._shelves, self._events = shelves, events

    def totals(self) -> dict[str, int]:
        """What has come and gone at the gateway; `balance` is what is still there."""
        taken = [each for each in self._shelves.every("payment") if each["status"] in CAPTURED]
        back = [each for each in self._shelves.every("refund") if each["status"] != "failed"]
        sums = {
            "captured": sum(each["amount"] for each in taken),
            "fees": sum(each["fee"] for each in taken),
            "tax": sum(each["tax"] for each in taken),
            "refunded": sum(each["amount"] for each in back if each["status"] == "processed"),
            "refunds_pending": sum(each["amount"] for each in back if each["status"] == "pending"),
            "disputed": sum(each["amount_deducted"] for each in self._shelves.every("dispute")),
            "settled": sum(each["amount"] for each in self._shelves.every("settlement")),
        }
        gone = sum(sums[name] for name in ("fees", "refunded", "refunds_pending", "disputed", "settled"))
        return {**sums, "balance": sums["captured"] - gone}

    def settle(self) -> Body | None:
        """Pay out what there is; a balance that is used up or overdrawn waits for captures."""
        sums = self.totals()
        if sums["balance"] <= 0:
            return None
        earlier = [*self._shelves.every("settlement")]
        fees, tax = (sums[name] - sum(each[name] for each in earlier) for name in ("fees", "tax"))
        utr = f"TEST{self._shelves.new()}"
        settled = self._shelves.make(
            "settlement", amount=sums["balance"], status="processed", fees=fees, tax=tax, utr=utr
        )
        self._events.tell("settlement.processed", settlement=settled)
        return settled

    def dispute(self, payment_id: str, paise: int | None = None) -> Body:
        """A payer's bank asks for a payment back."""
        payment = self._shelves.get("payment", payment_id)
        if payment["status"] not in CAPTURED:
            raise Problem("Only a captured payment can be disputed.")
        raised = self._shelves.make(
            "dispute",
            payment_id=payment_id,
            amount=payment["amount"] if paise is None else paise,
            currency="INR",
            amount_deducted=0,
            reason_code="goods_or_services_not_received_or_partially_received",
            respond_by=int(self._shelves.now()) + RESPOND,
            status="open",
            phase="chargeback",
        )
        self._events.tell("payment.dispute.created", payment=payment, dispute=raised)
        return raised

    def decide(self, dispute_id: str, status: str) -> Body:
        """Under review, won, lost (then the money is gone) or closed."""
        dispute = self._shelves.get("dispute", dispute_id)
        if status not in MOVES.get(dispute["status"], ()):
            raise Problem(f"A dispute that is {dispute['status']} cannot become {status}.")
        deducted = dispute["amount"] if status == "lost" else 0
        decided = self._shelves.move("dispute", dispute_id, status=status, amount_deducted=deducted)
        payment = self._shelves.get("payment", dispute["payment_id"])
        self._events.tell(f"payment.dispute.{status}", payment=payment, dispute=decided)
        return decided
