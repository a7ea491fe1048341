"""The site, built once for all of these tests into a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from frontend.build import ROOT, build

ORIGIN = "https://site.test"


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build(folder, ORIGIN)
    return folder


@pytest.fixture(scope="session")
def pages(out: Path) -> dict[str, str]:
    """Every page by its path in the output, with its HTML."""
    return {path.relative_to(out).as_posix(): path.read_text("utf-8") for path in sorted(out.rglob("*.html"))}


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """A copy of the sources that a test may change."""
    import shutil

    target = tmp_path / "frontend"
    shutil.copytree(ROOT, target, ignore=shutil.ignore_patterns("dist", "__pycache__"))
    yield target
