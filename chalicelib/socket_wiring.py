"""The parts of the world that the sockets' Lambdas use: no others are imported, so that a socket opens soon."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from chalicelib import config as configuration
from chalicelib.gateways import secrets
from chalicelib.gateways.aws import Aws
from chalicelib.gateways.peer_tokens import PeerTokens
from chalicelib.gateways.sockets import Sockets
from chalicelib.gateways.tokens import Tokens
from chalicelib.stores.attendances import Attendances
from chalicelib.stores.chats import Chats
from chalicelib.stores.connection import connected
from chalicelib.stores.connections import Connections
from chalicelib.stores.materials import Materials
from chalicelib.stores.paces import Paces
from chalicelib.stores.presences import Presences
from chalicelib.stores.rooms import Rooms
from chalicelib.stores.table import Tables
from chalicelib.stores.throttles import Throttles
from chalicelib.stores.writes import TableName

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


@dataclass(frozen=True, eq=False, repr=False)
class SocketDeps:
    """A part of wiring's Deps, under the same names: whatever else a use case asks for is an AttributeError."""

    config: Any
    secrets: Any
    clock: Any
    tables: Any
    sockets: Any
    tokens: Any
    peer_tokens: Any
    throttles: Any
    connections: Any
    rooms: Any
    attendances: Any
    chats: Any
    materials: Any
    presences: Any
    paces: Any


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@cache
def deps() -> "Deps":
    """This process's parts, wired by its environment."""
    config = configuration.from_environment()
    aws = Aws(config.region, config.aws_endpoint)
    read_secrets = cache(lambda: secrets.read(aws.ask, config.secrets_id))
    names: dict[TableName, str] = {"core": config.core_table, "ledger": config.ledger_table, "live": config.live_table}
    tables = Tables(connected(aws.ask), names)
    parts = SocketDeps(
        config=config,
        secrets=read_secrets,
        clock=now,
        tables=tables,
        sockets=Sockets(config.sockets_endpoint, config.region),
        tokens=Tokens(read_secrets, now),
        peer_tokens=PeerTokens(read_secrets),
        throttles=Throttles(tables, config.throttle_factor),
        connections=Connections(tables),
        rooms=Rooms(tables),
        attendances=Attendances(tables),
        chats=Chats(tables),
        materials=Materials(tables),
        presences=Presences(tables),
        paces=Paces(config.throttle_factor),
    )
    return cast("Deps", parts)
