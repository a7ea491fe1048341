"""Every string is in the catalogue, none is there for nothing, and another language needs nothing but its file."""

import json
import re
from pathlib import Path

import pytest

from frontend.build import ROOT, asked, build
from frontend.builder import catalogue as words
from frontend.builder.assets import Assets
from frontend.builder.catalogue import Catalogue
from frontend.builder.pages import environment, pages, render
from tests.site.conftest import ORIGIN


@pytest.fixture(scope="module")
def used() -> Catalogue:
    catalogue = words.open_catalogue(ROOT / "locales", "en")
    catalogue.for_scripts(*asked(ROOT))
    env = environment(ROOT, Assets(ROOT), catalogue, {"origin": ORIGIN, "style": "/site.css", "base": ""})
    for page in [*pages(ROOT), "static/manifest.webmanifest"]:
        render(env, page)
    return catalogue


def test_no_key_is_missing(used: Catalogue) -> None:
    missing = sorted(used.missing)
    assert not missing


def test_no_key_is_unused(used: Catalogue) -> None:
    unused = sorted(set(used.fallback) - used.used)
    assert not unused


def test_words_can_stand_inside_a_quoted_expression() -> None:
    """A straight quote would end the expression that an attribute holds; typographic ones are better anyway."""
    for key, text in words.load(ROOT / "locales", "en").items():
        assert "'" not in text and (not text.count('"') or "<" in text), key


def test_no_template_has_words_of_its_own() -> None:
    for path in sorted(
        each for folder in ("pages", "components", "layouts") for each in (ROOT / folder).rglob("*.html")
    ):
        text = re.sub(
            r"\{#.*?#\}|\{% block body_class %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->",
            "",
            path.read_text("utf-8"),
            flags=re.S,
        )
        text = re.sub(r"<[^>]*>", "", re.sub(r'"[^"]*"', "", text))
        text = re.sub(r"[:@\w.-]+=", "", text)  # what is left of attributes that a macro makes
        assert not re.findall(r"[A-Za-z]{2,}", text), path


def test_a_new_language_is_one_file(copy: Path, tmp_path: Path) -> None:
    hindi = {"nav.sign_in": "साइन इन", "time.now": "अभी"}
    (copy / "locales" / "hi.json").write_text(json.dumps(hindi, ensure_ascii=False), "utf-8")
    files = build(tmp_path / "out", ORIGIN, root=copy)
    page = files["/hi/mentors.html"].decode()
    assert '<html lang="hi">' in page and "साइन इन" in page and 'href="/hi/sessions"' in page
    assert "How it works" in page, "English stands in for what is not translated yet"
    scripts = [text.decode() for name, text in files.items() if "/js/strings." in name]
    assert any("अभी" in text for text in scripts) and len(scripts) == 2
    assert f"{ORIGIN}/hi/mentors" in files["/sitemap.xml"].decode()


def test_a_key_may_not_be_defined_twice(tmp_path: Path) -> None:
    (tmp_path / "en.json").write_text('{"a.b": "one"}')
    (tmp_path / "en.room.json").write_text('{"a.b": "two"}')
    with pytest.raises(ValueError, match=r"a\.b"):
        words.load(tmp_path, "en")
