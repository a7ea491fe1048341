"""Pages from templates: Jinja2 with the site's own functions, one output per language."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from frontend.builder.assets import Assets
from frontend.builder.catalogue import DEFAULT, Catalogue

# The one list of domains the site is drawn with, each with its icon.
DOMAINS = {
    "programming": "code",
    "data-science": "chart-line",
    "design": "palette",
    "business": "briefcase",
    "languages": "languages",
    "mathematics": "sigma",
    "science": "flask-conical",
    "music": "music",
    "photography": "camera",
    "writing": "pen-line",
}
# Components every template may call without importing them: ui.button(…), forms.field(…), cards.session_card(…).
MACROS = ("ui", "forms", "cards")
# Pages that belong to one person or exist only to be shown in place of another: not for search engines.
PRIVATE = re.compile(
    r"^(admin|booking|checkout|dashboard|mentor/|messages|notifications|request|settings/|room|verify|reset/|email/|unsubscribe|404|403|offline|maintenance)"
)
TEMPLATED = re.compile(r"^(mentor|session|room)\.html$")


def prefix(language: str) -> str:
    """Where a language lives: the default at the root, others under their own name."""
    return "" if language == DEFAULT else f"/{language}"


def environment(root: Path, assets: Assets, catalogue: Catalogue, settings: dict[str, Any]) -> Environment:
    """Jinja2 as the templates see it: undefined names are errors, everything is escaped."""
    folders = [root / "pages", root]
    env = Environment(loader=FileSystemLoader(folders), autoescape=True, undefined=StrictUndefined)
    env.trim_blocks = env.lstrip_blocks = True
    env.globals.update(
        t=_words(catalogue),
        icon=_icons(root),
        asset=assets.address,
        preloads=assets.preloads,
        link=lambda path: f"{prefix(catalogue.language)}{path}",
        lang=catalogue.language,
        domains=DOMAINS,
        **settings,
    )
    for macros in MACROS:
        env.globals[macros] = env.get_template(f"components/{macros}.html").module
    return env


def _words(catalogue: Catalogue) -> Callable[..., str]:
    """t('key') is text and is escaped; t('key', html=True) is the catalogue's own markup."""

    def t(key: str, html: bool = False, **values: object) -> str:
        words = catalogue.t(key, **values)
        return Markup(words) if html else words

    return t


def _icons(root: Path) -> Callable[..., Markup]:
    seen: dict[str, str] = {}

    def icon(name: str, size: str = "icon") -> Markup:
        if name not in seen:
            svg = (root / "vendor" / "lucide" / f"{name}.svg").read_text("utf-8")
            seen[name] = re.sub(r"\s+", " ", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]).strip()
        return Markup(
            f'<svg class="{size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
            f' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{seen[name]}</svg>'
        )

    return icon


def pages(root: Path) -> list[str]:
    """Every page by its path under pages/, in a fixed order."""
    folder = root / "pages"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def path_of(page: str) -> str:
    """The address people know a page by: `reset/index.html` is /reset, `index.html` is /."""
    return "/" + page.removesuffix(".html").removesuffix("index").rstrip("/")


def render(env: Environment, page: str) -> str:
    """One page's HTML without blank lines."""
    html = env.get_template(page).render(page=page, path=path_of(page), private=bool(PRIVATE.match(page)))
    return re.sub(r"\n\s*\n+", "\n", html).strip() + "\n"


def public(root: Path) -> list[str]:
    """The addresses that belong in the site map."""
    return [path_of(page) for page in pages(root) if not PRIVATE.match(page) and not TEMPLATED.match(page)]
