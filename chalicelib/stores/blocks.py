"""Who has blocked whom, under the one who did."""

from chalicelib.domain.blocks import Block, blocked_by_you, not_possible
from chalicelib.domain.errors import DomainError
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Check, Delete, Put

MOST = 500


class Blocks:
    """What a block forbids carries `free` in its commit: no race lets it through."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def of_person(self, user_id: str) -> list[Block]:
        """Whom somebody has blocked."""
        page = self._tables.query("core", keys.block(user_id, "").pk, prefix="BLOCK#", limit=MOST)
        return [value_of(Block, item) for item in page.items]

    def adding(self, block: Block) -> Put:
        """Twice is as good as once."""
        return Put(key=keys.block(block.by, block.of), item=item_of(block) | {"kind": "block"})

    def removing(self, by: str, of: str) -> Delete:
        """The two are as before."""
        return Delete(key=keys.block(by, of))

    def free(self, by: str, of: str, lost: DomainError | None = None) -> Check:
        """The first has not blocked the second, who is told no more than that it is not possible."""
        return Check(key=keys.block(by, of), when=NEW, lost=lost or not_possible())

    def free_both(self, user_id: str, other_id: str) -> list[Check]:
        """Neither has blocked the other; `user_id` is who is told."""
        return [self.free(user_id, other_id, blocked_by_you()), self.free(other_id, user_id)]
