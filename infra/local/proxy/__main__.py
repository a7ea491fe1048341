"""`python -m infra.local.proxy SETTINGS`: serve until told to stop, on loopback alone."""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import ClientSession, TCPConnector, web
from botocore.exceptions import BotoCoreError

from infra.local.place import HOST
from infra.local.proxy import pages
from infra.local.proxy.front import Front, Limits, Settings
from infra.local.proxy.gateway import RestApi
from infra.local.proxy.mail import Mail
from infra.local.proxy.objects import Objects
from infra.local.proxy.razorpay import Razorpay
from infra.local.proxy.sockets import Sockets
from infra.local.push.service import PushService

Answer = Callable[[Front, web.Request], Awaitable[web.StreamResponse]]
LARGEST_FORM = 32 * 1024 * 1024


def application(settings: Settings, session: ClientSession, limits: Limits) -> web.Application:
    """The behaviours of the distribution, in its order, after the pages only a developer has."""
    rest, sockets, objects = RestApi(session, limits), Sockets(session, limits), Objects(session)
    mail, razorpay, push = Mail(session), Razorpay(session), PushService()

    def on(answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def answering(request: web.Request) -> web.StreamResponse:
            try:
                return await answer(settings.front, request)
            except BotoCoreError:  # the emulator is being started again
                return web.Response(status=503, headers={"Retry-After": "2"})

        return answering

    async def up(_: web.Request) -> web.Response:
        return web.Response(text="up")

    app = web.Application(client_max_size=LARGEST_FORM)
    app.router.add_get("/dev/up", up)
    app.router.add_get("/dev/mail", on(mail.listed))
    app.router.add_get("/dev/mail.json", on(mail.as_json))
    app.router.add_get("/dev/mail/{id}", on(mail.one))
    app.router.add_get("/dev/mail/{id}/invite.ics", on(mail.invitation))
    app.router.add_post("/dev/mail/{id}/{event:bounce|complaint|delay}", on(mail.came_back))
    app.router.add_get("/dev/push", on(push.listed))
    app.router.add_post("/dev/push", on(push.subscribe))
    app.router.add_post("/dev/push/{name}", on(push.take))
    app.router.add_get("/dev/push/{name}.json", on(push.as_json))
    app.router.add_put("/dev/push/{name}", on(push.control))
    for path in ("/dev/razorpay", "/dev/razorpay/{path:.+}"):
        app.router.add_route("*", path, on(razorpay.answer))
    app.router.add_route("*", "/api/{path:.*}", on(rest.answer))
    app.router.add_get("/ws", on(sockets.answer))
    app.router.add_get("/media/{path:.*}", on(objects.media))
    app.router.add_post("/uploads", on(objects.upload))
    app.router.add_route("*", "/lessons/{path:.+}", on(objects.lesson))
    app.router.add_route("*", "/{path:.*}", on(pages.answer))
    return app


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    async with ClientSession(connector=TCPConnector(limit=0), auto_decompress=True) as session:
        app = application(settings, session, Limits.from_environment())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1, handler_cancellation=True)
        await runner.setup()
        await web.TCPSite(runner, HOST, settings.port).start()
        await stopped.wait()
        await runner.cleanup()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(serve(Settings(Path(sys.argv[1]))))
