"""Postings that wait for the ledger: each in the commit of the change it is about, due until it is posted."""

from datetime import datetime

from chalicelib.domain.ledger import Posting
from chalicelib.domain.outgoing import FAST_PATH
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Put, Update


class Postings:
    """What is to be posted, by its reference: the same one is never taken down twice."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, reference: str) -> tuple[Posting, bool] | None:
        """What is to be posted, and whether it has been."""
        item = self._tables.read(keys.money(reference))
        return (value_of(Posting, item), item["status"] == "posted") if item else None

    def adding(self, posting: Posting) -> Put:
        """Wait to be posted."""
        due = keys.due(posting.reference, posting.at + FAST_PATH)
        item = item_of(posting) | {"kind": "posting", "id": posting.reference, "status": "waiting"} | due
        return Put(key=keys.money(posting.reference), item=item, when=NEW)

    def posted(self, reference: str, now: datetime) -> Update:
        """It stands in the ledger."""
        done = {"status": "posted", "posted_at": keys.instant(now)} | keys.due(reference, None)
        return Update(key=keys.money(reference), set=done, when={"status": "waiting"})
