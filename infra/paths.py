"""Where things are, and one name for what a set of files holds."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INFRA = ROOT / "infra"
TEMPLATES = INFRA / "templates"
SITE = ROOT / "frontend" / "dist"
LOCAL = ROOT / ".local"
BUILD = LOCAL / "build"


def sources(*tops: str, suffixes: tuple[str, ...] = ("",)) -> list[Path]:
    """The files under the project's own folders (or the files themselves), caches left out, in a fixed order."""
    found: set[Path] = set()
    for top in tops:
        path = ROOT / top
        found |= {path} if path.is_file() else {each for each in path.rglob("*") if each.is_file()}
    return sorted(p for p in found if "__pycache__" not in p.parts and p.name.endswith(suffixes))


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """The same twelve letters for the same names and contents."""
    digest = hashlib.sha256("\0".join(words).encode())
    for path in files:
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
        digest.update(f"\0{name}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
