"""Learners who pay, mentors who are paid out, and everything that they and the gateway may do about it, at random."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chalicelib import wiring
from chalicelib.domain.bookings import cancelling
from chalicelib.domain.coupons import Coupon
from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.errors import DomainError
from chalicelib.domain.gateway import Refused, Unknown
from chalicelib.domain.identity import Identity
from chalicelib.domain.payees import Payee, next_weekly
from chalicelib.services import (
    admin_refunds,
    bookings,
    coupons,
    disputes,
    due,
    holds,
    payouts,
    reconciling,
    rooms,
    settlement,
)
from chalicelib.services.holds import Slot
from infra.local.razorpay.problems import Problem
from tests.fakes import people, purse, times
from tests.fakes.purse import gateway
from tests.lives.acts import key
from tests.lives.town import Town

WORDS = "It was not what was promised at all."
VANISHES = (Unknown, Refused)  # what a Lambda's caller never sees: the errand comes again


@dataclass
class Payers:
    """A town where things have their price, and what its people have in their hands."""

    town: Town
    admin: Identity
    held: list[Any] = field(default_factory=list)
    windows: list[tuple[Any, dict[str, str]]] = field(default_factory=list)
    heard: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    @property
    def deps(self) -> wiring.Deps:
        """The product, on this town's tables."""
        return self.town.deps

    def one(self, chance: random.Random) -> Any:
        """A booking that somebody may still do something with."""
        return chance.choice(self.held[-20:])


Act = Callable[[Payers, random.Random], Any]


def gathered(town: Town) -> Payers:
    """Mentors ask ₹500 to ₹2,000 and can be paid out; there are an admin and two coupons."""
    deps, town.offerings = town.deps, []
    boss = people.learner(deps, "Boss", roles=("learner", "admin"))
    for number, mentor in enumerate(town.mentors):
        price = 500_00 * (number + 1)
        town.offerings.append((mentor, times.offer(deps, mentor, number=7, price_paise=price)))
        account = mentor.account
        fund = deps.razorpayx.register(
            name=account.name, email=account.email, reference_id=account.id, bank=None, upi="a.mentor@okbank"
        )
        now = town.clock()
        payee = Payee(account.id, "upi", account.name, "a.•••@okbank", fund, now, next_weekly(now), pan_sealed="-")
        deps.tables.commit([deps.payees.saving(None, payee)])
    for code, percent in (("HALFOFF", 50), ("ALLPAID", 100)):
        until = (town.clock() + timedelta(days=300)).date()
        budget = 5_000_00
        made = Coupon(code, until, budget, budget, town.clock(), boss.id, percent)
        deps.tables.commit([deps.coupons.adding(made)])
    return Payers(town, Identity(boss.id, boss.roles, boss.auth_epoch, "dev", True))


def hold(all_: Payers, chance: random.Random) -> None:
    _held(all_, chance)


def _held(all_: Payers, chance: random.Random) -> Any:
    mentor, offering = chance.choice(all_.town.offerings)
    slot = Slot(mentor.mentor.slug, offering.id, all_.town.a_time(chance, 120))
    learner = chance.choice(all_.town.learners)
    held = holds.hold(all_.deps, learner_id=learner.id, slot=slot, key=key())
    all_.held.append(held)
    return held


def reduce(all_: Payers, chance: random.Random) -> None:
    held, code = all_.one(chance), chance.choice(("HALFOFF", "ALLPAID"))
    coupons.put_on(all_.deps, learner_id=held.booking.learner_id, booking_id=held.booking.id, typed=code)


def begin(all_: Payers, chance: random.Random) -> None:
    purse.begin(all_.deps, all_.one(chance))


def pay(all_: Payers, chance: random.Random) -> None:
    """Mostly well; the page that would come back is kept for later, or never."""
    held = all_.one(chance)
    payment = all_.deps.payments.get(held.booking.id)
    if not payment.order_id:
        return
    outcome = chance.choice(("captured",) * 6 + ("failed", "late", "left"))
    with suppress(Exception):  # the gateway's own refusal: paid already
        all_.windows.append((held, gateway(all_.deps).pay(payment.order_id, outcome)))


def buy(all_: Payers, chance: random.Random) -> None:
    """As most people do: all in one go, unless somebody else's hand has paid it meanwhile."""
    held = _held(all_, chance)
    with suppress(Problem):  # the gateway's own refusal: paid already
        purse.bought(all_.deps, held)


def come_back(all_: Payers, chance: random.Random) -> None:
    purse.come_back(all_.deps, *chance.choice(all_.windows))


def hear(all_: Payers, chance: random.Random) -> None:
    """Events arrive: some never, some twice, in any order."""
    new = gateway(all_.deps).events()
    chance.shuffle(new)
    kept = [each for each in new if chance.random() < 0.8]
    again = chance.sample(all_.heard, min(2, len(all_.heard)))
    all_.heard += kept
    for body, headers in [*kept, *again]:
        purse.deliver(all_.deps, body, headers)


def work(all_: Payers, chance: random.Random) -> None:
    """Some errands are done, in any order; some are done twice, and some are lost."""
    for queue, do in ((all_.deps.settlement_queue, settlement.settle), (all_.deps.payout_queue, _pay_out)):
        errands = queue.errands
        for _ in range(min(len(errands), 6)):
            try:
                errand = errands.pop(chance.randrange(len(errands)))
            except (IndexError, ValueError):
                break
            for _ in range(chance.choice((0, 1, 1, 1, 2))):
                with suppress(*VANISHES, DomainError):
                    do(all_.deps, errand)


def _pay_out(deps: wiring.Deps, errand: MoneyErrand) -> None:
    payouts.advance(deps, errand.id)


