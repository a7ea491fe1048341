"""What the strict content policy asks of the markup and the scripts, checked without a browser."""

import re
from html import unescape
from pathlib import Path

from frontend.build import ROOT

SOURCES = sorted((ROOT / "js").rglob("*.js"))


def test_no_page_has_an_inline_script_style_or_handler(pages: dict[str, str]) -> None:
    for page, html in pages.items():
        assert not re.search(r"<script(?![^>]*\bsrc=)", html), page
        assert not re.search(r"<style|\sstyle=", html), page
        assert not re.search(r"<[^>]*\son[a-z]+=", re.sub(r'"[^"]*"', '""', html)), page
        assert "javascript:" not in html, page


def test_nothing_comes_from_another_origin(pages: dict[str, str]) -> None:
    for page, html in pages.items():
        loaded = re.findall(r'<(?:script|img|link|iframe|source|video|audio)\b[^>]*(?:src|href)="(https?:[^"]+)"', html)
        assert not [each for each in loaded if not each.startswith("https://site.test/")], page


def test_people_s_text_never_becomes_markup(pages: dict[str, str]) -> None:
    for page, html in pages.items():
        assert "x-html" not in html, page
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            path
        )


def test_only_the_api_module_fetches() -> None:
    allowed = {ROOT / "js" / "api.js", ROOT / "js" / "worker.js"}  # a worker is one script, without imports
    for path in SOURCES:
        if path not in allowed:
            assert not re.search(r"\bfetch\(|XMLHttpRequest|sendBeacon", path.read_text("utf-8")), path


def test_only_the_live_module_opens_sockets() -> None:
    found = [path for path in SOURCES if "new WebSocket" in path.read_text("utf-8")]
    assert found == [ROOT / "js" / "live.js"]


def test_no_module_makes_globals() -> None:
    for path in SOURCES:
        assert not re.search(r"\b(window|globalThis)\.\w+\s*=[^=]", path.read_text("utf-8")), path


def test_links_to_a_new_tab_do_not_hand_over_the_opener() -> None:
    for path in sorted((ROOT / "pages").rglob("*.html")) + sorted((ROOT / "components").rglob("*.html")):
        for tag in re.findall(r"<a\b[^>]*target=\"_blank\"[^>]*>", path.read_text("utf-8")):
            assert "noopener" in tag, path


def test_expressions_are_ones_the_csp_build_understands(pages: dict[str, str]) -> None:
    """Alpine's CSP build has no `?.`, `??`, arrows, template literals nor several statements."""
    for page, html in pages.items():
        for expression in re.findall(
            r'\s(?:x-(?!for|ref|cloak|data|teleport)[a-z:.]+|:[a-z-]+|@[a-z.:-]+)="([^"]*)"', html
        ):
            bare = re.sub(r"'(?:[^'\\]|\\.)*'", "''", unescape(expression))
            assert not re.search(r"\?\.|\?\?|=>|`|;|\+=|\btypeof\b|(?<![.\w])new\b", bare), f"{page}: {expression}"


def test_files_stay_small_enough_to_read() -> None:
    for path in SOURCES:
        assert len(path.read_text("utf-8").splitlines()) <= 220, path
    folders: list[Path] = [ROOT / each for each in ("styles", "builder", "layouts", "components", "pages")]
    for path in (each for folder in folders for each in folder.rglob("*.*")):
        if path.suffix in {".css", ".py", ".html"}:
            assert len(path.read_text("utf-8").splitlines()) <= 250, path


def test_no_style_is_given_to_one_name_in_two_files() -> None:
    """The sheets are joined into one: the later file would restyle what the earlier one is for, on every page."""
    files: dict[str, set[str]] = {}
    for path in sorted((ROOT / "styles").glob("*.css")):
        for name in re.findall(r"^ {0,2}\.([\w-]+) \{", path.read_text("utf-8"), re.MULTILINE):
            files.setdefault(name, set()).add(path.name)
    assert not {name: where for name, where in files.items() if len(where) > 1}
