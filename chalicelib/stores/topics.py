"""How many learners have named each topic among their interests."""

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.domain import topics as rules
from chalicelib.domain.topics import Change, Topic
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Delete, Item, Key, Update

# Two people who name a topic at the same moment write the same count, and DynamoDB has one of the two transactions ask
# again. A count in parts, chosen by the person, makes that rare even for what everybody names on the day of a campaign;
# what only one person names, as most, is one small item all the same. One partition is enough: its keys are words, so
# DynamoDB can divide it where it grows warm, and one query reads it whole, which substrings need.
PARTS = 8
ROWS, PAGES = 1000, 5
FRESH = timedelta(seconds=10)  # one reading serves the letters of one typed word
MOST_CLEARED = 25


def counting(user_id: str, changes: Iterable[Change]) -> list[Update]:
    """The counts follow in the commit that changes the person: a crash leaves both or neither.

    ADD needs no reading before; the spelling shown is that of whoever named the topic last.
    """
    return [
        Update(
            key=keys.topic(rules.key_of(change.topic), part_of(user_id)),
            add={"count": change.by},
            set={"topic": change.topic},
        )
        for change in changes
    ]


def part_of(user_id: str) -> int:
    """Always the same for one person: what they add they also take away."""
    return zlib.crc32(user_id.encode()) % PARTS


class Topics:
    """Counts are written by the store of accounts; here they are read."""

    def __init__(self, tables: Tables):
        self._tables = tables
        self._seen: tuple[datetime, list[Item]] | None = None

    def all(self, now: datetime) -> list[Topic]:
        """Each topic once, its parts summed, in the spelling of the fullest; at most some seconds old."""
        found: dict[str, Topic] = {}
        for row in sorted(self._rows(now), key=lambda row: -int(row["count"])):
            key = rules.key_of(row["topic"])
            before = found.get(key, Topic(row["topic"], 0))
            found[key] = Topic(before.topic, before.learners + int(row["count"]))
        return list(found.values())

    def clearing(self) -> list[Delete]:
        """Counts read as nothing, if they still are; once for each reading."""
        seen_at, rows = self._seen or (None, [])
        spent = [row for row in rows if row["count"] == 0][:MOST_CLEARED]
        if seen_at:
            self._seen = (seen_at, [row for row in rows if row["count"] != 0])
        return [Delete(key=Key("core", row["pk"], row["sk"]), when={"count": 0}) for row in spent]

    def _rows(self, now: datetime) -> list[Item]:
        if self._seen is None or now - self._seen[0] > FRESH:
            self._seen = (now, self._read())
        return self._seen[1]

    def _read(self) -> list[Item]:
        rows: list[Item] = []
        cursor: str | None = None
        for _ in range(PAGES):
            page = self._tables.query("core", keys.TOPICS, limit=ROWS, cursor=cursor)
            rows += page.items
            cursor = page.next
            if cursor is None:
                break
        return rows
