"""Recording a session: both agree, one side's browser sends it in parts, both can play it for some weeks."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chalicelib.domain import entries
from chalicelib.domain import recordings as rules
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Conflict, Gone, NotFound
from chalicelib.domain.lessons import lesson_of
from chalicelib.domain.recordings import (
    LARGEST_PART,
    MOST_PARTS,
    MOST_RECORDINGS,
    PLAYING,
    Consent,
    ContentType,
    Part,
    Recording,
    Wish,
)
from chalicelib.domain.rooms import removed
from chalicelib.domain.sessions import Session
from chalicelib.services import lessons, realtime
from chalicelib.services.again import again
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def wish(deps: "Deps", *, user_id: str, session_id: str, wish: Wish) -> Consent:
    """One side's word about being recorded; the room hears of it at once, and whoever joins later too."""

    def wished() -> tuple[Consent, bool]:
        lesson, now = lessons.of(deps, user_id, session_id), deps.clock()
        old = deps.recordings.consent(lesson)
        new = old.wished(lesson.side, wish, now)
        if new == old:
            return old, False
        if wish in ("start", "agree"):
            rules.must_be_under_way(lesson.session, now)
            lost = removed() if lesson.side == "learner" else rules.not_together()
            also = [deps.rooms.recording(lesson.session, state(new), lost=lost), deps.recordings.under_way(session_id)]
        else:
            also = [deps.rooms.recording(lesson.session, state(new))]
        deps.tables.commit([*_changing(deps, old, new), *also])
        return new, True

    consent, changed = again(wished)
    if changed:
        tell(deps, consent)
    return consent


def stopping(deps: "Deps", session: Session, side: Side) -> tuple[Consent, list[Write]]:
    """For the commit of what ends a recording as well: one side has had enough of it, if there is one."""
    old = deps.recordings.consent(lesson_of(session, session.mentor.id))
    new = old.wished(side, "stop", deps.clock())
    return new, _changing(deps, old, new) if new != old else []


def consent(deps: "Deps", *, user_id: str, session_id: str) -> Consent:
    """Whether the two agree, as of now."""
    return deps.recordings.consent(lessons.of(deps, user_id, session_id))


def begin(deps: "Deps", *, user_id: str, session_id: str, content_type: ContentType) -> Recording:
    """A new file, while both agree: sent by the side that asks for it here."""
    lesson, now = lessons.of(deps, user_id, session_id), deps.clock()
    agreed = deps.recordings.consent(lesson)
    rules.must_be_agreed(agreed)
    rules.must_be_under_way(lesson.session, now)
    if len(deps.recordings.of(lesson.booking_id)) >= MOST_RECORDINGS:
        raise Conflict("too_many_recordings", f"At most {MOST_RECORDINGS} recordings of one session.")
    id, days = f"{deps.new_id('rec')}_{lesson.booking_id}", deps.config.recording_days
    new = rules.begin(agreed, lesson.side, lesson.session, id=id, content_type=content_type, days=days, now=now)
    return _begun(deps, agreed, rules.sent_as(new, deps.lesson_files.begin(new.key, content_type)))


def _begun(deps: "Deps", agreed: Consent, recording: Recording) -> Recording:
    try:
        deps.tables.commit([deps.recordings.adding(recording), deps.recordings.agreed(agreed)])
    except BaseException:
        with suppress(Exception):  # the bucket ends by itself what nobody goes on with
            deps.lesson_files.abort(recording.key, recording.upload_id)
        raise
    return recording


def part(deps: "Deps", *, user_id: str, recording_id: str, number: int, size: int) -> str:
    """Leave to send one part, of exactly so many bytes."""
    recording, side = _owned(deps, user_id, recording_id)
    recording.must_take_parts(side, deps.clock())
    entries.refuse(
        number=None if 1 <= number <= MOST_PARTS else f"From 1 to {MOST_PARTS}.",
        bytes=None if 0 < size <= LARGEST_PART else f"At most {LARGEST_PART // 1024**2} MB, and not empty.",
    )
    return deps.lesson_files.part_link(recording.key, recording.upload_id, number, size)


def parts(deps: "Deps", *, user_id: str, recording_id: str) -> tuple[Recording, list[Part]]:
    """What has arrived, for whoever goes on after a lost network."""
    recording, _ = _owned(deps, user_id, recording_id)
    sent = recording.state == "recording"
    return recording, deps.lesson_files.parts(recording.key, recording.upload_id) if sent else []


