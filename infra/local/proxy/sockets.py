"""/ws: to the WebSocket API, with the limits the emulator does not enforce."""

import asyncio
import contextlib

from aiohttp import (
    ClientError,
    ClientSession,
    ClientWebSocketResponse,
    WSCloseCode,
    WSMessage,
    WSMsgType,
    WSServerHandshakeError,
    web,
)

from infra.local.proxy.front import Front, Limits
from infra.local.proxy.gateway import let_through

# The handshake's own headers are made anew for the second leg.
OWN = "sec-websocket-"


class Sockets:
    """One emulated WebSocket API behind its distribution."""

    def __init__(self, session: ClientSession, limits: Limits) -> None:
        self._session, self._limits = session, limits

    async def answer(self, front: Front, request: web.Request) -> web.StreamResponse:
        """Connect to the API first: what it refuses, the browser is refused."""
        headers = let_through(front, request, "SocketRequests")
        headers = {
            name: value for name, value in headers.items() if not name.lower().startswith(OWN) and name != "Cookie"
        }
        ticket = {"ticket": request.query["ticket"]} if "ticket" in request.query else {}
        address = f"{front.emulator}/_aws/execute-api/{front.known['WebsocketAPIId']}/api"
        try:
            inner = await self._session.ws_connect(
                address, params=ticket, headers=headers, max_msg_size=0, autoping=True
            )
        except WSServerHandshakeError as refusal:
            return web.Response(status=refusal.status)
        except (ClientError, OSError, TimeoutError):
            return web.Response(status=503, headers={"Retry-After": "2"})
        # A browser sends a message as one frame, so the frame's limit is the message's.
        outer = web.WebSocketResponse(max_msg_size=self._limits.frame + 1, compress=False)
        async with inner:
            await outer.prepare(request)
            await self._relay(outer, inner)
        return outer

    async def _relay(self, outer: web.WebSocketResponse, inner: ClientWebSocketResponse) -> None:
        clock = asyncio.get_running_loop()
        began = latest = clock.time()

        async def up() -> None:
            nonlocal latest
            async for message in outer:
                latest = clock.time()
                await _send(inner, message)

        async def down() -> None:
            nonlocal latest
            async for message in inner:
                latest = clock.time()
                if len(message.data) > self._limits.message:
                    return
                await _send(outer, message)

        async def limits() -> None:
            while True:
                left = min(latest + self._limits.idle, began + self._limits.connection) - clock.time()
                if left <= 0:
                    return
                await asyncio.sleep(left)

        tasks = [asyncio.ensure_future(each()) for each in (up, down, limits)]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await _close(outer, inner)


async def _send(to: web.WebSocketResponse | ClientWebSocketResponse, message: WSMessage) -> None:
    with contextlib.suppress(ConnectionError, ClientError):
        if message.type is WSMsgType.TEXT:
            await to.send_str(message.data)
        elif message.type is WSMsgType.BINARY:
            await to.send_bytes(message.data)


async def _close(outer: web.WebSocketResponse, inner: ClientWebSocketResponse) -> None:
    """The API closed it: pass its reason on. The browser did: tell the API. A limit did: going away."""
    code = WSCloseCode.GOING_AWAY
    if inner.closed and inner.close_code and inner.close_code != WSCloseCode.ABNORMAL_CLOSURE:
        code = WSCloseCode(inner.close_code) if inner.close_code in iter(WSCloseCode) else WSCloseCode.GOING_AWAY
    with contextlib.suppress(ConnectionError, ClientError):
        await inner.close(code=outer.close_code or WSCloseCode.GOING_AWAY)
    with contextlib.suppress(ConnectionError, ClientError):
        await outer.close(code=code)
