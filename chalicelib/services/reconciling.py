"""The daily look at both books: what we missed is seen to now, and what still differs is reported to the paisa."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain import ledger
from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.errors import Conflict
from chalicelib.domain.gateway import Capture, GatewayPayout, GatewayRefund, Refused, Unknown
from chalicelib.domain.india import INDIA
from chalicelib.domain.ledger import BEGINNING, Posting, netted
from chalicelib.domain.payouts import BACK, OPEN
from chalicelib.domain.reconciliation import Difference, Report, What
from chalicelib.services import payments
from chalicelib.services.audit import audit
from chalicelib.services.payments import capturing

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

SPAN, SETTLED = timedelta(days=5), timedelta(minutes=15)  # late authorisations come for three days
SECOND = timedelta(seconds=1)  # the end of a span is not part of it


@dataclass
class Look:
    """One run under way; `left` is what has left for mentors and is not posted yet, with the gateway's charge.

    Of payments the last minutes, up to `until`, are left to the webhooks; what payouts are made from is compared as of
    `now`, with all that has come and gone.
    """

    since: datetime
    until: datetime
    now: datetime
    left: int = 0
    compared: Counter[str] = field(default_factory=Counter)
    mended: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def differs(self, what: What, thing: str, ours: int, theirs: int) -> None:
        """Put down what does not agree."""
        self.differences.append(Difference(what, thing, ours, theirs))


def reconcile(deps: "Deps", span: timedelta = SPAN) -> Report:
    """Everything since some days before the last run; a second run of the day finds what the first has mended."""
    now, earlier = deps.clock(), deps.reconciliations.latest(1, None).items
    look = Look(earlier[0].goes_on_at(span) if earlier else BEGINNING, now - SETTLED, now + SECOND)
    for part in (_captures, _refunds, _payouts, _bank, _balances):
        try:
            part(deps, look)
        except (Unknown, Refused):
            look.differs("not_asked", part.__name__.strip("_"), 0, 0)
    recomputed = audit(deps)
    report = Report(
        id=deps.new_id("rec"),
        day=now.astimezone(INDIA).date(),
        made_at=now,
        since=look.since,
        compared=dict(look.compared),
        mended=tuple(look.mended),
        differences=tuple(look.differences),
        balances=folded(recomputed.balances),
        wrong=recomputed.wrong,
    )
    deps.tables.commit([deps.reconciliations.adding(report)])
    if report.differences or report.wrong:
        deps.alarms.money(
            "books_differ", report=report.id, differences=str(len(report.differences) + len(report.wrong))
        )
    return report


def folded(balances: dict[str, int]) -> dict[str, int]:
    """The mentors' accounts as two: what is pending and what is available."""
    found: Counter[str] = Counter()
    for account, paise in balances.items():
        mentors = f"mentors:{account.rpartition(':')[2]}"
        found[mentors if account.startswith("mentor:") else account] += paise
    return dict(found)


def _captures(deps: "Deps", look: Look) -> None:
    """Whatever was captured stands in the ledger, kept or going back."""
    for order in deps.razorpay.orders_between(look.since, look.until):
        look.compared["orders"] += 1
        if order.status == "attempted":
            for capture in deps.razorpay.captures_of(order.id):
                _capture(deps, look, capture)
    for capture in deps.razorpay.captures_between(look.since, look.until):
        look.compared["captures"] += 1
        _capture(deps, look, capture)


def _capture(deps: "Deps", look: Look, capture: Capture) -> None:
    posting = deps.ledger.find(f"captured:{capture.id}")
    if posting:
        ours = posting.of(ledger.GATEWAY) + posting.of(ledger.GATEWAY_CHARGES)
        if ours != capture.amount_paise:
            look.differs("capture_amount", capture.id, ours, capture.amount_paise)
        return
    if capture.status != "captured":
        return
    booking_id = deps.payments.booking_of(capture.order_id)
    if booking_id is None:
        look.differs("capture_unknown", capture.id, 0, capture.amount_paise)
        return
    capturing.take(deps, booking_id, capture)
    _mend(deps, look, MoneyErrand("posting", f"captured:{capture.id}"))


