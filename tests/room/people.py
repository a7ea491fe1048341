"""Two people in a real browser against the bare relay: what the browser tests and the benchmark are written in."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--disable-domain-reliability",
    "--no-pings",
    "--metrics-recording-only",
    "--disable-breakpad",
    "--allow-loopback-in-peer-connection",
    "--disable-features=OptimizationHints,MediaRouter,DialMediaRouteProvider,Translate,AutofillServerCommunication",
    # the one that stops every name from being looked up
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE 10.99.*",
]
FAKE_UI = "--use-fake-ui-for-media-stream"
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# Keeps every connection a page makes, so that a test can ask the newest one.
REMEMBER = """window.links = []; window.asked = false;
const gum = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (gum) navigator.mediaDevices.getUserMedia = (...all) => ((window.asked = true), gum(...all));
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...all) { super(...all); window.links.push(this) }
};"""
INBOUND = """async () => {
  const link = window.links.at(-1)
  const seen = {state: link?.connectionState, frames: 0, bytes: 0, audio: 0, energy: 0, relayed: false}
  if (!link || link.connectionState === 'closed') return seen
  const report = await link.getStats()
  for (const each of report.values()) {
    if (each.type === 'inbound-rtp' && each.kind === 'video') seen.frames += each.framesDecoded ?? 0
    if (each.type === 'inbound-rtp' && each.kind === 'audio') {
      seen.audio += each.bytesReceived
      seen.energy += each.totalAudioEnergy ?? 0
    }
    if (each.type === 'transport') {
      seen.bytes += each.bytesReceived
      const pair = report.get(each.selectedCandidatePairId)
      seen.relayed = report.get(pair?.localCandidateId)?.candidateType === 'relay'
    }
  }
  return seen
}"""
# The mean brightness of the other's picture, and how much it differs from a moment before.
PICTURE = """async () => {
  const video = document.querySelector('[x-ref=remote]')
  const canvas = new OffscreenCanvas(64, 36).getContext('2d', {willReadFrequently: true})
  const grab = () => { canvas.drawImage(video, 0, 0, 64, 36); return canvas.getImageData(0, 0, 64, 36).data }
  const first = grab().slice()
  await new Promise((done) => setTimeout(done, 400))
  const second = grab()
  let light = 0, moved = 0
  for (let i = 0; i < first.length; i += 4) {
    light += second[i] + second[i + 1] + second[i + 2]
    moved += Math.abs(second[i + 1] - first[i + 1])
  }
  return {light: light / (first.length / 4 * 3), moved: moved / (first.length / 4)}
}"""


async def until(ask: Any, timeout: float = 15, every: float = 0.05) -> Any:
    """Wait for a truthy answer; polled from outside, for the page's CSP forbids what wait_for_function does."""
    end = time.monotonic() + timeout
    while True:
        if answer := await ask():
            return answer
        if time.monotonic() > end:
            raise TimeoutError(f"not within {timeout} s")
        await asyncio.sleep(every)


@dataclass
class Person:
    """One browser context on the room's page."""

    role: str
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)

    async def phase(self) -> str:
        """The room's state word."""
        return str(await self.page.evaluate("Alpine_phase()"))

    async def is_in(self, phase: str, timeout: float = 15) -> None:
        """Wait for a state."""
        try:
            await until(self._at(phase), timeout)
        except TimeoutError:
            raise TimeoutError(f"{self.role} is {await self.phase()}, not {phase}, after {timeout} s") from None

    def _at(self, phase: str) -> Any:
        async def ask() -> bool:
            return await self.phase() == phase

        return ask

    async def inbound(self) -> dict[str, Any]:
        """What the newest connection has received."""
        return dict(await self.page.evaluate(INBOUND))

    async def sees_new_frames(self, timeout: float = 15) -> float:
        """Wait until more frames are decoded; how long that took."""
        began, before = time.monotonic(), await self.inbound()

        async def more() -> bool:
            now = await self.inbound()
            return now["frames"] > before["frames"] + 2 or 2 < now["frames"] < before["frames"]

        await until(more, timeout)
        return time.monotonic() - began

    async def join(self) -> None:
        """Press Join as soon as it can be pressed."""
        await self.is_in("checking")
        await self.page.locator("[data-join]:enabled").click()

    async def shows(self, selector: str, timeout: float = 5) -> None:
        """Wait until something can be seen."""
        await self.page.locator(selector).first.wait_for(state="visible", timeout=timeout * 1000)

    async def hides(self, selector: str, timeout: float = 5) -> None:
        """Wait until something can no longer be seen."""
        await self.page.locator(selector).first.wait_for(state="hidden", timeout=timeout * 1000)

    async def text(self, selector: str) -> str:
        """The words in an element."""
        return (await self.page.locator(selector).first.inner_text()).strip()

    async def opens(self, name: str) -> None:
        """Something that is under More."""
        await self.page.locator("[data-more]").click()
        await self.page.locator(".bar-menu").get_by_role("button", name=name).click()

    async def heading(self) -> str:
        """The one heading of the first level that can be seen, once the page has drawn what it knows."""
        await self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return await self.text("h1:visible")


READ_PHASE = """window.Alpine_phase = () => document.querySelector('[x-data=room]')?._x_dataStack?.[0]?.phase ?? ''"""


async def enter(browser: Browser, base: str, room: str, role: str, **options: Any) -> Person:
    """A person opens the room's page."""
    query = options.pop("query", "")
    grants = options.pop("grants", None)
    cookies = options.pop("cookies", None)
    script = options.pop("script", "")
    context = await browser.new_context(**{"viewport": WIDE, **options})
    if grants is not None:
        await context.grant_permissions(grants, origin=base)
    await context.add_cookies(cookies or [{"name": "who", "value": role, "url": base}])
    await context.add_init_script(REMEMBER)
    await context.add_init_script(READ_PHASE)
    if script:
        await context.add_init_script(script)
    person = Person(role, context, await context.new_page())
    person.page.on("pageerror", lambda error: person.faults.append(f"{role}: {error}"))
    person.page.on("console", lambda said: said.type == "error" and person.faults.append(f"{role}: {said.text}"))
    await person.page.goto(f"{base}/room/{room}{query}")
    return person


async def launch(playwright: Playwright, *extra: str, fake_ui: bool = True, executable: str = CHROMIUM) -> Browser:
    """Chromium with made-up devices and no traffic of its own."""
    flags = [*FLAGS, *([FAKE_UI] if fake_ui else []), *extra]
    return await playwright.chromium.launch(executable_path=executable, headless=True, args=flags)


async def in_call(*people: Person) -> None:
    """All of them, one after the other, join and reach the call."""
    for index, person in enumerate(people):
        await person.join()
        if index == 0 and len(people) > 1:
            await person.is_in("waiting")
    for person in people:
        await person.is_in("in-call")


@asynccontextmanager
async def meeting(browser: Browser, base: str, room: str, **options: Any) -> AsyncIterator[tuple[Person, Person]]:
    """A mentor and a learner in a call; whatever went wrong on their pages fails the story."""
    mentor = await enter(browser, base, room, "mentor", **options)
    learner = await enter(browser, base, room, "learner", **options)
    try:
        await in_call(mentor, learner)
        yield mentor, learner
        assert mentor.faults + learner.faults == []
    finally:
        await mentor.context.close()
        await learner.context.close()
