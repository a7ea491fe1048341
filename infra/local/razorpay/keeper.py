"""Keeps the books on disk: what has changed is written, all of it or nothing, before anybody is answered."""

import json
import sqlite3
from pathlib import Path

from infra.local.razorpay.shelves import Shelves

TABLE = "CREATE TABLE IF NOT EXISTS held (kind TEXT, id TEXT, entity TEXT, PRIMARY KEY (kind, id))"
PUT = "INSERT INTO held VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET entity = excluded.entity"


class Keeper:
    """One file; rows stay in the order in which things were made."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute(TABLE)

    def restore(self, shelves: Shelves) -> None:
        """As it was kept."""
        for kind, entity in self._file.execute("SELECT kind, entity FROM held ORDER BY rowid"):
            shelves.restore(kind, json.loads(entity))

    def keep(self, shelves: Shelves) -> None:
        """What has changed since."""
        if shelves.changed:
            with self._file:
                rows = ((kind, name, json.dumps(entity)) for (kind, name), entity in shelves.changed.items())
                self._file.executemany(PUT, rows)
            shelves.changed.clear()

    def close(self) -> None:
        """Nothing more to keep."""
        self._file.close()