def _refunds(deps: "Deps", look: Look) -> None:
    """Whatever went back was asked for by us."""
    for refund in deps.razorpay.refunds_between(look.since, look.until):
        look.compared["refunds"] += 1
        _refund(deps, look, refund)


def _refund(deps: "Deps", look: Look, refund: GatewayRefund) -> None:
    reference = f"refunded:{refund.receipt.rpartition('-')[0]}"
    posting = deps.ledger.find(reference)
    if posting:
        ours = posting.of(ledger.REFUNDS_DUE)
        if ours != refund.paise and refund.status == "processed":
            look.differs("refund_amount", refund.id, ours, refund.paise)
    elif refund.status == "processed":
        payments.heard_of_refund(deps, refund.id)
        if deps.postings.find(reference):
            _mend(deps, look, MoneyErrand("posting", reference))
        else:
            look.differs("refund_unknown", refund.id, 0, refund.paise)


def _payouts(deps: "Deps", look: Look) -> None:
    """Whatever was paid out was asked for by us, and has come as far with us as with the gateway."""
    for theirs in deps.razorpayx.payouts_between(look.since, look.now):
        look.compared["payouts"] += 1
        _payout(deps, look, theirs)
        if theirs.status in ("processing", "processed") and not deps.ledger.find(f"paid_out:{theirs.reference_id}"):
            look.left += theirs.paise + theirs.fee_paise


def _payout(deps: "Deps", look: Look, theirs: GatewayPayout) -> None:
    ours = deps.payouts.find(theirs.reference_id)
    if ours is None:
        look.differs("payout_unknown", theirs.id, 0, theirs.paise)
    elif ours.paise != theirs.paise:
        look.differs("payout_amount", theirs.id, ours.paise, theirs.paise)
    elif ours.status not in (*OPEN, "processed"):
        if theirs.status not in BACK:
            look.differs("payout_status", theirs.id, 0, theirs.paise)
    elif theirs.status in ("processed", *BACK) and theirs.status != ours.status:
        deps.payout_queue.put([MoneyErrand("payout", ours.id)])
        look.mended.append(f"payout {ours.id}")


def _bank(deps: "Deps", look: Look) -> None:
    """What the gateway sent to our bank, and what came in for payouts, is taken down from its own statement."""
    for settled in deps.razorpay.settlements_between(look.since, look.now):
        look.compared["settlements"] += 1
        if settled.status == "processed":
            _moved(deps, look, f"settled:{settled.id}", "settled", ledger.GATEWAY, ledger.BANK, settled.paise)
    for credit in deps.razorpayx.credits_between(look.since, look.now):
        look.compared["credits"] += 1
        _moved(deps, look, f"topped_up:{credit.id}", "topped_up", ledger.BANK, ledger.PAYOUT_BALANCE, credit.paise)


def _moved(deps: "Deps", look: Look, reference: str, what: ledger.What, out_of: str, into: str, paise: int) -> None:
    if deps.ledger.find(reference):
        return
    posting = Posting(reference, what, deps.clock(), netted([(out_of, -paise), (into, paise)]))
    with suppress(Conflict):  # taken down by an earlier run, and waiting to be posted
        deps.tables.commit([deps.postings.adding(posting)])
    _mend(deps, look, MoneyErrand("posting", reference))


def _balances(deps: "Deps", look: Look) -> None:
    """What is left for payouts is what the ledger says, less what has left there already and is still on its way."""
    if look.mended:
        return  # the ledger follows in seconds: the next run compares
    ours = total(deps, ledger.PAYOUT_BALANCE) - look.left
    theirs = deps.razorpayx.balance_paise()
    look.compared["balances"] += 1
    if ours != theirs:
        look.differs("payout_balance", ledger.PAYOUT_BALANCE, ours, theirs)


def total(deps: "Deps", account: str) -> int:
    """An account's balance, from all its lines: debits positive."""
    end = deps.clock() + timedelta(days=1)
    return sum(paise for _, paise in deps.ledger.lines(account, BEGINNING, end))


def _mend(deps: "Deps", look: Look, errand: MoneyErrand) -> None:
    deps.settlement_queue.put([errand])
    look.mended.append(f"{errand.kind} {errand.id}")