def done(deps: "Deps", *, user_id: str, recording_id: str, parts: list[Part], seconds: int | None) -> Recording:
    """All parts make one file; said again, it is the same."""
    recording, side = _owned(deps, user_id, recording_id)
    if recording.state == "done":
        return recording
    recording.must_take_parts(side, deps.clock())
    faults = None if parts else "A recording has parts."
    entries.refuse(parts=faults, seconds=None if seconds is None or 0 <= seconds <= 86400 else "That is no length.")
    return _finished(deps, recording, sorted(parts, key=lambda each: each.number), seconds)


def listed(deps: "Deps", *, user_id: str, session_id: str) -> tuple[list[Recording], Consent]:
    """All files of the session that are still kept, and whether it is being recorded."""
    lesson, now = lessons.of(deps, user_id, session_id), deps.clock()
    found = [each for each in deps.recordings.of(lesson.booking_id) if now < each.until and each.state != "lost"]
    return found, deps.recordings.consent(lesson)


def link(deps: "Deps", *, user_id: str, recording_id: str, save: bool) -> str:
    """To play it, or to save it under a name, for an hour."""
    recording, _ = _owned(deps, user_id, recording_id)
    return link_to(deps, recording, save=save)


def link_to(deps: "Deps", recording: Recording, *, save: bool = False) -> str:
    """The same for whoever has been found to be entitled."""
    recording.must_be_done()
    if deps.clock() >= recording.until:
        raise Gone("recording_gone", "This recording is not kept any more.")
    name = f"session-{recording.begun_at:%Y-%m-%d}.{recording.content_type.partition('/')[2]}"
    return deps.lesson_files.link(recording.key, recording.content_type, name if save else None, PLAYING)


def due(deps: "Deps", booking_id: str, recording_id: str) -> None:
    """Nobody has ended it: what has arrived becomes a file, or it is given up."""
    recording = deps.recordings.find(booking_id, recording_id)
    if recording is None or recording.state != "recording":
        return
    arrived = rules.whole(deps.lesson_files.parts(recording.key, recording.upload_id))
    try:
        _finished(deps, recording, arrived, None)  # with no parts left it may have been put together already
    except (Conflict, Gone):
        deps.lesson_files.abort(recording.key, recording.upload_id)
        _ended(deps, recording, recording.lost())


def forget(deps: "Deps", booking_id: str) -> None:
    """Both are in it: when one leaves, it goes."""
    for recording in deps.recordings.of(booking_id):
        if recording.state == "recording":
            deps.lesson_files.abort(recording.key, recording.upload_id)
        deps.lesson_files.remove([recording.key])
        deps.tables.commit([deps.recordings.forgetting(recording)])


def state(consent: Consent) -> dict[str, Any]:
    """As a room is told, and keeps it."""
    return {"state": consent.state, "by": consent.by, "at": consent.at.isoformat() if consent.at else None}


def get(deps: "Deps", recording_id: str) -> Recording:
    """The recording, or NotFound."""
    recording = deps.recordings.find(rules.booking_of(recording_id), recording_id)
    if recording is None:
        raise NotFound("recording")
    return recording


def _finished(deps: "Deps", recording: Recording, parts: list[Part], seconds: int | None) -> Recording:
    size = deps.lesson_files.complete(recording.key, recording.upload_id, parts)
    return _ended(deps, recording, recording.done(size, seconds))


def _ended(deps: "Deps", old: Recording, new: Recording) -> Recording:
    try:
        deps.tables.commit([deps.recordings.ending(new)])
    except Conflict:
        return get(deps, old.id)  # it has been ended meanwhile, to the same end
    return new


def _changing(deps: "Deps", old: Consent, new: Consent) -> list[Write]:
    """With the consent goes the leave to send more than what was recorded under it."""
    sent = deps.recordings.of(old.booking_id) if old.state == "on" and new.state != "on" else []
    stopped = [each.stopped(deps.clock()) for each in sent if each.state == "recording"]
    return [deps.recordings.agreeing(old, new), *(deps.recordings.stopping(each) for each in stopped)]


def _owned(deps: "Deps", user_id: str, recording_id: str) -> tuple[Recording, Side]:
    recording = get(deps, recording_id)
    if user_id not in (recording.mentor_id, recording.learner_id):
        raise NotFound("recording")
    return recording, "mentor" if user_id == recording.mentor_id else "learner"


def tell(deps: "Deps", consent: Consent) -> None:
    """Whoever is in the room hears how things stand."""
    room = deps.rooms.find(consent.session_id)
    message = {"type": "recording", "topic": f"room:{consent.session_id}", "data": state(consent)}
    for present in room.here.values() if room else ():
        realtime.tell(deps, present.connection, message)
