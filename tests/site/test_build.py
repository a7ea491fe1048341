"""What the build promises: the same bytes each time, names that follow content, links that lead somewhere."""

import hashlib
import json
import re
from pathlib import Path

from frontend.build import ROOT, build
from frontend.builder.assets import vendored
from tests.site.conftest import ORIGIN

ROUTES = json.loads((ROOT.parent / "infra" / "site" / "routes.json").read_text("utf-8"))
ADDRESS = re.compile(r"""(?:href|src)="(/[^"#?]*)""")
IMPORT = re.compile(r"""(?<!['"])\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]""")
AT_ONCE = re.compile(r"""(?<!['"])\b(?:from|import)\s*['"]([^'"]+)['"]""")  # not what is called for when it is wanted


def test_two_builds_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    again = build(tmp_path, ORIGIN)
    built = {f"/{path.relative_to(out).as_posix()}": path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert again == built


def test_a_stale_file_leaves_the_output(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "old.0123456789.js").write_text("gone")
    build(tmp_path, ORIGIN)
    assert not (tmp_path / "assets" / "old.0123456789.js").exists()


def test_each_asset_is_named_by_its_content(out: Path) -> None:
    for path in (out / "assets").rglob("*"):
        if path.is_file():
            assert path.name.split(".")[-2] == hashlib.sha256(path.read_bytes()).hexdigest()[:10], path


def test_a_changed_module_renames_all_that_import_it(copy: Path, out: Path, tmp_path: Path) -> None:
    time = copy / "js" / "time.js"
    time.write_text(time.read_text("utf-8") + "\nexport const changed = true\n", "utf-8")
    build(tmp_path / "out", ORIGIN, root=copy)

    def names(folder: Path, stem: str) -> set[str]:
        return {path.name for path in folder.rglob(f"{stem}.*.js")}

    for stem in ("time", "app", "plain"):
        assert names(out, stem).isdisjoint(names(tmp_path / "out", stem)), stem
    assert names(out, "form") == names(tmp_path / "out", "form")


def test_every_local_address_on_every_page_leads_somewhere(out: Path, pages: dict[str, str]) -> None:
    known = set(ROUTES["pages"])
    for page, html in pages.items():
        for address in ADDRESS.findall(html):
            routed = address in known or any(route.endswith("*") and address.startswith(route[:-1]) for route in known)
            assert routed or (out / address.lstrip("/")).is_file(), f"{page} leads to {address}"


def test_every_routed_page_is_built(out: Path) -> None:
    for file in [*ROUTES["pages"].values(), *ROUTES["refusals"].values()]:
        assert (out / file.lstrip("/")).is_file(), file


def test_every_import_and_font_leads_to_a_hashed_file(out: Path) -> None:
    for script in (out / "assets").rglob("*.js"):
        for address in IMPORT.findall(script.read_text("utf-8")):
            if "vendor" not in script.parts:  # the word is also in grammars and templates there
                assert address.startswith("/assets/") and (out / address.lstrip("/")).is_file(), f"{script}: {address}"
    for style in (out / "assets").rglob("*.css"):
        fonts = re.findall(r"url\((/[^)]+)\)", style.read_text("utf-8"))
        assert fonts and all((out / font.lstrip("/")).is_file() for font in fonts)


def test_every_module_a_page_needs_is_preloaded(out: Path, pages: dict[str, str]) -> None:
    for page, html in pages.items():
        asked = set(re.findall(r'rel="modulepreload" href="([^"]+)"', html))
        waiting = re.findall(r'<script type="module" src="([^"]+)"', html)
        assert len(waiting) == 1, page
        while waiting:
            imported = set(AT_ONCE.findall((out / waiting.pop().lstrip("/")).read_text("utf-8")))
            fresh = {each for each in imported if each.startswith("/assets/")}
            assert fresh <= asked, f"{page} does not preload {fresh - asked}"
            waiting += sorted(fresh) if len(waiting) < 100 else []


def test_vendored_files_are_the_ones_in_the_manifest() -> None:
    folder = ROOT / "vendor"
    listed = {}
    for name, entry in vendored(ROOT).items():
        assert entry["version"] and entry["licence"] and entry["source"], name
        listed |= {f"{name}/{file}": digest for file, digest in entry["files"].items()}
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == listed


def test_the_site_map_names_public_pages_only(out: Path) -> None:
    named = re.findall(r"<loc>([^<]+)</loc>", (out / "sitemap.xml").read_text("utf-8"))
    assert f"{ORIGIN}/mentors" in named and f"{ORIGIN}/" in named
    assert not [each for each in named if re.search(r"settings|admin|dashboard|verify|room|404", each)]


def test_the_manifest_is_json_and_its_icons_exist(out: Path) -> None:
    manifest = json.loads((out / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["start_url"] == "/"
    assert all((out / each["src"].lstrip("/")).is_file() for each in manifest["icons"])


def test_scripts_are_loaded_without_comments_and_none_has_text_over_several_lines(out: Path) -> None:
    for path in (out / "assets" / "js").rglob("*.js"):
        text = path.read_text("utf-8")
        assert not re.search(r"^[ \t]*(//|/\*\*|[ \t]\S)", text, re.M), path
    for path in sorted((ROOT / "js").rglob("*.js")):
        assert all(line.count("`") % 2 == 0 for line in path.read_text("utf-8").splitlines()), path
