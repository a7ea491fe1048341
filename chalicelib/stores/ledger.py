"""The ledger: postings that are only ever added, a line on each account they touch, and what each mentor has."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.errors import Conflict
from chalicelib.domain.ledger import BEGINNING, SYSTEM, Balance, Posting, owed
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, AtLeast, Item, Put, Update, Write

POSTED = "already_posted"
PAGE = 200


class PostingPage(NamedTuple):
    """A page of a mentor's postings and the cursor of the next."""

    items: list[Posting]
    next: str | None


class Ledger:
    """Only settlement and the payout worker may write it."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def posting(self, posting: Posting, *, needs_available: int = 0) -> list[Write]:
        """Post it, unless its reference has been posted; what a payout needs must be available."""
        first = Put(
            key=keys.posting(posting.reference),
            item=item_of(posting) | {"kind": "posting"},
            when=NEW,
            lost=Conflict(POSTED, "This has been posted already."),
        )
        return [first, *_lines(posting), *_balance(posting, needs_available)]

    def balance(self, mentor_id: str) -> Balance:
        """What a mentor has with us."""
        item = self._tables.read(keys.balance(mentor_id))
        return value_of(Balance, item | {"mentor_id": mentor_id}) if item else Balance(mentor_id)

    def balances(self) -> Iterator[Balance]:
        """Everybody's."""
        for shard in range(keys.LEDGER_SHARDS):
            for item in self._all(f"BAL#{shard:02d}"):
                yield value_of(Balance, item | {"mentor_id": item["sk"]})

    def of_mentor(self, mentor_id: str, *, limit: int, cursor: str | None) -> PostingPage:
        """What touched a mentor's earnings, the latest first."""
        pk = keys.line(f"mentor:{mentor_id}", BEGINNING, "").pk
        page = self._tables.query("ledger", pk, start="", end="~", limit=limit, cursor=cursor, newest_first=True)
        return PostingPage([value_of(Posting, item) for item in page.items], page.next)

    def of_mentor_between(self, mentor_id: str, start: datetime, end: datetime) -> list[Posting]:
        """What touched a mentor's earnings in a period, the earliest first."""
        pk = keys.line(f"mentor:{mentor_id}", start, "").pk
        found = self._all(pk, keys.instant(start), keys.instant(end))
        return [value_of(Posting, item) for item in found]

    def lines(self, account: str, start: datetime, end: datetime) -> Iterator[tuple[str, int]]:
        """References and paise on one of the system's accounts in a period, from all its parts."""
        for shard in range(keys.LEDGER_SHARDS):
            pk = keys.system_line(account, shard, start, "").pk
            for item in self._all(pk, keys.instant(start), keys.instant(end)):
                yield item["reference"], item["paise"]

    def find(self, reference: str) -> Posting | None:
        """The posting under a reference."""
        item = self._tables.read(keys.posting(reference))
        return value_of(Posting, item) if item else None

    def _all(self, pk: str, start: str = "", end: str = "~") -> Iterator[Item]:
        cursor: str | None = None
        while True:
            page = self._tables.query("ledger", pk, start=start, end=end, limit=PAGE, cursor=cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return


def _lines(posting: Posting) -> list[Write]:
    shard = keys.ledger_shard(posting.reference)
    found: list[Write] = [
        Put(
            key=keys.system_line(leg.account, shard, posting.at, posting.reference),
            item={"kind": "line", "reference": posting.reference, "paise": leg.paise},
        )
        for leg in posting.legs
        if leg.account in SYSTEM
    ]
    if posting.mentor_id:
        place = keys.line(f"mentor:{posting.mentor_id}", posting.at, posting.reference)
        found.append(Put(key=place, item=item_of(posting) | {"kind": "mentor_line"}))
    return found


def _balance(posting: Posting, needs_available: int) -> list[Write]:
    change = owed(posting)
    if not change:
        return []
    when = {"available": AtLeast(needs_available)} if needs_available else {}
    short = Conflict("not_enough", "There is not enough available for this payout.")
    return [Update(key=keys.balance(posting.mentor_id), add=dict(change), when=when, lost=short)]
