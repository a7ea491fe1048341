"""Builds the site into frontend/dist: `python -m frontend.build [--out DIR] [--origin https://…]`."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from frontend.builder import catalogue as words
from frontend.builder.assets import Assets, stylesheet
from frontend.builder.pages import environment, pages, prefix, public, render

ROOT = Path(__file__).parent
STYLE = "styles/site.css"
# What needs an address that stays: a worker's is its scope, and a notification's icon outlives many releases.
AT_THE_ROOT = {"/sw.js": "js/worker.js", "/icon-192.png": "static/icons/icon-192.png"}
CLOSED = (
    "/api/",
    "/admin",
    "/bookings/",
    "/checkout/",
    "/dashboard",
    "/mentor/",
    "/messages",
    "/notifications",
    "/requests",
    "/settings",
    "/room/",
    "/verify",
    "/email/",
    "/unsubscribe",
    "/reset/confirm",
)
MARKUP = ("pages", "components", "layouts")


def build(out: Path, origin: str, root: Path = ROOT) -> dict[str, bytes]:
    """Make every file of the site, write those that changed, and remove those that are no more."""
    files: dict[str, bytes] = {}
    shared = Assets(root)
    style = shared.add(STYLE, stylesheet(root, STYLE, shared.address))
    for language in words.languages(root / "locales"):
        files |= in_language(root, language, origin, shared, style)
    files |= shared.files
    files |= {address: (root / source).read_bytes() for address, source in AT_THE_ROOT.items()}
    files["/robots.txt"] = robots(origin)
    files["/sitemap.xml"] = sitemap(root, origin)
    write(out, files)
    return files


def in_language(root: Path, language: str, origin: str, shared: Assets, style: str) -> dict[str, bytes]:
    """The pages, scripts and manifest of one language."""
    catalogue = words.open_catalogue(root / "locales", language)
    strings = json.dumps(catalogue.for_scripts(*asked(root)), ensure_ascii=False, indent=0)
    made = f"export const language = '{language}'\nexport const strings = {strings}\n"
    assets = Assets(root, replaced={"js/strings.js": made}, names=shared.names.copy())
    assets.names = {source: at for source, at in assets.names.items() if not source.endswith(".js")}
    env = environment(root, assets, catalogue, {"origin": origin, "style": style, "base": prefix(language)})
    files = {f"{prefix(language)}/{page}": render(env, page).encode() for page in pages(root)}
    files[f"{prefix(language)}/manifest.webmanifest"] = render(env, "static/manifest.webmanifest").encode()
    if catalogue.missing:
        print(f"site: not in locales/{language}.json: {', '.join(sorted(catalogue.missing))}", file=sys.stderr)
    return files | assets.files


def asked(root: Path) -> tuple[set[str], set[str]]:
    """The catalogue keys looked up in the browser, by scripts or by markup through $t, and those scripts mention."""
    scripts = [path.read_text("utf-8") for path in sorted((root / "js").rglob("*.js"))]
    markup = [path.read_text("utf-8") for each in MARKUP for path in sorted((root / each).rglob("*.html"))]
    wanted = {key for text in scripts for key in words.wanted_by(text)}
    wanted |= {key for text in markup for key in words.wanted_in_markup(text)}
    return wanted, {key for text in scripts for key in words.mentioned_in(text)}


def robots(origin: str) -> bytes:
    """What crawlers may read: the public pages."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {origin}/sitemap.xml"]
    return ("\n".join(lines) + "\n").encode()


def sitemap(root: Path, origin: str) -> bytes:
    """The public static pages in every language."""
    at = [f"{origin}{prefix(each)}{path}" for each in words.languages(root / "locales") for path in public(root)]
    urls = "".join(f"<url><loc>{address}</loc></url>\n" for address in at)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{urls}</urlset>\n".encode()


def write(out: Path, files: dict[str, bytes]) -> None:
    """Assets before the pages that name them, so that a page served half-way through still finds its own."""
    for address in sorted(files, key=lambda each: (not each.startswith("/assets/"), each)):
        path = out / address.lstrip("/")
        if not path.is_file() or path.read_bytes() != files[address]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(files[address])
    for path in sorted(out.rglob("*"), reverse=True):
        if path.is_file() and f"/{path.relative_to(out).as_posix()}" not in files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def main() -> None:
    """Build and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m frontend.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--origin", default=os.environ.get("SITE_ORIGIN", "http://localhost:8000"))
    chosen = parser.parse_args()
    began = time.perf_counter()
    files = build(chosen.out, chosen.origin.rstrip("/"))
    print(f"site: {len(files)} files in {chosen.out} ({time.perf_counter() - began:.1f} s)")


if __name__ == "__main__":
    main()
