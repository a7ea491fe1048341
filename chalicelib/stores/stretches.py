"""A stretch of a partition in one piece, however many pages that takes."""

from collections.abc import Iterator

from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Item

PAGE = 1000


def stretch(tables: Tables, pk: str, start: str, end: str) -> Iterator[Item]:
    """Everything between two sort keys, in their order; one request unless it fills a megabyte."""
    cursor: str | None = None
    while True:
        page = tables.query("core", pk, start=start, end=end, limit=PAGE, cursor=cursor)
        yield from page.items
        cursor = page.next
        if cursor is None:
            return
