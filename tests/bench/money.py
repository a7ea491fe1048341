"""What paying, settling and paying out ask for: each step of a booking's money once, from the hold to the bank."""

from collections.abc import Iterator
from types import SimpleNamespace

from chalicelib import wiring
from chalicelib.domain.errands import MoneyErrand
from chalicelib.services import bookings, earnings, payments, payouts, settlement
from tests.bench.spent import Spent, spent
from tests.fakes import paid_mentors, people, purse
from tests.fakes.times import hold, offer, open_hours
from tests.fakes.world import Clock, world


def counted() -> list[Spent]:
    """In a world of its own."""
    deps = world(Clock(), payments=True)
    return [*_paying(deps), *_refunding(deps), *_paying_out(deps)]


def _paying(deps: wiring.Deps) -> Iterator[Spent]:
    meera, lena = people.mentor(deps, "Mira"), people.learner(deps, "Lena")
    open_hours(deps, meera)
    lesson, held = offer(deps, meera, price_paise=500_00), SimpleNamespace()
    yield spent(deps, "a time with a price held", 3, lambda: _keep(held, hold(deps, lena, meera, lesson)))
    yield spent(deps, "checkout begun", 3, lambda: purse.begin(deps, held), calls=1)
    yield spent(deps, "checkout begun again", 2, lambda: purse.begin(deps, held))
    paid = purse.pay(deps, held)
    yield spent(deps, "back from the checkout", 6, lambda: purse.come_back(deps, held, paid), calls=1)
    yield spent(deps, "back once more", 2, lambda: purse.come_back(deps, held, paid), calls=1)
    [body, headers], *_ = purse.gateway(deps).events()
    yield spent(deps, "an event of the gateway's", 1, lambda: purse.deliver(deps, body, headers))
    event = MoneyErrand("inbox", headers["x-razorpay-event-id"])
    yield spent(deps, "an event of what is known", 4, lambda: settlement.settle(deps, event), calls=1)
    [posting] = [item["id"] for item in deps.tables.items.values() if item.get("kind") == "posting"]  # type: ignore[attr-defined]
    yield spent(deps, "a posting settled", 2, lambda: settlement.settle(deps, MoneyErrand("posting", posting)))
    yield spent(deps, "its page", 4, lambda: _page(deps, lena.id, held.booking.id))


def _keep(held: SimpleNamespace, meeting: object) -> None:
    held.__dict__.update(vars(meeting))


def _page(deps: wiring.Deps, user_id: str, booking_id: str) -> None:
    booking = bookings.owned(deps, user_id, booking_id)
    bookings.shown(deps, user_id, bookings.of(deps, booking))


def _refunding(deps: wiring.Deps) -> Iterator[Spent]:
    [payment_id] = [item["id"] for item in deps.tables.items.values() if item.get("kind") == "payment"]  # type: ignore[attr-defined]
    payment = deps.payments.get(payment_id)
    bookings.cancel(
        deps, user_id=payment.learner_id, booking_id=payment_id, reason="Ill.", refund_paise=payment.price_paise
    )
    yield spent(deps, "a refund sent", 7, lambda: payments.advance(deps, payment_id), calls=1)


def _paying_out(deps: wiring.Deps) -> Iterator[Spent]:
    who = paid_mentors.new_mentor(deps, "Asha")
    paid_mentors.registered(deps, who)
    paid_mentors.earns(deps, who, 1_000_00)
    yield spent(deps, "the earnings page", 4, lambda: earnings.of(deps, who.user_id))
    yield spent(deps, "a payout asked for", 5, lambda: payouts.ask(deps, who.user_id, "budget-payout"))
    [asked] = [item["id"] for item in deps.tables.items.values() if item.get("kind") == "payout"]  # type: ignore[attr-defined]
    yield spent(deps, "a payout begun", 3, lambda: settlement.settle(deps, MoneyErrand("payout", asked)))
    yield spent(deps, "a payout sent", 4, lambda: payouts.advance(deps, asked), calls=1)
    purse.gateway(deps).books.advance("pout_")
    yield spent(deps, "a payout that has arrived", 3, lambda: payouts.advance(deps, asked), calls=1)
