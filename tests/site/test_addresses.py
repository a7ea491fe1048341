"""Where the local site sends an address with a slash too many: to itself, never to another host."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiohttp.test_utils import make_mocked_request
from yarl import URL

from infra.local.proxy.pages import answer

FRONT = cast(Any, SimpleNamespace(site=Path("/nowhere"), page_headers=lambda path: {}))


@pytest.mark.parametrize(
    ("asked", "to"),
    [
        ("/mentors/", "/mentors"),
        ("/mentors/?domain=music&q=a%20b", "/mentors?domain=music&q=a%20b"),
        ("/%5cevil.test/", "/%5cevil.test"),
        ("/%5Cevil.test/", "/%5Cevil.test"),
        ("/\\evil.test/", "/evil.test"),
        ("/%2fevil.test/", "/%2fevil.test"),
        ("/%2F%5cevil.test//", "/%2F%5cevil.test"),
        ("//evil.test/", "/evil.test"),
    ],
)
def test_an_address_with_a_slash_at_its_end_stays_on_the_site(asked: str, to: str) -> None:
    path, _, query = asked.partition("?")
    target = URL.build(path=path, query_string=query, encoded=True)  # as it comes in, mended by nobody
    moved = asyncio.run(answer(FRONT, make_mocked_request("GET", "/").clone(rel_url=target)))
    assert moved.status == 301
    assert moved.headers["Location"] == to
    assert to[1] not in "/\\"
