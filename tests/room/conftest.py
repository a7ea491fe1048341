"""The built site with the bare relay, and one browser, for every story told in this folder."""

import asyncio
import functools
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Playwright, async_playwright

from tests.bench.room.meetings import Meeting
from tests.bench.room.origin import Origin
from tests.room import people

ROOT = Path(__file__).parents[2]


@dataclass
class Stage:
    """Where a story happens: the site, its relay, and a browser with made-up devices."""

    loop: asyncio.AbstractEventLoop
    dist: Path
    playwright: Playwright
    browser: Browser
    origin: Origin
    base: str
    rooms: int = 0

    def room(self, **settings: Any) -> str:
        """A room of its own for each story."""
        self.rooms += 1
        self.origin.api.meetings[id := f"ses_{self.rooms}"] = Meeting(**settings)
        return id

    def enter(self, room: str, role: str, **options: Any) -> Coroutine[Any, Any, people.Person]:
        """One person opens the page of a room."""
        return people.enter(options.pop("browser", self.browser), options.pop("base", self.base), room, role, **options)

    def meeting(self, room: str | None = None, **options: Any) -> Any:
        """Two people in a call."""
        return people.meeting(self.browser, self.base, room or self.room(), **options)

    @asynccontextmanager
    async def another_browser(self, *flags: str, **options: Any) -> Any:
        """A browser started differently."""
        browser = await people.launch(self.playwright, *flags, **options)
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once; SITE_DIST names one that is built already."""
    if given := os.environ.get("SITE_DIST"):
        return Path(given)
    out = tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "frontend.build", "--out", str(out)], cwd=ROOT, check=True)
    return out


@pytest.fixture(scope="session")
def stage(dist: Path) -> Iterator[Stage]:
    """One loop, one browser and one relay for the session; stories keep apart by rooms of their own."""
    loop = asyncio.new_event_loop()
    playwright = loop.run_until_complete(async_playwright().start())
    browser = loop.run_until_complete(people.launch(playwright))
    origin = Origin(dist)
    port = loop.run_until_complete(origin.start())
    yield Stage(loop, dist, playwright, browser, origin, f"http://127.0.0.1:{port}")
    loop.run_until_complete(browser.close())
    loop.run_until_complete(playwright.stop())
    origin.server.close()
    loop.run_until_complete(loop.shutdown_asyncgens())
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.sleep(0.05))
    loop.close()


def story(told: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """A test written as a coroutine, run on the stage's loop."""

    @functools.wraps(told)
    def run(stage: Stage, **fixtures: Any) -> None:
        stage.loop.run_until_complete(asyncio.wait_for(told(stage, **fixtures), 180))

    return run
