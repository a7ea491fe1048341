"""Tables of their own on the running emulator: nothing else writes to them, and no stream reads them."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.gateways.aws import Aws
from chalicelib.stores import expressions
from chalicelib.stores.connection import Connection, connected
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import Item, Key, Put
from infra.local.stack import Stack


class Emptied:
    """Fresh tables, and a look at all that is in them."""

    def __init__(self, client: Any, connection: Connection, real: wiring.Deps):
        self._client, self.connection = client, connection
        run = uuid.uuid4().hex[:8]
        self.names = {"core": f"core-{run}", "ledger": f"ledger-{run}", "live": f"live-{run}"}
        for name in ("core", "ledger", "live"):
            self._create(getattr(real.config, f"{name}_table"), self.names[name])

    def tables(self, connection: Any = None) -> Tables:
        """As the product speaks to them."""
        return Tables(connection or self.connection, self.names)  # type: ignore[arg-type]

    def items(self, name: str = "core") -> dict[Key, Item]:
        """Everything in a table."""
        found: dict[Key, Item] = {}
        for page in self._client.get_paginator("scan").paginate(TableName=self.names[name], ConsistentRead=True):
            for row in page["Items"]:
                item = expressions.decoded(row) or {}
                found[Key(name, item["pk"], item["sk"])] = item  # type: ignore[arg-type]
        return found

    def load(self, items: dict[Key, Item]) -> None:
        """What is to be there at first."""
        puts = [Put(key=key, item=item) for key, item in items.items()]
        for first in range(0, len(puts), 100):
            self.tables().commit(puts[first : first + 100])

    def drop(self) -> None:
        """No trace."""
        for name in ("core", "ledger", "live"):
            self._client.delete_table(TableName=self.names[name])

    def _create(self, like: str, name: str) -> None:
        table = self._client.describe_table(TableName=like)["Table"]
        indexes = [
            {part: each[part] for part in ("IndexName", "KeySchema", "Projection")}
            for each in table.get("GlobalSecondaryIndexes", [])
        ]
        self._client.create_table(
            TableName=name,
            KeySchema=table["KeySchema"],
            AttributeDefinitions=table["AttributeDefinitions"],
            BillingMode="PAY_PER_REQUEST",
            **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
        )


@pytest.fixture
def emptied(stack: Stack, real: wiring.Deps) -> Iterator[Callable[[], Emptied]]:
    """Makes fresh tables, as many as are wanted."""
    made: list[Emptied] = []
    connection = connected(Aws(real.config.region, real.config.aws_endpoint).ask)
    client = stack.client("dynamodb")

    def fresh() -> Emptied:
        made.append(Emptied(client, connection, real))
        return made[-1]

    yield fresh
    for each in made:
        each.drop()
