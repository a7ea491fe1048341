"""How many learners have named each topic among their interests."""

import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

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
ROWS = 5000  # some hundred kilobytes a page, of at most a megabyte
FRESH = timedelta(seconds=60)  # all is read to the end, however many topics there are: by each process once a minute
MOST_CLEARED, FEW = 25, 200


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


class Reading(NamedTuple):
    """All the counts as they were at a moment, and the rows among them that count nobody."""

    at: datetime
    topics: list[Topic]
    spent: list[Item]


class Topics:
    """Counts are written by the store of accounts; here they are read."""

    def __init__(self, tables: Tables):
        self._tables = tables
        self._seen: Reading | None = None

    def all(self, now: datetime) -> list[Topic]:
        """Each topic once, its parts summed, in the spelling of the fullest; at most a minute old."""
        if self._seen is None or now - self._seen.at > FRESH:
            rows = list(self._rows())
            self._seen = Reading(now, _summed(rows), [row for row in rows if row["count"] == 0])
        return self._seen.topics

    def beginning(self, letters: str) -> list[Topic]:
        """Those that begin so, as they are now, if they are few enough for one look."""
        page = self._tables.query("core", keys.TOPICS, prefix=letters, limit=FEW)
        return _summed(page.items) if page.next is None else []

    def clearing(self) -> list[Delete]:
        """Counts read as nothing, if they still are; once for each reading."""
        if self._seen is None:
            return []
        spent, self._seen = self._seen.spent[:MOST_CLEARED], self._seen._replace(spent=[])
        return [Delete(key=Key("core", row["pk"], row["sk"]), when={"count": 0}) for row in spent]

    def _rows(self) -> Iterator[Item]:
        cursor: str | None = None
        while True:
            page = self._tables.query("core", keys.TOPICS, limit=ROWS, cursor=cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return


def _summed(rows: list[Item]) -> list[Topic]:
    found: dict[str, Topic] = {}
    for row in sorted(rows, key=lambda row: -int(row["count"])):
        key = rules.key_of(row["topic"])
        before = found.get(key, Topic(row["topic"], 0))
        found[key] = Topic(before.topic, before.learners + int(row["count"]))
    return list(found.values())
