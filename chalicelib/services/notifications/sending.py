"""One attempt of one channel of a notification: made once, however often it is asked for."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import preferences as rules
from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import Conflict, DomainError
from chalicelib.domain.outgoing import Channel, Errand, Outgoing, State
from chalicelib.domain.preferences import NEVER, Verdict
from chalicelib.services.again import again
from chalicelib.services.notifications.holding import still_so
from chalicelib.stores.outbox import message_of
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["sent", "not_wanted", "later", "digest", "parked"]
Deliver = Callable[["Deps", Outgoing, Account], bool]


def hand_over(deps: "Deps", errands: Sequence[Errand]) -> None:
    """Each channel's errands to its own queue; one queue that is down keeps nothing from the other."""
    with ExitStack() as both:
        both.callback(deps.push_queue.put, [each for each in errands if each.channel == "push"])
        both.callback(deps.queue.put, [each for each in errands if each.channel == "mail"])


def attempt(deps: "Deps", errand: Errand, deliver: Deliver) -> Outcome:
    """Counted first, so that a message which kills its sender is parked in the end; then delivered if it is wanted.

    `deliver` says whether there was anywhere to deliver it to; what it raises leaves the channel due, or parked after
    the last try.
    """
    message, channel = deps.outbox.find(errand.user_id, errand.id), errand.channel
    if message and message.state(channel) == "parked":  # its last sender got no further than counting
        deps.alarms.parked(channel, errand.id)
        return "parked"
    if message is None or message.state(channel) != "waiting" or message.attempts(channel) != errand.attempt:
        return "not_wanted"
    counted = _counted(deps, message, errand)
    if counted is None:
        return "not_wanted"
    try:
        return _decided(deps, counted, errand, deliver)
    except Exception as error:
        if counted.state(channel) == "parked":
            _give_up(deps, counted, channel, error)
        raise


def _give_up(deps: "Deps", message: Outgoing, channel: Channel, error: Exception) -> None:
    """A person is to look at it, and sees what it failed of: AWS's own word, or the fault's name."""
    deps.alarms.parked(channel, message.id)
    told = getattr(error, "response", {}).get("Error", {}).get("Code")
    with suppress(DomainError):  # what it failed of, it may fail of here as well
        deps.tables.update(deps.outbox.faulting(message, channel, told or type(error).__name__))


def _counted(deps: "Deps", message: Outgoing, errand: Errand) -> Outgoing | None:
    try:
        return message_of(deps.tables.update(deps.outbox.trying(message, errand.channel, deps.clock())))
    except Conflict:
        return None  # another has begun this attempt; if it was a resend beside it, the sweep asks again


def _decided(deps: "Deps", message: Outgoing, errand: Errand, deliver: Deliver) -> Outcome:
    """The person's wishes are asked now, not when it was recorded."""
    preferences, account = deps.preferences.with_account(message.user_id)
    now, found = deps.clock(), NEVER
    if account and still_so(deps, message, now):
        found = rules.verdict(preferences, message, errand.channel, now, account.zone)
    if account and found.what == "now":
        delivered = deliver(deps, message, account)
        _end(deps, message, errand, "sent" if delivered else "skipped")
        return "sent" if delivered else "not_wanted"
    return _not_now(deps, message, errand, found)


def _not_now(deps: "Deps", message: Outgoing, errand: Errand, found: Verdict) -> Outcome:
    if found.what == "later" and found.at:
        deps.tables.update(deps.outbox.putting_off(message, errand.channel, found.at, deps.clock()))
        return "later"
    if found.what == "digest" and found.at:
        _end(deps, message, errand, "digest", [deps.digests.adding(message, found.at)])
        return "digest"
    _end(deps, message, errand, "skipped")
    return "not_wanted"


def _end(deps: "Deps", known: Outgoing, errand: Errand, state: State, beside: Sequence[Write] = ()) -> None:
    """The other channel may have moved meanwhile: then the end is written anew on what is there."""
    tries = iter([known])

    def ended() -> None:
        message = next(tries, None) or deps.outbox.find(errand.user_id, errand.id)
        if message and message.state(errand.channel) in ("waiting", "parked"):
            write = deps.outbox.ending(message, errand.channel, state, deps.clock())
            deps.tables.commit([write, *beside]) if beside else deps.tables.update(write)

    again(ended)
