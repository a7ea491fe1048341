"""`python -m infra.local.razorpay --port … --state … --webhook-url …`: serve until told to stop, on loopback alone.

The keys come as JSON from RAZORPAY_KEYS or from the file that --keys names, never from the command line.
"""

import argparse
import asyncio
import json
import logging
import os
import signal
from pathlib import Path
from typing import Any

from aiohttp import web

from infra.local.place import HOST
from infra.local.razorpay.api import Keys
from infra.local.razorpay.books import ACCOUNT, ACCOUNT_ID, Books
from infra.local.razorpay.keeper import Keeper
from infra.local.razorpay.server import Server
from infra.local.razorpay.shelves import Shelves


def arguments() -> argparse.Namespace:
    """What it is told at its start."""
    parser = argparse.ArgumentParser(prog="infra.local.razorpay", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state", type=Path, help="the file the books are kept in; without one, they are forgotten")
    parser.add_argument("--keys", type=Path)
    parser.add_argument("--webhook-url", default="")
    parser.add_argument("--account", default=ACCOUNT, help="the account that payouts are made from")
    parser.add_argument("--after", type=float, help="seconds that refunds and payouts take; without, until told")
    return parser.parse_args()


def keys(held: dict[str, Any]) -> Keys:
    """Out of the stack's secrets; events are signed with the current one."""
    pairs = {name: held[name] for name in ("key_id", "key_secret", "x_key_id", "x_key_secret")}
    return Keys(**pairs, webhook_secret=held["webhook_secrets"][0])


async def serve(told: argparse.Namespace, held: dict[str, Any]) -> None:
    """Until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stopped.set)
    shelves, keeper = Shelves(), Keeper(told.state) if told.state else None
    if keeper:
        keeper.restore(shelves)
    account_id = held.get("account_id") or ACCOUNT_ID
    books = Books(shelves, after=told.after, account=told.account, account_id=account_id)
    runner = web.AppRunner(Server(books, keys(held), keeper, told.webhook_url).application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, told.port).start()
    await stopped.wait()
    await runner.cleanup()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    wanted = arguments()
    given = wanted.keys.read_text() if wanted.keys else os.environ["RAZORPAY_KEYS"]
    asyncio.run(serve(wanted, json.loads(given)))
