"""The call through a real TURN server, and what happens with credentials that are wrong or have lapsed."""

import asyncio
import shutil

import pytest

from tests.room.conftest import Stage, story
from tests.room.people import PICTURE, Person, until
from tests.room.turn import coturn, servers

pytestmark = pytest.mark.skipif(shutil.which("turnserver") is None, reason="coturn is not installed")

GATHER = """async (servers) => {
  const pc = new RTCPeerConnection({iceServers: servers, iceTransportPolicy: 'relay'})
  const seen = {relays: 0, errors: []}
  const done = new Promise((resolve) => {
    pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve()
  })
  pc.onicecandidate = ({candidate}) => candidate?.candidate && seen.relays++
  pc.onicecandidateerror = ({errorCode}) => seen.errors.push(errorCode)
  pc.addTransceiver('audio')
  await pc.setLocalDescription()
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 8000))])
  pc.close()
  return seen
}"""

USERNAME = "window.links.at(-1).getConfiguration().iceServers[0].username"
UFRAG = "/a=ice-ufrag:(.+)/.exec(window.links.at(-1).currentLocalDescription.sdp)[1]"


@story
async def test_media_flows_through_the_relay_when_it_must(stage: Stage) -> None:
    async with coturn() as port:
        stage.origin.api.ice = servers(port)
        try:
            async with stage.meeting(query="?relay=1") as (mentor, learner):
                for person in (mentor, learner):
                    await person.sees_new_frames()
                    assert (await person.inbound())["relayed"]
                    assert (await person.page.evaluate(PICTURE))["light"] > 20
        finally:
            stage.origin.api.ice = []


@story
async def test_wrong_and_lapsed_credentials_are_refused_with_401(stage: Stage) -> None:
    async with coturn() as port:
        person = await stage.enter(stage.room(), "learner")
        right = await person.page.evaluate(GATHER, servers(port))
        wrong = await person.page.evaluate(GATHER, servers(port, secret="another"))
        lapsed = await person.page.evaluate(GATHER, servers(port, lives=-60))
        assert right["relays"] > 0 and right["errors"] == []
        for refused in (wrong, lapsed):
            assert refused["relays"] == 0
            assert set(refused["errors"]) == {401}
        await person.context.close()


@story
async def test_a_bad_credential_keeps_nobody_out_who_has_another_way(stage: Stage) -> None:
    async with coturn() as port:
        stage.origin.api.ice = servers(port, secret="another")
        try:
            async with stage.meeting() as (mentor, learner):
                for person in (mentor, learner):
                    await person.sees_new_frames()
                    assert not (await person.inbound())["relayed"]
        finally:
            stage.origin.api.ice = []


@story
async def test_a_call_through_the_relay_outlives_the_credentials_that_it_began_with(stage: Stage) -> None:
    async with coturn() as port:
        api, lives = stage.origin.api, 16
        api.ice, api.ice_lives = servers(port, lives=lives), lives
        try:
            async with stage.meeting(query="?relay=1") as both:
                end = asyncio.get_running_loop().time() + lives
                began = [await person.page.evaluate(UFRAG) for person in both]
                api.ice, api.ice_lives = servers(port, lives=900), 900
                fresh = api.ice[0]["username"]
                for person in both:
                    await until(lambda person=person: has(person, USERNAME, fresh), timeout=25)
                await asyncio.sleep(max(0, end - asyncio.get_running_loop().time()) + 1)
                for person, before in zip(both, began, strict=True):
                    assert await person.page.evaluate(UFRAG) != before, "another path, made with the new ones"
                    assert await person.phase() == "in-call"
                    assert await person.sees_new_frames() < 3
                    assert (await person.inbound())["relayed"]
                await both[0].page.evaluate(
                    "window.links.at(-1).restartIce()"
                )  # the first ones would be refused by now
                for person in both:
                    await person.sees_new_frames()
                    assert (await person.inbound())["relayed"]
        finally:
            api.ice, api.ice_lives = [], 3600.0


async def has(person: Person, expression: str, value: str) -> bool:
    """Whether the page's newest connection has it."""
    return bool(await person.page.evaluate(expression) == value)
