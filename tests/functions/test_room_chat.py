"""Writing to each other in a room: kept once, told to both, refused in words."""

from datetime import timedelta

import pytest

from tests.fakes.world import NOON
from tests.functions.conversation import BOOKING, ROOM, chat, join, pass_for, refusal, seen, ulid


def kept(deps):
    return deps.chats.page("ses_1", BOOKING, limit=100, cursor=None).items


@pytest.fixture
def his(deps):
    """The learner's pass."""
    return pass_for(deps, "learner", "usr_l")


@pytest.fixture
def hers(deps):
    """The mentor's pass."""
    return pass_for(deps, "mentor", "usr_m")


def test_what_is_written_is_kept_told_and_answered(deps, lena, meera, met, his):
    id_, time = ulid(), "2026-03-02T12:00:00Z"
    [taken] = chat(lena, his, id_, "नमस्ते 👋\nhttps://example.com")
    assert taken == {"type": "chat-taken", "topic": ROOM, "id": "chat-1", "data": {"id": id_, "at": time}}
    told = {"id": id_, "by": "learner", "text": "नमस्ते 👋\nhttps://example.com", "at": time}
    assert meera.heard == [{"type": "chat", "topic": ROOM, "data": told}]
    [said] = kept(deps)
    assert (said.id, said.by, said.user_id, said.at) == (id_, "learner", "usr_l", NOON)


def test_it_costs_one_transaction_one_read_and_two_posts(deps, lena, met, his):
    chat(lena, his, ulid(), "hello")
    assert deps.tables.requests == ["GetItem", "TransactWriteItems"]
    assert [to for to, _ in deps.sockets.posts] == ["meera=", "lena="]


def test_sent_again_it_is_the_same_and_told_to_nobody(deps, clock, lena, meera, met, his):
    id_ = ulid()
    [first] = chat(lena, his, id_, "hello")
    clock.forward(timedelta(seconds=3))
    [second] = chat(lena, his, id_, "hello")
    assert first == second
    assert len(meera.heard) == len(kept(deps)) == 1


def test_another_message_under_the_same_id_is_refused(deps, lena, meera, met, his, hers):
    id_ = ulid()
    chat(lena, his, id_, "hello")
    assert refusal(chat(lena, his, id_, "something else")) == "id_used"
    assert refusal(chat(meera, hers, id_, "hello")) == "id_used"
    assert [said.text for said in kept(deps)] == ["hello"]


def test_the_other_pages_of_both_in_the_room_hear_it(deps, page, lena, meera, met, his):
    tablet = page("tablet=", "usr_l")
    chat(tablet, his, ulid(), "from another tab of mine")
    assert [page_.heard[-1]["type"] for page_ in (lena, meera, tablet)] == ["chat", "chat", "chat-taken"]


def test_it_is_kept_for_somebody_who_is_not_there(deps, lena, his):
    join(lena, his, "sid-l")
    assert chat(lena, his, ulid(), "are you coming?")[-1]["type"] == "chat-taken"
    assert len(kept(deps)) == 1


def test_history_is_in_the_order_of_ids(deps, clock, lena, meera, met, his, hers):
    early, late = ulid(NOON - timedelta(seconds=20)), ulid(NOON)
    chat(meera, hers, late, "second")
    chat(lena, his, early, "first, sent late")
    assert [said.text for said in kept(deps)] == ["second", "first, sent late"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("x" * 2001, "too_long"),
        ("x" * 20000, "bad_message"),
        ("a\u202eb", "unreadable"),
    ],
    ids=lambda value: value[:8],
)
def test_what_cannot_be_said_is_refused_in_words(deps, lena, met, his, text, code):
    assert refusal(chat(lena, his, ulid(), text)) == code
    assert kept(deps) == []


