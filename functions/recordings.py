"""Recordings over HTTP: both agree in the room, one side sends the parts, both play it afterwards."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.domain.cards import Side
from chalicelib.domain.recordings import (
    LARGEST_PART,
    MOST_PARTS,
    SMALLEST_PART,
    Consent,
    ConsentState,
    ContentType,
    FileState,
    Part,
    Recording,
    Wish,
)
from chalicelib.services import recordings, reported_recordings
from functions.access import ADMIN, PARTY
from functions.http import Call, Routes
from functions.lesson_things import Link

routes = Routes(__name__)


class RecordingWish(msgspec.Struct, forbid_unknown_fields=True):
    """`start` asks the other side, `agree` and `decline` answer, `stop` ends it."""

    wish: Wish


class RecordingState(msgspec.Struct):
    """Whether the session is being recorded; `by` and `at` are of the latest change, if there was any."""

    state: ConsentState
    by: Side | None
    at: datetime | None


class NewRecording(msgspec.Struct, forbid_unknown_fields=True):
    """What the browser records."""

    content_type: ContentType


class Begun(msgspec.Struct):
    """Every part but the last has at least `smallest_part` bytes, none more than `largest_part`."""

    recording_id: str
    smallest_part: int = SMALLEST_PART
    largest_part: int = LARGEST_PART
    most_parts: int = MOST_PARTS


class NewPart(msgspec.Struct, forbid_unknown_fields=True):
    """The first part is number 1; the same number again takes its place."""

    number: int
    bytes: int


class SentPart(msgspec.Struct, forbid_unknown_fields=True):
    """`etag` is what S3 answered to it."""

    number: Annotated[int, msgspec.Meta(ge=1, le=MOST_PARTS)]
    etag: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


class KnownPart(msgspec.Struct):
    """A part that has arrived."""

    number: int
    etag: str
    bytes: int


class KnownParts(msgspec.Struct):
    """What has arrived so far."""

    parts: list[KnownPart]
    state: FileState


class Whole(msgspec.Struct, forbid_unknown_fields=True):
    """All parts, and how long it plays."""

    parts: Annotated[list[SentPart], msgspec.Meta(max_length=MOST_PARTS)]
    seconds: int | None = None


class RecordingView(msgspec.Struct):
    """A recording; it is kept `until` then."""

    id: str
    state: FileState
    by: Side
    begun_at: datetime
    bytes: int
    content_type: str
    seconds: int | None
    until: datetime


class RecordingList(msgspec.Struct):
    """All recordings of a session that are still kept, and whether it is being recorded now."""

    items: list[RecordingView]
    recording: RecordingState | None


class LinkQuery(msgspec.Struct, forbid_unknown_fields=True):
    """`save`: under a name, instead of playing it."""

    save: bool = False


class Reported(msgspec.Struct, forbid_unknown_fields=True):
    """By which report of one of the two an admin may look."""

    report_id: Annotated[str, msgspec.Meta(max_length=80)]


@routes.add("POST", "/rooms/{session_id}/recording", PARTY, body=RecordingWish, answer=RecordingState)
def wish_recording(call: Call, session_id: str) -> RecordingState:
    """One side's word about being recorded: it begins with the second yes, and ends with the first no."""
    me = call.user.user_id
    return _state(recordings.wish(call.deps, user_id=me, session_id=session_id, wish=call.body.wish))


@routes.add("POST", "/sessions/{session_id}/recordings", PARTY, body=NewRecording, answer=Begun, status=201)
def begin_recording(call: Call, session_id: str) -> Begun:
    """A file to send in parts, once both have agreed."""
    kind = call.body.content_type
    return Begun(recordings.begin(call.deps, user_id=call.user.user_id, session_id=session_id, content_type=kind).id)


@routes.add("GET", "/sessions/{session_id}/recordings", PARTY, answer=RecordingList)
def list_recordings(call: Call, session_id: str) -> RecordingList:
    """What was recorded of a session."""
    found, consent = recordings.listed(call.deps, user_id=call.user.user_id, session_id=session_id)
    return RecordingList([_view(each) for each in found], _state(consent) if consent.by else None)


@routes.add("POST", "/recordings/{recording_id}/parts", PARTY, body=NewPart, answer=Link)
def send_part(call: Call, recording_id: str) -> Link:
    """Leave to send one part."""
    me, part = call.user.user_id, call.body
    return Link(recordings.part(call.deps, user_id=me, recording_id=recording_id, number=part.number, size=part.bytes))


@routes.add("GET", "/recordings/{recording_id}/parts", PARTY, answer=KnownParts)
def list_parts(call: Call, recording_id: str) -> KnownParts:
    """The parts that have arrived, to go on after them."""
    recording, parts = recordings.parts(call.deps, user_id=call.user.user_id, recording_id=recording_id)
    return KnownParts([KnownPart(each.number, each.etag, each.size) for each in parts], recording.state)


@routes.add("POST", "/recordings/{recording_id}/done", PARTY, body=Whole, answer=RecordingView)
def finish_recording(call: Call, recording_id: str) -> RecordingView:
    """All parts have arrived."""
    parts, me = [Part(each.number, each.etag) for each in call.body.parts], call.user.user_id
    seconds = call.body.seconds
    return _view(recordings.done(call.deps, user_id=me, recording_id=recording_id, parts=parts, seconds=seconds))


@routes.add("GET", "/recordings/{recording_id}/link", PARTY, query=LinkQuery, answer=Link)
def link_recording(call: Call, recording_id: str) -> Link:
    """To play or save it, for an hour."""
    me = call.user.user_id
    return Link(recordings.link(call.deps, user_id=me, recording_id=recording_id, save=call.query.save))


@routes.add("POST", "/admin/recordings/{recording_id}/link", ADMIN, body=Reported, answer=Link)
def link_reported_recording(call: Call, recording_id: str) -> Link:
    """An admin looks into what one of the two has reported; that they did is written down."""
    given = call.body.report_id
    return Link(reported_recordings.link(call.deps, by=call.user, recording_id=recording_id, report_id=given))


def _state(consent: Consent) -> RecordingState:
    return RecordingState(consent.state, consent.by, consent.at)


def _view(recording: Recording) -> RecordingView:
    return RecordingView(
        id=recording.id,
        state=recording.state,
        by=recording.by,
        begun_at=recording.begun_at,
        bytes=recording.size,
        content_type=recording.content_type,
        seconds=recording.seconds,
        until=recording.until,
    )
