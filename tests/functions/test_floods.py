"""Too much, and nonsense: answered with a code, the socket stays, and nothing is changed."""

import json
import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.world import NOON
from tests.functions.conversation import ROOM, pass_for, refusal, signal, ulid

KINDS = ["hello", "ping", "join", "here", "signal", "chat", "chat-seen", "leave", "typing", "present", "shout", ""]
FIELDS = ["pass", "sid", "token", "id", "text", "until", "material_id", "description", "candidates", "x"]
TOPICS = [ROOM, "room:", "room:ses_2", "user:usr_m", "admin", "thread:usr_m", "room:ses_1#x"]
VALUES = [None, True, 0, -1, 2**70, 1.5, "", "x", "..", "\ud800", "a" * 3000, [], [[]], {}, {"pass": {}}, [None, "x"]]
text = st.text(max_size=40)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text | st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)
topics = st.sampled_from(TOPICS) | text
frames = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(KINDS) | anything,
        "topic": topics | anything,
        "id": text | anything,
        "data": st.dictionaries(st.sampled_from(FIELDS), anything, max_size=5) | anything,
    },
)


def broken(whole: str) -> st.SearchStrategy[str]:
    """A frame as it is, cut short, with something in between, or none at all."""
    return st.one_of(
        st.just(whole),
        st.integers(0, len(whole)).map(lambda at: whole[:at]),
        st.tuples(st.integers(0, len(whole)), text).map(lambda cut: whole[: cut[0]] + cut[1] + whole[cut[0] :]),
        st.text(max_size=200),
    )


bodies = frames.map(json.dumps).flatmap(broken)


def nonsense(dice: random.Random) -> str:
    """A frame of our own kinds with something wrong in it."""
    whole = {"type": dice.choice(KINDS), "topic": dice.choice(TOPICS), "id": "1", "data": {}}
    for field in dice.sample(FIELDS, dice.randrange(5)):
        whole["data"][field] = dice.choice(VALUES)
    whole |= {dice.choice([*whole, "x"]): dice.choice(VALUES) for _ in range(dice.randrange(3))}
    body, at = json.dumps(whole), dice.randrange(200)
    return dice.choice([body, body, body[:at], body[:at] + dice.choice('{}[]",:\\0é') + body[at:]])


def unmoved(deps, lena, meera, body):
    """Whatever was sent, nothing is changed by it, nobody hears of it, and the socket stays."""
    before, heard = {key: dict(item) for key, item in deps.tables.items.items()}, len(meera.heard)
    answers = lena.send(body)
    assert all(answer["type"] in ("error", "pong", "welcome", "peer-gone") for answer in answers)
    if len(meera.heard) > heard:  # a farewell is the one thing that needs neither pass nor token
        assert json.loads(body)["type"] == "leave"
        deps.tables.items.update(before)
    assert {key: dict(item) for key, item in deps.tables.items.items()} == before
    assert deps.sockets.closed == []


def test_a_thousand_malformed_frames_change_nothing_and_keep_the_socket(deps, clock, lena, meera, met):
    dice = random.Random(20_26)
    for _ in range(1000):
        clock.forward(timedelta(milliseconds=100))  # as fast as is allowed
        unmoved(deps, lena, meera, nonsense(dice))
    assert lena.send({"type": "ping"})[0]["type"] == "pong"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies)
def test_nor_does_what_nobody_has_thought_of(deps, clock, lena, meera, met, body):
    clock.forward(timedelta(milliseconds=100))
    unmoved(deps, lena, meera, body)


@pytest.fixture
def told(deps, clock, lena, met):
    """How the learner's socket, silent for a while, answers each of so many frames at once."""
    clock.forward(timedelta(seconds=5))

    def send(times, frame):
        return [lena.send(frame) for _ in range(times)]

    return send


def test_more_than_fifty_frames_in_five_seconds_are_too_fast(deps, clock, lena, meera, met, told):
    ping = {"type": "ping", "id": "p"}
    assert {answers[0]["type"] for answers in told(50, ping)} == {"pong"}
    [[answer]] = told(1, ping)
    assert (answer["type"], answer["id"], answer["data"]["code"]) == ("error", "p", "too_fast")
    deps.sockets.posts.clear()
    assert refusal(signal(lena, met["lena"], say={"kind": "hand"})) == "too_fast"
    assert meera.heard == [] and deps.sockets.closed == []
    clock.forward(timedelta(seconds=5))
    assert told(1, ping)[0][0]["type"] == "pong"


def test_what_one_says_too_fast_slows_nobody_else_down(deps, meera, told):
    told(60, {"type": "ping"})
    assert meera.send({"type": "ping"})[0]["type"] == "pong"


def test_nonsense_counts_as_well(told):
    assert {answers[0]["data"]["code"] for answers in told(50, "{")} == {"bad_message"}
    assert told(1, {"type": "ping"})[0][0]["data"]["code"] == "too_fast"


def test_what_is_too_large_is_refused_wherever_it_goes(deps, lena, meera, met):
    large = {"pass": pass_for(deps, "learner", "usr_l"), "id": ulid(NOON), "text": "x" * 33_000, "token": met["lena"]}
    for kind in ("signal", "chat", "here"):
        assert refusal(lena.send({"type": kind, "topic": ROOM, "data": large})) == "too_large"
    assert meera.heard == []


def test_many_sockets_are_not_remembered_for_ever(deps, clock):
    for number in range(12_000):
        deps.paces.count(f"c{number}", clock())
    assert len(deps.paces._windows) <= 5_000
