"""The built site, a room's few API calls and the bare relay on one origin: `python -m tests.bench.room.origin`."""

import argparse
import asyncio
import contextlib
import json
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from infra import site
from tests.bench.room.lobby import Chats, Lobby
from tests.bench.room.meetings import Api, error
from tests.bench.room.relay import Line, Relay

DIST = Path(__file__).parents[3] / "frontend" / "dist"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Permissions-Policy": "camera=(self), microphone=(self)",
}


class Origin:
    """One port for all of it."""

    def __init__(self, dist: Path = DIST) -> None:
        self.dist, self.api = dist, Api()
        self.relay = Relay(status=lambda topic: self.api.meeting(topic.removeprefix("room:")).status)
        self.api.after["news"] = lambda id: self.relay.tell(f"room:{id}", "session", self.api.meeting(id).news())
        self.api.things.tell = lambda id, kind, data: self.relay.tell(f"room:{id}", kind, data)
        self.relay.recording = lambda topic: self.api.things.of(topic.removeprefix("room:")).recording
        self.lobby = Lobby(self.relay, lambda topic: self.api.meeting(topic.removeprefix("room:")).starts, self.hang_up)
        self.chats = Chats(self.relay, self.lobby)
        self.api.others += [self.lobby.answer, self.chats.answer]
        self.writers: dict[str, asyncio.StreamWriter] = {}
        self.refusing = False
        self.longest: float | None = None  # seconds: API Gateway closes a socket after two hours
        self.idle: float | None = None  # and after ten minutes in which nothing came

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Listen; the port, for when any would do."""
        self.server = await asyncio.start_server(self.serve, host, port)
        return int(self.server.sockets[0].getsockname()[1])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Requests of one connection, until it becomes a socket or ends."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                line, *fields = head.decode().rstrip().split("\r\n")
                method, target, _ = line.split(" ")
                headers = {name.lower(): value.strip() for name, value in (each.split(":", 1) for each in fields)}
                if headers.get("upgrade", "").lower() == "websocket":
                    await self.socket(head, target, reader, writer)
                    break
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                writer.write(self.respond(method, target, headers, body))
                await writer.drain()
        writer.close()

    def respond(self, method: str, target: str, headers: dict[str, str], sent: bytes) -> bytes:
        """An API answer, an object or a file."""
        path, _, query = target.partition("?")
        if path == "/lessons" or path.startswith("/lessons/"):
            return response(*self.api.things.store(method, path, headers, sent))
        if path.startswith("/api/"):
            asked = json.loads(sent) if sent else dict(parse_qsl(query)) or None
            status, body = self.call(method, path.removeprefix("/api"), headers, asked)
            text = b"" if status == 204 else json.dumps(body).encode()
            return response(status, text, {"Content-Type": "application/json"})
        file = self.dist / site.file_of(path).lstrip("/")
        if not file.is_file():
            return response(404, b"", {})
        return response(200, file.read_bytes(), {**HEADERS, **site.headers_of(site.file_of(path))})

    def call(self, method: str, path: str, headers: dict[str, str], asked: Any = None) -> tuple[int, Any]:
        """Who asks is told by a cookie that the test or benchmark sets."""
        if method != "GET" and headers.get("x-peerlearn") != "1":
            return 403, error("csrf", "The request did not come from our pages.")
        cookies = dict(each.strip().split("=", 1) for each in headers.get("cookie", "").split(";") if "=" in each)
        if path == "/me":
            return 401, error("signed_out", "Sign in first.")
        return self.api.answer(method, path, cookies.get("who", ""), asked)

    async def socket(
        self, head: bytes, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One WebSocket, from its handshake to its end."""
        protocol = ServerProtocol(max_size=32 * 1024)
        protocol.receive_data(head)
        (request,) = protocol.events_received()
        assert isinstance(request, Request)
        role = self.api.tickets.pop(target.partition("ticket=")[2], None)
        accepted = protocol.accept(request) if role and not self.refusing else protocol.reject(HTTPStatus.FORBIDDEN, "")
        protocol.send_response(accepted)
        flush(protocol, writer)
        if not role or self.refusing:
            return

        def put(text: str) -> None:
            if protocol.state is State.OPEN:
                protocol.send_text(text.encode())
                flush(protocol, writer)

        line = Line(role, put)
        self.relay.opened(line)
        self.writers[line.id] = writer
        try:
            await self.pump(protocol, line, reader, writer)
        finally:
            self.relay.closed(line)
            self.writers.pop(line.id, None)

    async def pump(
        self, protocol: ServerProtocol, line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Frames in, until either end closes."""
        end = asyncio.get_running_loop().time() + (self.longest or 86_400)
        while data := await self.heard(reader, end):
            protocol.receive_data(data)
            for frame in protocol.events_received():
                if getattr(frame, "opcode", None) is Opcode.TEXT:
                    self.relay.take(line, frame.data.decode())
            flush(protocol, writer)
            if protocol.close_expected():
                return
        if protocol.state is State.OPEN:
            protocol.send_close(1001, "Going away")
            flush(protocol, writer)

    async def heard(self, reader: asyncio.StreamReader, end: float) -> bytes:
        """What comes next; nothing once the socket is too old or has been idle for too long."""
        left = end - asyncio.get_running_loop().time()
        try:
            return await asyncio.wait_for(reader.read(65536), min(left, self.idle or left))
        except TimeoutError:
            return b""

    def hang_up(self, line: Line) -> None:
        """Close one line once what was said on it is out."""
        if writer := self.writers.get(line.id):
            writer.close()

    def cut(self, role: str) -> int:
        """Break a person's sockets without a word."""
        broken = [id for id, line in self.relay.lines.items() if line.role == role]
        for id in broken:
            self.writers[id].transport.abort()
        return len(broken)


def flush(protocol: ServerProtocol, writer: asyncio.StreamWriter) -> None:
    """Put out what the protocol wants sent."""
    for data in protocol.data_to_send():
        if data:
            writer.write(data)


def response(status: int, body: bytes, headers: dict[str, str]) -> bytes:
    """One HTTP/1.1 answer on a connection that stays open."""
    fields = {**headers, "Content-Length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{head}\r\n".encode() + body


async def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8901)
    parser.add_argument("--dist", type=Path, default=DIST)
    chosen = parser.parse_args()
    port = await (origin := Origin(chosen.dist)).start(port=chosen.port)
    print(f"bare relay with the site on http://127.0.0.1:{port}")
    await origin.server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
