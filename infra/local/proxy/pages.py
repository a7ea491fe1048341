"""The site's files, as CloudFront's functions, cache and headers serve them."""

import hashlib
from pathlib import Path

from aiohttp import web

from infra.local.proxy.front import Front
from infra.site import file_of, headers_of, routes, status_of


async def answer(front: Front, request: web.Request) -> web.StreamResponse:
    """The file behind an address, or the page that stands for what is missing."""
    path = request.path
    if len(path) > 1 and path.endswith("/"):
        # As it was asked for: decoded, a backslash or a second slash at the front would name another host.
        raw, query = request.rel_url.raw_path, request.rel_url.raw_query_string
        moved = "/" + raw.strip("/\\") + (f"?{query}" if query else "")
        return web.Response(status=301, headers={"Location": moved})
    if request.method not in ("GET", "HEAD"):
        return web.Response(status=405, headers=front.page_headers(path))
    file = file_of(path)
    found = _inside(front.site, file)
    if found is None and not (front.site / "index.html").exists():
        return _maintenance(front, path)
    if found is None:
        file = routes()["refusals"]["404"]
        found = _inside(front.site, file)
        return _served(front, request, file, found.read_bytes() if found else b"Not found", 404)
    return _served(front, request, file, found.read_bytes(), status_of(file))


def _inside(folder: Path, file: str) -> Path | None:
    path = (folder / file.lstrip("/")).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _served(front: Front, request: web.Request, file: str, body: bytes, status: int) -> web.Response:
    tag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
    headers = {**front.page_headers(request.path), **headers_of(file), "ETag": tag}
    if status == 200 and request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers=headers)
    response = web.Response(status=status, body=body, headers=headers)
    response.enable_compression()
    return response


def _maintenance(front: Front, path: str) -> web.Response:
    words = "PeerLearn is being put in place. Please try again in a moment."
    return web.Response(status=503, text=words, headers={**front.page_headers(path), "Retry-After": "5"})