def test_two_thousand_characters_can_be_said(deps, lena, met, his):
    assert chat(lena, his, ulid(), "क" * 2000)[-1]["type"] == "chat-taken"


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "x",
        "0" * 26,
        "8" + "0" * 25,
        "Z" * 26,
        ulid().lower(),
        f"{ulid()[:-1]}U",
        f"{ulid()[:-1]}#",
        ulid(NOON + timedelta(minutes=6)),
        ulid(NOON - timedelta(minutes=21)),
    ],
)
def test_an_id_that_is_no_ulid_of_this_session_is_refused(deps, lena, met, his, id_):
    assert refusal(chat(lena, his, id_, "x")) == "bad_id"
    assert kept(deps) == []


def test_nobody_writes_faster_than_twenty_in_ten_seconds(deps, clock, lena, meera, met, his, hers):
    for _ in range(20):
        assert chat(lena, his, ulid(), "x")[-1]["type"] == "chat-taken"
    assert refusal(chat(lena, his, ulid(), "x")) == "too_fast"
    assert chat(meera, hers, ulid(), "not me")[-1]["type"] == "chat-taken"
    assert len(kept(deps)) == 21
    clock.forward(timedelta(seconds=10))
    assert chat(lena, his, ulid(), "x")[-1]["type"] == "chat-taken"


def test_two_thousand_messages_are_enough_for_a_session(deps, lena, met, his):
    first = ulid()
    chat(lena, his, first, "the first")
    [item] = [item for key, item in deps.tables.items.items() if key.sk == "ROOM"]
    item["said"] = 2000
    assert refusal(chat(lena, his, ulid(), "one too many")) == "chat_full"
    assert chat(lena, his, first, "the first")[-1]["type"] == "chat-taken", "what was taken stays taken"


def test_the_rooms_end_is_the_chats(deps, lena, met, his):
    deps.tables.update(deps.rooms.marking("ses_1", "completed", NOON, closed=True))
    assert refusal(chat(lena, his, ulid(), "x")) == "ended"


def test_a_file_that_is_not_the_sessions_cannot_be_named(deps, lena, met, his):
    assert refusal(chat(lena, his, ulid(), "see this", material_id="mat_1")) == "not_found"
    assert kept(deps) == []


def test_whoever_has_read_says_so_to_the_other(deps, lena, meera, met, his, hers):
    id_ = ulid()
    chat(lena, his, id_, "hello")
    before = len(lena.heard)
    assert seen(meera, hers, id_) == []
    assert lena.heard[before:] == [{"type": "chat-seen", "topic": ROOM, "data": {"until": id_}}]
    assert deps.chats.seen_by_other("ses_1", BOOKING, "learner") == id_
    assert deps.chats.seen_by_other("ses_1", BOOKING, "mentor") is None


def test_who_asks_is_answered_and_nobody_unreads(deps, lena, meera, met, his, hers):
    early, late = ulid(NOON - timedelta(seconds=5)), ulid(NOON)
    [answer] = seen(meera, hers, late, "s1")
    assert (answer["type"], answer["id"]) == ("chat-seen-taken", "s1")
    told = len(lena.heard)
    seen(meera, hers, early)
    seen(meera, hers, late)
    assert len(lena.heard) == told
    assert deps.chats.seen_by_other("ses_1", BOOKING, "learner") == late


@pytest.mark.parametrize("until", ["", "~", "Z" * 26, ulid(NOON + timedelta(days=1))])
def test_nobody_has_read_what_is_to_come(deps, meera, met, hers, until):
    assert refusal(seen(meera, hers, until)) == "bad_id"
    assert deps.chats.seen_by_other("ses_1", BOOKING, "learner") is None


@pytest.mark.parametrize(
    "data",
    [{}, {"pass": 1}, {"id": ["x"]}, {"id": "x" * 27}, {"text": None}, {"text": {"a": 1}}, {"material_id": "../x"}],
    ids=repr,
)
def test_what_is_left_out_is_named(deps, lena, met, his, data):
    whole = {"pass": his, "id": ulid(), "text": "x"} | data if data else {}
    assert refusal(lena.send({"type": "chat", "topic": ROOM, "data": whole})) == "bad_message"
