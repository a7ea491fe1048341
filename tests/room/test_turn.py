"""The call through a real TURN server, and what happens with credentials that are wrong or have lapsed."""

import asyncio
import shutil

import pytest

from tests.room.conftest import Stage, story
from tests.room.people import PICTURE, in_call, until
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
async def test_credentials_are_renewed_before_they_lapse(stage: Stage) -> None:
    async with coturn() as port:
        api = stage.origin.api
        api.ice, api.ice_lives = servers(port, lives=16), 16
        room = stage.room()
        mentor, learner = await stage.enter(room, "mentor"), await stage.enter(room, "learner")
        try:
            await in_call(mentor, learner)
            api.ice = servers(port, lives=900)
            fresh = api.ice[0]["username"]
            using = "window.links.at(-1).getConfiguration().iceServers[0].username"

            async def renewed():
                return await learner.page.evaluate(using) == fresh

            await until(renewed, timeout=25)
            await asyncio.sleep(0.2)
            assert await learner.phase() == "in-call"
        finally:
            api.ice, api.ice_lives = [], 3600.0
            for person in (mentor, learner):
                await person.context.close()
