"""What comes and goes on a socket: frames, read by their declared shapes."""

from typing import Annotated, Any, TypeVar

import msgspec

from chalicelib.domain.errors import Malformed, TooLarge

MOST = 32 * 1024
Word = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_:.-]+$")]
Pass = Annotated[str, msgspec.Meta(max_length=2000)]
Shape = TypeVar("Shape")


class Frame(msgspec.Struct):
    """What a page sends: `id` comes back with an answer or an error about it."""

    type: str
    topic: Annotated[str, msgspec.Meta(max_length=100)] = ""
    id: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    data: dict[str, Any] = {}


def read(body: str) -> Frame:
    """The frame, or why it is none."""
    if len(body.encode(errors="replace")) > MOST:
        raise TooLarge("too_large", f"At most {MOST // 1024} KB can be sent in a message.")
    try:
        return msgspec.json.decode(body, type=Frame)
    except (msgspec.MsgspecError, RecursionError, UnicodeError):
        raise Malformed("bad_message", "This message cannot be read.") from None


def data_of(frame: Frame, shape: type[Shape], words: str) -> Shape:
    """What a frame says, in its own shape; `words` are for whoever leaves something out."""
    try:
        return msgspec.convert(frame.data, shape)
    except msgspec.ValidationError:
        raise Malformed("bad_message", words) from None


def topic_of(frame: Frame, kind: str, words: str) -> str:
    """What a frame is about, of one kind."""
    named, _, thing = frame.topic.partition(":")
    if named != kind or not thing:
        raise Malformed("bad_topic", words)
    return thing


def error(code: str, words: str) -> dict[str, Any]:
    """As every page understands it."""
    return {"type": "error", "data": {"code": code, "message": words}}
