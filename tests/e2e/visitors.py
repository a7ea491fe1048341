"""A person at a browser: what they do in words, what went wrong on their pages, and what axe finds there."""

from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.room.people import INBOUND, PICTURE, REMEMBER, WIDE

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
RULES = """() => axe.run(document, {resultTypes: ['violations']}).then((found) =>
  found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`))"""
EXPECTED = ("401 (Unauthorized)", "409 (Conflict)", "422 (Unprocessable")  # refusals that the page shows in words
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
        """axe finds nothing, in light and in dark."""
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            self.page.wait_for_timeout(300)  # colours on their way are neither the old nor the new
            if not self.page.evaluate("typeof axe !== 'undefined'"):
                self.page.evaluate(AXE)
            found = self.page.evaluate(RULES)
            assert found == [], f"{self.page.url} ({scheme}): {found}"
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def inbound(self) -> dict[str, Any]:
        """What the call has brought so far: frames decoded, bytes and energy of sound."""
        return dict(self.page.evaluate(INBOUND))

    def watches_and_hears(self) -> None:
        """The other's picture moves and is not black, and there is sound in it."""
        before = self.inbound()
        for _ in range(100):
            self.page.wait_for_timeout(200)
            now = self.inbound()
            if now["frames"] > before["frames"] + 10 and now["energy"] > before["energy"] >= 0 and now["audio"]:
                break
        else:
            raise AssertionError(f"{self.name} does not see and hear: {before} then {now}")
        picture = self.page.evaluate(PICTURE)
        assert picture["light"] > 10, f"{self.name} sees black: {picture}"
        assert picture["moved"] > 0.1, f"{self.name} sees a still picture: {picture}"


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
