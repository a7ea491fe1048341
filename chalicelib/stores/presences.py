"""Which mentors are there: one item each, moved on by their connections."""

from collections.abc import Sequence
from datetime import UTC, datetime

from chalicelib.domain.errors import DomainError
from chalicelib.domain.presence import LASTS, MentorPresence
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import AtLeast, Below, Check, Delete, Item, Update


class Presences:
    """Times are milliseconds since 1970: they are compared within a second. An item stays; its `until` passes."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str) -> MentorPresence | None:
        """One mentor's."""
        return presence_of(user_id, self._tables.read(keys.presence(user_id), consistent=False))

    def among(self, user_ids: Sequence[str]) -> list[MentorPresence]:
        """Those of some people who are mentors and were ever there, in one request."""
        found = self._tables.read_many([keys.presence(each) for each in user_ids]) if user_ids else []
        pairs = zip(user_ids, found, strict=True)
        return [presence for user_id, item in pairs if (presence := presence_of(user_id, item))]

    def coming(self, user_id: str, now: datetime) -> Update:
        """Seen now: there until it is time to be heard of again."""
        return Update(key=keys.presence(user_id), set={"seen_at": _ms(now), "until": _ms(now + LASTS)})

    def going(self, user_id: str, now: datetime) -> Update:
        """The last page was closed, unless another has been heard of since."""
        when = {"seen_at": Below(_ms(now))}
        return Update(key=keys.presence(user_id), set={"seen_at": _ms(now), "until": _ms(now)}, when=when)

    def taking_instant(self, user_id: str, instant: bool) -> Update:
        """Whether they take sessions at once while they are there."""
        return Update(key=keys.presence(user_id), set={"instant": instant})

    def live(self, user_id: str, now: datetime, lost: DomainError) -> Check:
        """The mentor takes sessions at once, and is there."""
        return Check(key=keys.presence(user_id), when={"instant": True, "until": AtLeast(_ms(now))}, lost=lost)

    def forgetting(self, user_id: str) -> Delete:
        """Nobody was ever there."""
        return Delete(key=keys.presence(user_id))


def presence_of(user_id: str, item: Item | None) -> MentorPresence | None:
    """What an item says of a mentor; one who has only opted in was never seen."""
    if item is None:
        return None
    seen, until = (_moment(item.get(name, 0)) for name in ("seen_at", "until"))
    return MentorPresence(user_id, seen, until, item.get("instant", False))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
