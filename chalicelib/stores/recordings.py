"""Recordings: what both have agreed to, and the files that came of it."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.lessons import Lesson
from chalicelib.domain.recordings import Consent, Recording
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Check, Delete, Item, Key, Put, Update

LATER = timedelta(days=2)  # S3 ends a file within a day or two of its time


class Recordings:
    """A consent changes only as it was read; a file from `recording` to its end once."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def consent(self, lesson: Lesson) -> Consent:
        """Whether the two agree, as of now."""
        item = self._tables.read(keys.recording_consent(lesson.booking_id))
        if item:
            return value_of(Consent, item)
        return Consent(lesson.booking_id, lesson.session.id, lesson.mentor_id, lesson.learner_id)

    def agreeing(self, old: Consent, new: Consent) -> Put:
        """The consent's next state, unless the other side changed it first."""
        item = item_of(replace(new, version=old.version + 1)) | {"kind": "recording_consent"}
        unchanged = {"version": old.version} if old.version else NEW
        return Put(key=keys.recording_consent(new.booking_id), item=item, when=unchanged)

    def agreed(self, consent: Consent) -> Check:
        """Neither has taken it back in the meantime."""
        return Check(key=keys.recording_consent(consent.booking_id), when={"version": consent.version})

    def under_way(self, session_id: str) -> Check:
        """The session is still live."""
        return Check(key=keys.session(session_id), when={"status": "live"})

    def find(self, booking_id: str, recording_id: str) -> Recording | None:
        """One file, as it is now."""
        item = self._tables.read(keys.recording(booking_id, recording_id))
        return value_of(Recording, item) if item else None

    def of(self, booking_id: str) -> list[Recording]:
        """All of a booking, in the order they were begun."""
        first = keys.recording(booking_id, "")
        page = self._tables.query("core", first.pk, prefix=first.sk, limit=100)
        return [value_of(Recording, item) for item in page.items]

    def adding(self, recording: Recording) -> Put:
        """A new file, whose parts will come."""
        return Put(key=_place(recording), item=_item(recording), when=NEW)

    def stopping(self, new: Recording) -> Update:
        """Its parts come until sooner than was thought, unless all of it is there."""
        closes_at = item_of(new)["closes_at"]
        return Update(key=_place(new), set={"closes_at": closes_at} | _due(new), when={"state": "recording"})

    def ending(self, new: Recording) -> Update:
        """All of it is there, or nothing will be; once."""
        changes = {"state": new.state, "size": new.size, "seconds": new.seconds}
        return Update(key=_place(new), set=changes | _due(new), when={"state": "recording"})

    def forgetting(self, recording: Recording) -> Delete:
        """Nothing is left of it."""
        return Delete(key=_place(recording))


def _place(recording: Recording) -> Key:
    return keys.recording(recording.booking_id, recording.id)


def _item(recording: Recording) -> Item:
    ttl = int((recording.until + LATER).timestamp())
    return item_of(recording) | {"kind": "recording", "ttl": ttl} | _due(recording)


def _due(recording: Recording) -> dict[str, str | None]:
    return keys.due(recording.id, recording.next_due)
