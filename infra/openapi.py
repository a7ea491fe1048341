"""`python -m infra.openapi` writes the API's description to docs/openapi.json; a test holds the two together."""

import json

import app  # noqa: F401  (declares the routes)
from functions.http import Routes
from functions.openapi import document
from infra.paths import ROOT

FILE = ROOT / "docs" / "openapi.json"


def text() -> str:
    """The description as it is committed."""
    return json.dumps(document(Routes.declared), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(text())
    print(f"{FILE.relative_to(ROOT)}: {len(document(Routes.declared)['paths'])} paths")
