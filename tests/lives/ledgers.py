"""What has to be true of money once everything is settled: our books add up, and are the gateway's."""

from collections import Counter

from chalicelib import wiring
from chalicelib.domain.bookings import Booking
from chalicelib.domain.payments import Payment
from chalicelib.domain.payouts import Payout
from chalicelib.services.audit import Audit, audit
from chalicelib.stores.items import value_of
from tests.fakes.purse import gateway
from tests.lives.truths import Items

PAID = ("confirmed", "completed", "no_show", "cancelled_by_learner", "cancelled_by_mentor", "cancelled_by_platform")


def hold_of(deps: wiring.Deps, items: Items) -> list[str]:
    """Everything that is wrong, in words; nothing is."""
    payments = {item["id"]: value_of(Payment, item) for item in items.values() if item.get("kind") == "payment"}
    bookings = {item["id"]: value_of(Booking, item) for item in items.values() if item.get("kind") == "booking"}
    payouts = {item["id"]: value_of(Payout, item) for item in items.values() if item.get("kind") == "payout"}
    books, found = gateway(deps).books.totals(), audit(deps)
    return [
        *found.wrong,
        *_waiting(items),
        *_paid_is_booked(payments, bookings),
        *_charged_once(payments, books["orders"]),
        *_paid_out_once(payouts, books["payouts"]),
        *_mentors(payments, payouts, found),
        *_same(found, books),
    ]


def _waiting(items: Items) -> list[str]:
    """Nothing is left to be posted or seen to."""
    kinds = ("posting", "inbox")
    left = [item["id"] for item in items.values() if item.get("kind") in kinds and item.get("status") == "waiting"]
    return [f"{each} still waits" for each in left]


def _paid_is_booked(payments: dict[str, Payment], bookings: dict[str, Booking]) -> list[str]:
    """A booking is confirmed, or was, if and only if it was paid and kept."""
    return [
        f"{each.booking_id} is {bookings[each.booking_id].status}, its payment {each.status}"
        for each in payments.values()
        if (bookings[each.booking_id].status in PAID) != (each.status == "paid")
    ]


def _charged_once(payments: dict[str, Payment], orders: dict[str, dict]) -> list[str]:
    """What a learner has paid and not got back is what was kept of it, to the paisa."""
    wrong, known = [], {each.order_id: each for each in payments.values() if each.order_id}
    for order_id, order in orders.items():
        payment, cost = known.get(order_id), order["captured"] - order["refunded"]
        if payment is None:
            wrong += [f"{order_id} was paid, and none of ours knows it"] if order["captured"] else []
            continue
        kept = payment.refundable_paise if payment.status == "paid" and payment.chargeback != "lost" else 0
        if cost != kept and payment.chargeback != "lost":
            wrong.append(f"{payment.booking_id} has cost its learner {cost}, {kept} was kept")
        wrong += [f"{each.id} is {each.status}" for each in payment.refunds if each.status != "processed"]
    return wrong


def _paid_out_once(payouts: dict[str, Payout], theirs: dict[str, dict]) -> list[str]:
    """One payout at the gateway for each of ours that was sent, of the same sum and in the same state."""
    times = Counter(each["reference_id"] for each in theirs.values())
    wrong = [f"{payout_id} was sent {count} times" for payout_id, count in times.items() if count > 1]
    for each in theirs.values():
        ours = payouts.get(each["reference_id"])
        if ours is None or ours.paise != each["amount"]:
            wrong.append(f"{each['reference_id']} is none of ours, or of another sum")
        elif (each["status"], ours.status) not in (
            ("processed", "processed"),
            ("reversed", "reversed"),
            ("reversed", "failed"),
            ("failed", "failed"),
            ("rejected", "failed"),
        ):
            wrong.append(f"{ours.id} is {ours.status}, at the gateway {each['status']}")
    return wrong


def _mentors(payments: dict[str, Payment], payouts: dict[str, Payout], found: Audit) -> list[str]:
    """Nothing is in flight any more, and what mentors have is what they earned less what they were paid."""
    wrong = [f"{paise} are still in flight" for paise in [found.balances.get("in_flight", 0)] if paise]
    wrong += [f"{paise} are still to go back" for paise in [found.balances.get("refunds_due", 0)] if paise]
    for payment in payments.values():
        if payment.earning == "pending" and payment.releases_at:
            wrong.append(f"{payment.booking_id} is still pending")
    return wrong


def _same(found: Audit, books: dict) -> list[str]:
    """The two books agree on every balance they both have."""
    ours, topped_up = found.balances, -found.balances.get("bank", 0) + books["settled"]
    pairs = {
        "gateway": (ours.get("gateway", 0) + books["settled"], books["balance"] + books["settled"]),
        "paid out": (
            ours.get("payout_balance", 0) - topped_up,
            -books["paid_out"] - books["payout_fees"],
        ),
        "charges": (ours.get("gateway_charges", 0), books["fees"] + books["payout_fees"]),
    }
    return [f"{name}: ours {mine}, theirs {theirs}" for name, (mine, theirs) in pairs.items() if mine != theirs]
