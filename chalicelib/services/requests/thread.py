"""The words beside a request's moves."""

from typing import TYPE_CHECKING

from chalicelib.domain import throttles
from chalicelib.domain.errors import Conflict
from chalicelib.domain.requests import Message
from chalicelib.domain.wishes import check_text
from chalicelib.services.requests.moving import seen_by
from chalicelib.stores.requests import MessagePage

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def thread(deps: "Deps", request_id: str, user_id: str, *, limit: int, cursor: str | None) -> MessagePage:
    """What its two people have written, newest last."""
    seen_by(deps, request_id, user_id)
    return deps.requests.thread(request_id, limit=limit, cursor=cursor)


def say(deps: "Deps", request_id: str, user_id: str, text: str, *, key: str) -> Message:
    """A word to the other side; the same key again says nothing more, whatever has become of the request."""
    now, text = deps.clock(), text.strip()
    request, asked = seen_by(deps, request_id, user_id), (request_id, text)
    check_text(text)
    deps.throttles.count(throttles.messages(user_id), now)
    message = Message(deps.new_id("msg"), request.side_of(user_id), text, now)
    try:
        request.must_take_words(now)
        marked = deps.answered.marking(user_id, key, asked, message.id, now)
        other = request.mentor if message.by == "learner" else request.learner
        free = deps.blocks.free(other.id, user_id)
        deps.tables.commit([marked, free, deps.requests.saying(request, message)])
    except Conflict:
        said = deps.answered.made(user_id, key, asked)
        if said is None:
            raise
        return deps.requests.message(request_id, said)
    return message
