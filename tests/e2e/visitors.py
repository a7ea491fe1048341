"""A person at a browser: what they do in words, what went wrong on their pages, and what axe finds there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from chalicelib.domain.accounts import Account
from tests.client import Client
from tests.room.people import INBOUND, PICTURE, REMEMBER, WIDE

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
COLOURS = ["color-contrast", "link-in-text-block"]  # what a change of scheme can spoil
RULES = """async (only) => {
  const why = (node) => [...node.any, ...node.all, ...node.none].map((each) => each.message).join(' ')
  const found = await axe.run(document, {resultTypes: ['violations'], ...(only && {runOnly: only})})
  const told = (rule, node) => `${rule.id}: ${node.target.join(' ')}: ${why(node)}`
  return found.violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node)))
}"""
EXPECTED = (
    "401 (Unauthorized)",
    "403 (Forbidden)",
    "409 (Conflict)",
    "422 (Unprocessable",
)  # refusals that the page shows in words
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@dataclass
class Visitor:
    """One browser profile; `faults` is every page error and every console error that nobody meant."""

    name: str
    origin: str
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)

    def is_signed_in_as(self, account: Account, browser: Client) -> None:
        """Holds the cookies that signing in would have given."""
        cookies = {**browser.cookies, "signed_in": account.id}
        self.context.add_cookies(
            [
                {"name": name, "value": value, "url": "https://localhost", "secure": True}
                for name, value in cookies.items()
            ]
        )

    def goes(self, path: str) -> None:
        """Opens a page of the site, or a whole address."""
        self.page.goto(path if path.startswith("http") else self.origin + path)

    def fills(self, label: str, words: str) -> None:
        """Types into the field with this label."""
        self.page.get_by_label(label, exact=True).and_(self.page.locator("input, textarea")).first.fill(words)

    def picks(self, label: str, option: str) -> None:
        """Chooses from the list with this label."""
        self.page.get_by_label(label, exact=True).select_option(option)

    def adds(self, label: str, *chips: str) -> None:
        """Types words into a field that collects them."""
        box = self.page.get_by_label(label, exact=True).and_(self.page.locator("input"))
        for chip in chips:
            box.fill(chip)
            box.press("Enter")

    def presses(self, name: str) -> None:
        """Presses the button, or follows the link, that can be seen with this name."""
        self.button(name).click()

    def button(self, name: str) -> Locator:
        """The visible button or link of this name."""
        main = self.page.locator("main")  # the header has links of the same names
        either = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
        return either.filter(visible=True).first

    def sees(self, words: str) -> None:
        """These words can be read on the page."""
        expect(self.page.get_by_text(words, exact=False).filter(visible=True).first).to_be_visible()

    def is_at(self, path: str) -> None:
        """The address bar shows this path."""
        expect(self.page).to_have_url(self.origin + path)

    def finds_it_accessible(self) -> None:
        """axe finds nothing in light, nor in the colours of dark."""
        for scheme, only in (("light", None), ("dark", COLOURS)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            found = self.faults_for_axe(only)
            if found:  # colours on their way from one scheme to the other are neither: what is a fault stays one
                self.page.wait_for_timeout(1000)
                found = self.faults_for_axe(only)
            assert found == [], f"{self.page.url} ({scheme}): {found}"
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def faults_for_axe(self, only: list[str] | None = None) -> list[str]:
        """axe's findings, with the reason of each; `only` some rules, or all."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE)
        return list(self.page.evaluate(RULES, only))

    def inbound(self) -> dict[str, Any]:
        """What the call has brought so far: frames decoded, bytes and energy of sound."""
        return dict(self.page.evaluate(INBOUND))

    def watches_and_hears(self) -> None:
        """The other's picture moves and is not black, and there is sound in it."""
        before = self.inbound()
        self.waits_for(lambda: self._has_received_since(before), "does not see and hear")
        self.waits_for(self._sees_it_move, "sees a black or a still picture")

    def _has_received_since(self, before: dict[str, Any]) -> bool:
        now = self.inbound()
        fresh = now["frames"] < before["frames"]  # a connection made anew counts from nothing
        more = now["frames"] > 10 if fresh else now["frames"] > before["frames"] + 10
        return more and now["audio"] > 0 and (fresh or now["energy"] > before["energy"])

    def _sees_it_move(self) -> bool:
        picture = self.page.evaluate(PICTURE)
        return bool(picture["light"] > 10 and picture["moved"] > 0.1)

    def waits_for(self, holds: Callable[[], bool], complaint: str) -> None:
        for _ in range(100):
            if holds():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"{self.name} {complaint}: {self.inbound()}")


def visitor(browser: Browser, origin: str, name: str, **options: Any) -> Visitor:
    """Somebody new, with camera and microphone allowed."""
    context = browser.new_context(**{"viewport": WIDE, "timezone_id": "Asia/Kolkata", "locale": "en-GB", **options})
    context.grant_permissions(["camera", "microphone"], origin=origin)
    context.add_init_script(REMEMBER)
    person = Visitor(name, origin, context, context.new_page())
    person.page.set_default_timeout(PATIENCE)
    person.page.on("pageerror", lambda error: person.faults.append(f"{name}: {error}"))
    person.page.on("console", lambda said: said.type == "error" and _note(person, said.text))
    return person


def _note(person: Visitor, words: str) -> None:
    if not any(expected in words for expected in EXPECTED):
        person.faults.append(f"{person.name} at {person.page.url}: {words}")
