"""One attempt of one channel of a notification: made once, however often it is asked for."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Literal

from chalicelib.domain.errors import Conflict
from chalicelib.domain.outgoing import Errand, Outgoing, State
from chalicelib.services.again import again
from chalicelib.stores.outbox import message_of

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["sent", "not_wanted", "parked"]
Deliver = Callable[["Deps", Outgoing], bool]


def hand_over(deps: "Deps", errands: Sequence[Errand]) -> None:
    """Each channel's errands to its own queue; one queue that is down keeps nothing from the other."""
    with ExitStack() as both:
        both.callback(deps.push_queue.put, [each for each in errands if each.channel == "push"])
        both.callback(deps.queue.put, [each for each in errands if each.channel == "mail"])


def attempt(deps: "Deps", errand: Errand, deliver: Deliver) -> Outcome:
    """Counted first, so that a message which kills its sender is parked in the end; then delivered.

    `deliver` says whether it was still wanted; what it raises leaves the channel due, or parked after the last try.
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
    wanted = _delivered(deps, counted, errand, deliver)
    _end(deps, counted, errand, "sent" if wanted else "skipped")
    return "sent" if wanted else "not_wanted"


def _counted(deps: "Deps", message: Outgoing, errand: Errand) -> Outgoing | None:
    try:
        return message_of(deps.tables.update(deps.outbox.trying(message, errand.channel, deps.clock())))
    except Conflict:
        return None  # another has begun this attempt; if it was a resend beside it, the sweep asks again


def _delivered(deps: "Deps", message: Outgoing, errand: Errand, deliver: Deliver) -> bool:
    try:
        return deliver(deps, message)
    except Exception:
        if message.state(errand.channel) == "parked":
            deps.alarms.parked(errand.channel, errand.id)
        raise


def _end(deps: "Deps", known: Outgoing, errand: Errand, state: State) -> None:
    """The other channel may have moved meanwhile: then the end is written anew on what is there."""
    tries = iter([known])

    def ended() -> None:
        message = next(tries, None) or deps.outbox.find(errand.user_id, errand.id)
        if message and message.state(errand.channel) in ("waiting", "parked"):
            deps.tables.update(deps.outbox.ending(message, errand.channel, state, deps.clock()))

    again(ended)
