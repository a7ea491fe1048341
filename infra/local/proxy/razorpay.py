"""/dev/razorpay/*: what browsers see of the stand-in for Razorpay; production has no such place."""

from aiohttp import ClientError, ClientSession, web

from infra.local.proxy.front import Front

PASSED = ("Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")


class Razorpay:
    """Passes on what is under /browser there, and nothing else of it."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def answer(self, front: Front, request: web.Request) -> web.Response:
        """A file, a page or a call of the test checkout."""
        path = request.match_info.get("path") or "index.html"
        address = f"{front.razorpay}/browser/{path}"
        headers = {"Content-Type": request.content_type} if request.can_read_body else {}
        try:
            async with self._session.request(
                request.method, address, params=request.query, data=await request.read() or None, headers=headers
            ) as answer:
                kept = {name: answer.headers[name] for name in PASSED if name in answer.headers}
                return web.Response(status=answer.status, body=await answer.read(), headers=kept)
        except (ClientError, OSError, TimeoutError):
            return web.Response(status=503, headers={"Retry-After": "2"})
