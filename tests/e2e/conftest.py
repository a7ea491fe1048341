"""One Chromium for all journeys; whatever goes wrong on a visitor's pages fails the journey."""

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from infra.local.stack import Stack
from infra.paths import LOCAL
from tests.e2e.visitors import Visitor, visitor
from tests.room.people import CHROMIUM, FAKE_UI, FLAGS
from tests.stack.conftest import anyone, new_admin, new_learner, new_mentor, new_session, sign_in

__all__ = ["anyone", "new_admin", "new_learner", "new_mentor", "new_session", "sign_in"]
PICTURES = LOCAL / "e2e"
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure, for the pictures taken of it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium with made-up devices and no traffic of its own; its event loop must be gone before others run theirs."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS, FAKE_UI])
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, stack: Stack, request: pytest.FixtureRequest) -> Iterator[Callable[..., Visitor]]:
    """New people, each with a profile of their own; a failed journey leaves pictures of their pages in .local/e2e."""
    people: list[Visitor] = []

    def made(name: str, **options: object) -> Visitor:
        people.append(visitor(browser, stack.base_url, name, **options))
        return people[-1]

    yield made
    faults = [fault for person in people for fault in person.faults]
    for person in people:
        if request.node.stash.get(FAILED, False):
            person.page.screenshot(path=PICTURES / f"{request.node.name}-{person.name}.png")
        person.context.close()
    assert faults == []
