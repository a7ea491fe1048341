"""Open sockets: each one by itself, and in its owner's list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import Unauthenticated
from chalicelib.stores import keys
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Delete, Key, Put, Write

LONGEST = timedelta(hours=2, minutes=10)  # API Gateway hangs up after two hours
USED_TICKET = timedelta(minutes=5)
ADMINS = "admins"
MOST_KNOWN = 10_000


@dataclass(frozen=True)
class Connection:
    """Whose socket this is; an admin's is also in the list of all admins' sockets, a mentor's shows they are here."""

    id: str
    user_id: str
    admin: bool = False
    mentor: bool = False


class Connections:
    """What is left behind by a socket that died unheard is gone with its TTL."""

    def __init__(self, tables: Tables):
        self._tables = tables
        self._owners: dict[str, str] = {}  # a socket has one owner as long as it lives, and its id no successor

    def owner(self, connection_id: str) -> str | None:
        """Whose socket this is: asked for once by each process, which has mostly just greeted it."""
        if connection_id not in self._owners:
            self.find(connection_id)
        return self._owners.get(connection_id)

    def find(self, connection_id: str, *, opened_by: datetime | None = None) -> Connection | None:
        """The open socket; with `opened_by`, only one that was opened until then."""
        item = self._tables.read(keys.connection(connection_id))
        if item is None or (opened_by and item["ttl"] > _lapses(opened_by)):
            return None
        if len(self._owners) >= MOST_KNOWN:
            self._owners.clear()
        self._owners[connection_id] = item["user_id"]
        return Connection(connection_id, item["user_id"], item["admin"], item.get("mentor", False))

    def of(self, user_id: str) -> list[str]:
        """A person's open sockets, on all devices; `ADMINS` asks for those of all admins."""
        page = self._tables.query("live", keys.connection_link(user_id, "").pk, prefix="CON#", limit=100)
        return [item["connection"] for item in page.items]

    def opening(self, connection: Connection, ticket_id: str, now: datetime) -> list[Write]:
        """The socket is open, and its ticket good for no other."""
        used = Unauthenticated("ticket_used", "This ticket has been used.")
        until = _lapses(now)
        item = {"user_id": connection.user_id, "admin": connection.admin, "mentor": connection.mentor, "ttl": until}
        ticket = {"ttl": int((now + USED_TICKET).timestamp())}
        return [
            Put(key=keys.ticket(ticket_id), item=ticket, when=NEW, lost=used),
            Put(key=keys.connection(connection.id), item=item),
            *(Put(key=link, item={"connection": connection.id, "ttl": until}) for link in _links(connection)),
        ]

    def closing(self, connection: Connection) -> list[Write]:
        """The socket is no more."""
        return [Delete(key=keys.connection(connection.id)), *(Delete(key=link) for link in _links(connection))]


def _lapses(opened: datetime) -> int:
    return int((opened + LONGEST).timestamp())


def _links(connection: Connection) -> list[Key]:
    owners = [connection.user_id, *([ADMINS] if connection.admin else [])]
    return [keys.connection_link(owner, connection.id) for owner in owners]
