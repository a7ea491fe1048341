"""A mentor's hours, and all that decides what of them can be had: one partition, read in one request."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from chalicelib.domain.accounts import Account
from chalicelib.domain.availability import Hours
from chalicelib.domain.errors import Conflict, signed_out
from chalicelib.domain.offerings import Offering
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.accounts import account_of
from chalicelib.stores.calendars import quarters
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.offerings import offering_of
from chalicelib.stores.stretches import stretch
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Check, Delete, Item, Put

CHANGED = Conflict("availability_changed", "These hours were changed in the meantime. Please look again.")
DAY, LOCAL, OFFERING, OPEN = "DAY#", "LOCAL#", "OFFERING#", "OPEN#"


@dataclass(frozen=True)
class Timetable:
    """The hours, the claimed quarters by UTC date, how full the mentor's own days are, what is offered and open."""

    hours: Hours
    claims: Mapping[date, Mapping[str, str]]
    counts: Mapping[date, int]
    offerings: tuple[Offering, ...]
    sessions: tuple[Session, ...] = ()

    @property
    def on_offer(self) -> list[Offering]:
        """What can be booked at any open time, the oldest first."""
        return [each for each in self.offerings if each.status == "published"]

    def without_notice(self) -> "Timetable":
        """As it is while the mentor takes sessions at once."""
        return replace(self, hours=replace(self.hours, notice_minutes=0))

    def published(self, offering_id: str) -> Offering:
        """An offering that can be booked, or Conflict."""
        for each in self.on_offer:
            if each.id == offering_id:
                return each
        raise Conflict("not_offered", "This is not offered any more. Please look at the mentor's page again.")


class Availabilities:
    """Hours are saved only over the version that was seen; what was never saved is version 0."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, mentor_id: str) -> Hours:
        """As saved last; no hours at all if never."""
        return hours_of(mentor_id, self._tables.read(keys.hours(mentor_id)))

    def with_account(self, mentor_id: str) -> tuple[Account, Hours]:
        """The hours and, in the same request, whose they are: their zone is the person's."""
        person, hours = self._tables.read_many([keys.account(mentor_id), keys.hours(mentor_id)])
        account = account_of(person)
        if account is None:
            raise signed_out()
        return account, hours_of(mentor_id, hours)

    def timetable(self, mentor_id: str, since: datetime) -> Timetable:
        """Everything from the day before a time on: a session of that day may reach over midnight."""
        day_before = date.fromordinal(max(since.astimezone(UTC).date().toordinal() - 1, 1))
        first = keys.day(mentor_id, day_before)
        rows = list(stretch(self._tables, first.pk, first.sk, "~"))
        own = next((row for row in rows if row["sk"] == keys.hours(mentor_id).sk), None)
        return Timetable(
            hours=hours_of(mentor_id, own),
            claims={day: quarters(row) for day, row in _dated(rows, DAY)},
            counts={day: int(row["count"]) for day, row in _dated(rows, LOCAL)},
            offerings=tuple(offering_of(row) for row in rows if row["sk"].startswith(OFFERING)),
            sessions=tuple(value_of(Session, row) for row in rows if row["sk"].startswith(OPEN)),
        )

    def saving(self, old: Hours, new: Hours) -> Put:
        """The mentor's hours as they are to be, unless they were saved by another page first."""
        item = item_of(replace(new, version=old.version + 1)) | {"kind": "hours"}
        return Put(key=keys.hours(new.mentor_id), item=item, when=_version(old), lost=CHANGED)

    def unchanged(self, hours: Hours) -> Check:
        """What is written beside this was decided on the hours as they were read; on others it is decided anew."""
        return Check(key=keys.hours(hours.mentor_id), when=_version(hours))

    def forgetting(self, mentor_id: str) -> Delete:
        """No hours any more: the mentor has left."""
        return Delete(key=keys.hours(mentor_id))


def hours_of(mentor_id: str, item: Item | None) -> Hours:
    """The stored ones, or those of a mentor who never saved any."""
    return value_of(Hours, item) if item else Hours(mentor_id)


def _version(hours: Hours) -> Mapping[str, object]:
    return {"version": hours.version} if hours.version else NEW


def _dated(rows: list[Item], prefix: str) -> Iterator[tuple[date, Item]]:
    return ((date.fromisoformat(row["sk"].removeprefix(prefix)), row) for row in rows if row["sk"].startswith(prefix))
