"""How the site is served: one set of rules, read by CloudFront's functions, the upload and the local proxy."""

import json
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The builder names these after their content, so that a name never changes its meaning.
HASHED = re.compile(r"^/assets/")
FOREVER, FRESH = "public, max-age=31536000, immutable", "public, max-age=0, must-revalidate"
TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


@cache
def routes() -> dict[str, dict[str, str]]:
    """The list of pages, of the other files that have an address of their own, and of what is shown in place of one."""
    listed: dict[str, dict[str, str]] = json.loads((HERE / "routes.json").read_text())
    return listed


def file_of(path: str) -> str:
    """The file that answers a path: what pages.js does at CloudFront."""
    if path.startswith("/assets/"):
        return path
    pages = routes()["pages"] | routes()["files"]
    dotted = "." in path.rpartition("/")[2]
    above = "" if dotted else re.sub(r"/[^/]+$", "/*", path)
    return pages.get(path) or pages.get(above) or routes()["refusals"]["404"]


def headers_of(file: str) -> dict[str, str]:
    """What a file is served with, here and as its object's metadata in S3."""
    guessed = TYPES.get(Path(file).suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    textual = guessed.startswith("text/") or guessed.endswith(("json", "xml"))
    content = f"{guessed}; charset=utf-8" if textual else guessed
    return {"Content-Type": content, "Cache-Control": FOREVER if HASHED.match(file) else FRESH}


def status_of(file: str) -> int:
    """200, save for the pages that stand for a refusal."""
    return next((int(code) for code, page in routes()["refusals"].items() if page == file and code.isdigit()), 200)


def functions() -> dict[str, str]:
    """The CloudFront Functions' code by the logical name of each."""
    listed: Any = routes()
    pages = listed["pages"] | listed["files"]
    made = f"var PAGES = {json.dumps(pages)}\nvar MISSING = {json.dumps(listed['refusals']['404'])}\n"
    code = {name: (HERE / f"{name}.js").read_text() for name in ("pages", "missing", "sockets")}
    return {
        "PagesFunction": made + code["pages"],
        "MissingFunction": code["missing"],
        "SocketsFunction": code["sockets"],
    }