def cancel(all_: Payers, chance: random.Random) -> None:
    """What is to come and paid for, for what goes back now, as the page would show it."""
    found = [each for each in (all_.deps.bookings.find(held.booking.id) for held in all_.held[-20:]) if each]
    held = chance.choice([each for each in found if each.status == "confirmed"])
    who = chance.choice((held.learner_id, held.learner_id, held.mentor_id))
    back = cancelling(bookings.of(all_.deps, held), bookings.side_of(held, who), all_.town.clock())
    bookings.cancel(all_.deps, user_id=who, booking_id=held.id, reason="", refund_paise=back.paise if back else 0)


def meet(all_: Payers, chance: random.Random) -> None:
    """The next session takes place, more or less: both come, or only one of them."""
    found = [all_.deps.sessions.get(each.session.id) for each in all_.held[-20:]]
    session = min((each for each in found if each.status == "booked"), key=lambda each: each.starts_at)
    all_.town.clock.to(session.starts_at)
    there = chance.choice(("both", "both", "both", "mentor", "learner"))
    if there != "learner":
        rooms.go_live(all_.deps, user_id=session.mentor.id, session_id=session.id)
    if there != "mentor" and session.learner:
        rooms.let_in(all_.deps, user_id=session.learner.id, session_id=session.id)


def release(all_: Payers, chance: random.Random) -> None:
    held = all_.one(chance).booking
    bookings.release(all_.deps, user_id=held.learner_id, booking_id=held.id)


def dispute(all_: Payers, chance: random.Random) -> None:
    held = chance.choice(all_.held).booking
    disputes.open_one(all_.deps, learner_id=held.learner_id, booking_id=held.id, reason=WORDS)


def decide(all_: Payers, chance: random.Random) -> None:
    held = chance.choice(all_.held).booking
    percent = chance.choice((0, 33, 50, 100))
    disputes.decide(all_.deps, by=all_.admin, booking_id=held.id, percent=percent, words=WORDS)


def give_back(all_: Payers, chance: random.Random) -> None:
    held = chance.choice(all_.held).booking
    paise = chance.choice((1_00, 33_33, 150_00))
    admin_refunds.give_back(all_.deps, by=all_.admin, booking_id=held.id, paise=paise, words=WORDS)


def call_off(all_: Payers, chance: random.Random) -> None:
    admin_refunds.cancel(all_.deps, by=all_.admin, booking_id=all_.one(chance).booking.id, reason=WORDS)


def ask_payout(all_: Payers, chance: random.Random) -> None:
    payouts.ask(all_.deps, chance.choice(all_.town.mentors).account.id, key())


def go_on(all_: Payers, chance: random.Random) -> None:
    """The gateway gets on with something; now and then a payout comes back, or money goes to the bank."""
    theirs = gateway(all_.deps)
    with theirs.lock:
        kind = chance.choice(("", "rfnd_", "pout_", "pay_"))
        theirs.books.advance(kind, "reversed" if kind == "pout_" and chance.random() < 0.3 else None)
        if chance.random() < 0.1:
            theirs.books.banking.settle()


def reconcile(all_: Payers, chance: random.Random) -> None:
    with suppress(*VANISHES):
        reconciling.reconcile(all_.deps)


def sweep(all_: Payers, chance: random.Random) -> None:
    """Time passes, and the minute's work is done: now and then not at all, or only half of it."""
    all_.town.clock.forward(timedelta(minutes=chance.choice((1, 2, 5, 5, 30))))
    if chance.random() < 0.8:
        turns = iter(range(chance.choice((5, 1000))))
        due.sweep(all_.deps, lambda: next(turns, None) is None)


def days_pass(all_: Payers, chance: random.Random) -> None:
    all_.town.clock.forward(timedelta(hours=chance.choice((3, 12, 30))))


ACTS: dict[Act, int] = {
    hold: 12,
    reduce: 3,
    begin: 12,
    pay: 14,
    buy: 10,
    come_back: 8,
    hear: 12,
    work: 20,
    cancel: 6,
    meet: 8,
    release: 1,
    dispute: 3,
    decide: 3,
    give_back: 2,
    call_off: 1,
    ask_payout: 4,
    go_on: 10,
    reconcile: 1,
    sweep: 14,
    days_pass: 3,
}


# Minutes between two looks: soon, and then for as long as earnings, weekly payouts and rounds of refunds take.
PATIENTLY = (1, 1, 2, 4, 8, 16, 32, 60, 60, 60, *[60 * 12] * 30)
BRISKLY = (3, 3, 3, 15, 60, *[24 * 60] * 8)


def settled(all_: Payers, pauses: Sequence[int] = PATIENTLY) -> None:
    """Nothing goes wrong any more: the gateway finishes what it began, every event arrives, all that is due is done.

    Disputes are decided, so that no earning is left waiting.
    """
    deps, clock = all_.deps, all_.town.clock
    gateway(deps).faults.clear()
    for minutes in pauses:
        clock.forward(timedelta(minutes=minutes))
        _decided(all_)
        for _ in range(4):
            gateway(deps).books.advance()
            gateway(deps).books.release()
            purse.hear_everything(deps)
            for _ in range(20):
                swept = due.sweep(deps)
                assert swept.failed == {}, swept.failed
                if not swept.done:
                    break
            purse.work(deps)
        reconciling.reconcile(deps)
        purse.work(deps)


def _decided(all_: Payers) -> None:
    for held in all_.held:
        with suppress(DomainError):
            disputes.decide(all_.deps, by=all_.admin, booking_id=held.booking.id, percent=50, words=WORDS)
