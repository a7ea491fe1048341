"""What the room's page loads at first, beside what every page loads: at most 60 KB on the wire."""

import gzip
import re

from frontend.build import ROOT, asked
from frontend.builder import catalogue as words
from frontend.builder.assets import Assets
from frontend.builder.pages import environment, render
from tests.site.conftest import ORIGIN

LIMIT = 60 * 1024
SHARED = "js/pages/plain.js"
PRELOADED = re.compile(r'<link rel="modulepreload" href="([^"]+)">|<script type="module" src="([^"]+)"')


def test_the_rooms_first_load_is_small() -> None:
    assets = Assets(ROOT, replaced={"js/strings.js": "export const language = 'en'\nexport const strings = {}\n"})
    catalogue = words.open_catalogue(ROOT / "locales", "en")
    catalogue.for_scripts(*asked(ROOT))
    env = environment(ROOT, assets, catalogue, {"origin": ORIGIN, "style": "/site.css", "base": ""})
    page = render(env, "room.html")
    scripts = {first or second for first, second in PRELOADED.findall(page)}
    shared = {assets.address(SHARED), *assets.preloads(SHARED)}
    parts = {each: weight(assets.files[each]) for each in scripts - shared} | {"the page": weight(page.encode())}
    heaviest = sorted(parts.items(), key=lambda part: -part[1])[:8]
    assert sum(parts.values()) <= LIMIT, heaviest


def weight(content: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(content, 9))
