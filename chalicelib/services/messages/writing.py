"""Writing a message: right, order, both sides' lists and the notification in one commit."""

from typing import TYPE_CHECKING

from chalicelib.domain import messages as rules
from chalicelib.domain import throttles
from chalicelib.domain.errors import NotFound
from chalicelib.domain.messages import Message, Thread
from chalicelib.domain.outgoing import Outgoing
from chalicelib.services.again import again
from chalicelib.stores.answered import KeyUsed

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

QUOTED = 400


def write(deps: "Deps", user_id: str, other_id: str, *, key: str, text: str, about: str | None) -> Message:
    """A message to somebody; the same key again says nothing more, whatever has happened since.

    The first one names a booking or request that the two have in common; afterwards the thread is the right to it.
    """
    text = text.strip()
    rules.check_text(text)
    try:
        return again(lambda: _write(deps, user_id, other_id, key, text, about))
    except KeyUsed:
        return deps.messages.get(deps.answered.made(user_id, key, (other_id, text)) or "")


def _write(deps: "Deps", user_id: str, other_id: str, key: str, text: str, about: str | None) -> Message:
    now = deps.clock()
    mine, theirs = deps.messages.both(user_id, other_id)
    if mine is None:
        must_have_in_common(deps, user_id, other_id, about)
    rules.check_key(key)
    mine, theirs = mine or Thread(user_id, other_id), theirs or Thread(other_id, user_id)
    message = rules.written(mine, theirs, text, key, now)
    note = _notification(deps, message, theirs)
    limits = throttles.thread_messages(user_id) + ([] if mine.count else throttles.new_threads(user_id))
    deps.tables.commit(
        [
            deps.answered.marking(user_id, key, (other_id, text), message.id, now),
            *deps.blocks.free_both(user_id, other_id),
            deps.accounts.verified(user_id),
            deps.messages.reachable(other_id),
            *deps.throttles.counting(limits, now),
            *deps.messages.adding(message, mine, theirs, note.id if note else ""),
            *([deps.outbox.adding(note)] if note else []),
        ]
    )
    return message


def must_have_in_common(deps: "Deps", user_id: str, other_id: str, about: str | None) -> None:
    """A booking that was made, or a request, of just these two; anything else is no conversation."""
    pair = {user_id, other_id}
    if about and about.startswith("bkg_"):
        booking = deps.bookings.find(about)
        if booking and {booking.learner_id, booking.mentor_id} == pair and booking.status not in ("held", "expired"):
            return
    elif about and about.startswith("req_"):
        request = deps.requests.find(about)
        if request and {request.learner.id, request.mentor.id} == pair:
            return
    raise NotFound("conversation")


def _notification(deps: "Deps", message: Message, theirs: Thread) -> Outgoing | None:
    """One for all that comes until the other looks; the mail waits, as they may be reading already."""
    if theirs.unread or theirs.muted:
        return None
    sender, now = deps.accounts.get(message.by), deps.clock()
    facts = {"other": sender.name, "other_id": message.by, "words": message.text[:QUOTED]}
    return Outgoing(deps.new_id("out"), message.to, "", "message_received", now, facts, mail_due=now + rules.MAIL_AFTER)
