"""Notices edits by looking: half a second late at most, the same on every system, and nothing to install."""

import os
from collections.abc import Iterable
from pathlib import Path

from infra.paths import ROOT

CODE = ("app.py", "functions", "chalicelib", ".chalice", "infra/templates", "infra/site", "requirements.txt")
PAGES = ("frontend",)
NOT_WATCHED = {"__pycache__", "dist", "node_modules", "deployments"}


class Watch:
    """A group of files, and whether any was added, changed or removed since the last look."""

    def __init__(self, tops: Iterable[str]) -> None:
        self._tops = [ROOT / top for top in tops]
        self._seen = self._look()

    def changed(self) -> list[Path]:
        """What differs from the last look."""
        now = self._look()
        differs = [path for path in now.keys() | self._seen.keys() if now.get(path) != self._seen.get(path)]
        self._seen = now
        return [Path(path) for path in sorted(differs)]

    def _look(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        waiting = [str(top) for top in self._tops if top.is_dir()]
        for top in self._tops:
            if top.is_file():
                found[str(top)] = _mark(top.stat())
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name in NOT_WATCHED or entry.name.endswith(("~", ".swp", ".tmp")):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        found[entry.path] = _mark(entry.stat(follow_symlinks=False))
        return found


def _mark(status: os.stat_result) -> tuple[int, int]:
    return status.st_mtime_ns, status.st_size
