"""The release as built for this machine; production's differs in the runtime's name and the wheels."""

import json
from typing import Any

import pytest

from infra.build import Release, build
from infra.release import target


@pytest.fixture(scope="session")
def release() -> Release:
    """Built if it is not."""
    return build(target.local(), quiet=True)


@pytest.fixture(scope="session")
def app(release: Release) -> dict[str, Any]:
    """The app stack's resources."""
    resources: dict[str, Any] = json.loads(release.app.read_text())["Resources"]
    return resources


@pytest.fixture(scope="session")
def data(release: Release) -> dict[str, Any]:
    """The data stack's resources."""
    resources: dict[str, Any] = json.loads(release.data.read_text())["Resources"]
    return resources
