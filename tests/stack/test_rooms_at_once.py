"""A hundred rooms at once on the whole stack: nothing is lost, nothing reaches anybody else, and the dead are found."""

import asyncio
import itertools
import json
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from chalicelib.domain.identity import Identity
from chalicelib.domain.rooms import Entry, Presence
from chalicelib.services import realtime
from chalicelib.stores.connections import Connection

ROOMS, SIGNALS, AT_ONCE = 100, 5, 24
HOUR = timedelta(hours=1)
DEAD = 10


@dataclass
class Seat:
    """One open socket of somebody, and all that it has heard."""

    user: str
    line: ClientConnection
    token: str = ""
    heard: list[dict[str, Any]] = field(default_factory=list)
    reading: asyncio.Task[None] | None = None

    async def read(self) -> None:
        async for message in self.line:
            self.heard.append(json.loads(message))

    async def say(self, kind: str, topic: str = "", **data: Any) -> None:
        await self.line.send(json.dumps({"type": kind, "topic": topic, "data": data}))

    async def hears(self, count: int, *kinds: str) -> list[dict[str, Any]]:
        """So many messages of these kinds, within half a minute."""
        give_up = time.monotonic() + 30
        while len(found := [each for each in self.heard if each["type"] in kinds]) < count:
            assert time.monotonic() < give_up, (kinds, count, self.heard)
            await asyncio.sleep(0.02)
        return found


async def several(*acts: Any) -> list[Any]:
    """All of them, some at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(act: Any) -> Any:
        async with gate:
            return await act

    return await asyncio.gather(*(one(act) for act in acts))


class Hundred:
    """People who need no accounts: a ticket and a pass prove themselves."""

    def __init__(self, stack: Any, real: Any) -> None:
        self.stack, self.real, self.run = stack, real, uuid.uuid4().hex[:8]
        self.start = datetime.now(UTC)

    def names(self, room: int) -> tuple[str, str, str]:
        return f"ses_{self.run}{room}", f"usr_{self.run}m{room}", f"usr_{self.run}l{room}"

    async def open(self, user: str) -> Seat:
        ticket = realtime.ticket(self.real, Identity(user, ("learner",), 1, "dev_x", False))
        site = self.stack.base_url
        line = await connect(f"{site.replace('http', 'ws')}/ws?ticket={ticket}", origin=site, open_timeout=60)
        seat = Seat(user, line)
        seat.reading = asyncio.create_task(seat.read())
        await seat.say("hello")
        await seat.hears(1, "welcome")
        return seat

    async def join(self, seat: Seat, room: int, side: str) -> None:
        session_id = self.names(room)[0]
        claims = {"ses": session_id, "side": side, "at": int(self.start.timestamp()), "bkg": "bkg_x", "nam": "Lena"}
        shown = self.real.tokens.sign("room-pass", seat.user, HOUR, claims)
        await seat.say("join", f"room:{session_id}", **{"pass": shown}, sid=f"sid-{side}")
        await seat.hears(1, "joined")

    async def meet(self, mentor: Seat, learner: Seat, room: int) -> None:
        await self.join(mentor, room, "mentor")
        await self.join(learner, room, "learner")
        [joined], [news] = await learner.hears(1, "joined"), await mentor.hears(1, "peer-joined")
        learner.token, mentor.token = joined["data"]["peer"]["token"], news["data"]["token"]

    async def talk(self, mentor: Seat, learner: Seat, room: int) -> None:
        """As two pages do: an offer, an answer, candidates for candidates."""
        topic = f"room:{self.names(room)[0]}"
        for number in range(SIGNALS):
            await mentor.say("signal", topic, token=mentor.token, candidates=[f"{room} mentor {number}"])
            await learner.hears(number + 1, "signal")
            await learner.say("signal", topic, token=learner.token, candidates=[f"{room} learner {number}"])
            await mentor.hears(number + 1, "signal")


async def a_hundred_rooms(hundred: Hundred) -> tuple[list[tuple[Seat, Seat]], list[Seat], float]:
    users = [user for room in range(ROOMS) for user in hundred.names(room)[1:]]
    seats = dict(zip(users, await several(*(hundred.open(user) for user in users)), strict=True))
    tabs = await several(*(hundred.open(user) for user in [*users, *users[:ROOMS]]))
    pairs = [(seats[mentor], seats[learner]) for _, mentor, learner in map(hundred.names, range(ROOMS))]
    await several(*(hundred.meet(*pair, room) for room, pair in enumerate(pairs)))
    began = time.monotonic()
    await asyncio.gather(*(hundred.talk(*pair, room) for room, pair in enumerate(pairs)))
    took = time.monotonic() - began
    await asyncio.sleep(0.5)  # for what should not come
    await several(*(seat.line.close() for seat in [*seats.values(), *tabs]))
    return pairs, tabs, took


def test_five_hundred_sockets_signal_in_a_hundred_rooms_and_nothing_is_lost_or_goes_astray(stack, real, capsys):
    hundred = Hundred(stack, real)
    pairs, tabs, took = asyncio.run(a_hundred_rooms(hundred))
    assert len(pairs) * 2 + len(tabs) == 500
    forgotten(real, {seat.user for seat in [*itertools.chain(*pairs), *tabs]})
    for room, (mentor, learner) in enumerate(pairs):
        for seat, other in ((mentor, "learner"), (learner, "mentor")):
            heard = [each["data"]["candidates"][0] for each in seat.heard if each["type"] == "signal"]
            assert heard == [f"{room} {other} {number}" for number in range(SIGNALS)]
            assert not [each for each in seat.heard if each["type"] in ("error", "peer-gone")]
    assert all({each["type"] for each in tab.heard} == {"welcome"} for tab in tabs)
    with capsys.disabled():
        print(f"\n{ROOMS * 2 * SIGNALS} signals in {ROOMS} rooms took {took:.1f} s")


def forgotten(real: Any, users: Iterable[str]) -> None:
    """The stack has seen to every socket that closed, and is free for what comes next."""
    give_up = time.monotonic() + 120
    for user in users:
        while real.connections.of(user):
            assert time.monotonic() < give_up, user
            time.sleep(0.1)


async def with_the_dead(hundred: Hundred) -> list[Seat]:
    seats = await several(*(hundred.open(hundred.names(room)[1]) for room in range(DEAD)))
    await several(*(hundred.join(seat, room, "mentor") for room, seat in enumerate(seats)))
    await several(*(seat.line.close() for seat in seats))
    return seats


def test_the_dead_are_removed_at_the_first_post_to_them(stack, real):
    """Learners whose sockets died unheard, an hour ago, are in ten rooms when their mentors come."""
    hundred, lines = Hundred(stack, real), []
    for room in range(DEAD):
        session_id, _, learner = hundred.names(room)
        lines.append(f"{uuid.uuid4().hex[:14]}=")
        opened = real.connections.opening(Connection(lines[-1], learner), uuid.uuid4().hex, hundred.start - HOUR)
        entry = Entry(session_id, learner, "learner", hundred.start, hundred.start + HOUR, "bkg_x", "Lena")
        real.tables.commit([*opened, real.rooms.opening(entry)])
        real.rooms.enter(entry, Presence("learner", learner, lines[-1], "sid-l"), begun=True)
    for seat in asyncio.run(with_the_dead(hundred)):
        [joined] = [each["data"] for each in seat.heard if each["type"] == "joined"]
        assert (joined["peer"], joined["offer"]) == (None, False)
    forgotten(real, [hundred.names(room)[2] for room in range(DEAD)])
    assert [real.connections.find(line) for line in lines] == [None] * DEAD
