"""Requests over HTTP: who may do what, in which shape, and what each refusal says."""

from datetime import timedelta

import pytest

from tests.fakes import people
from tests.fakes.world import NOON
from tests.http.browser import PASSWORD


def at(days, hours=0):
    return (NOON + timedelta(days=days, hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


WISH = {
    "mentor_slug": "meera",
    "title": "Help with   my thesis",
    "domain": "writing",
    "description": " Two chapters to go through. ",
    "times": [at(4), at(3)],
    "duration_minutes": 60,
    "price_paise": 0,
}


@pytest.fixture
def signed_in(deps, new_browser):
    """Browsers of people who are stored already."""

    def made(name, make=people.learner):
        make(deps, name, password_hash=deps.passwords.hash(PASSWORD))
        browser = new_browser(ip="198.51.100.9")
        who = {"email": f"{name.lower()}@example.com", "password": PASSWORD}
        assert browser.post("/auth/sign-in", who).status == 200
        return browser

    return made


@pytest.fixture
def ravi(signed_in):
    return signed_in("Ravi")


@pytest.fixture
def meera(signed_in):
    return signed_in("Meera", people.mentor)


def ask(browser, key="key-00001", **changes):
    return browser.post("/requests", WISH | changes, idempotency_key=key)


@pytest.fixture
def asked(ravi, meera):
    reply = ask(ravi)
    assert reply.status == 201
    return reply.data


def place(asked):
    return f"/requests/{asked['id']}"


def test_asking_answers_with_the_whole_request(asked):
    assert (asked["title"], asked["description"]) == ("Help with my thesis", "Two chapters to go through.")
    assert (asked["status"], asked["turn"], asked["viewer"]) == ("open", "mentor", "learner")
    assert asked["terms"] == {"times": [at(3), at(4)], "choices": [at(3), at(4)], "price_paise": 0}
    assert asked["expires_at"] == at(2)
    assert asked["mentor"]["slug"] == "meera" and asked["learner"]["name"] == "Ravi"
    assert [move["kind"] for move in asked["moves"]] == ["proposed"]
    assert asked["other_zone"] == "Asia/Kolkata"
    assert asked["can"] == {"accept": False, "counter": False, "decline": False, "withdraw": True, "write": True}


def test_it_needs_a_key_and_the_same_key_gives_the_same_one(ravi, asked):
    assert ravi.post("/requests", WISH).code == "no_key"
    assert ask(ravi).data["id"] == asked["id"]
    assert ask(ravi, title="Something else here").code == "key_reused"
    second = ask(ravi, key="key-00002")
    assert (second.status, second.code, second.fields) == (409, "has_request", {"request_id": asked["id"]})


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"times": []}, ["times"]),
        ({"times": [at(n) for n in range(2, 6)]}, ["times"]),
        ({"times": [at(3), at(3)]}, ["times"]),
        ({"times": [at(-1)]}, ["times"]),
        ({"times": ["2026-03-05T12:07:00Z"]}, ["times"]),
        ({"times": ["9999-12-31T23:59:00-14:00"]}, ["times"]),
        ({"times": [at(61)]}, ["times"]),
        ({"price_paise": 500_00}, ["price_paise"]),
        ({"title": "Short", "duration_minutes": 20, "domain": "alchemy"}, ["title", "domain", "duration_minutes"]),
    ],
)
def test_each_fault_is_named(ravi, meera, changes, fields):
    reply = ask(ravi, **changes)
    assert (reply.status, list(reply.fields)) == (422, fields)


def test_who_cannot_be_asked_cannot_be_found_and_nobody_asks_themselves(ravi, meera):
    assert ask(ravi, mentor_slug="nobody").status == 404
    own = ask(meera, key="key-00009")
    assert (own.status, own.code) == (409, "own_request")


def test_both_find_it_in_their_lists_on_their_own_side(ravi, meera, asked):
    row = {name: value for name, value in asked.items() if name not in ("moves", "other_zone")}
    assert ravi.get("/me/requests").data == {"items": [row], "next": None}
    (theirs,) = meera.get("/me/requests?side=mentor&state=open").data["items"]
    assert (theirs["viewer"], theirs["can"]["accept"], theirs["version"]) == ("mentor", True, 1)
    assert meera.get("/me/requests").data["items"] == []
    assert ravi.get("/me/requests?state=closed").data["items"] == []
    assert ravi.get("/me/requests?side=admin").status == 422


def test_counter_counter_back_and_accept(ravi, meera, asked):
    first = meera.post(f"{place(asked)}/counter", {"version": 1, "times": [at(5)], "note": "That week is full."})
    assert (first.status, first.data["turn"], first.data["moves"][-1]["note"]) == (200, "learner", "That week is full.")
    stale = ravi.post(f"{place(asked)}/counter", {"version": 1, "times": [at(6)]})
    assert (stale.status, stale.code) == (409, "request_changed")
    back = ravi.post(f"{place(asked)}/counter", {"version": 2, "times": [at(5, 2), at(6)]})
    assert back.data["can"] == {"accept": False, "counter": False, "decline": False, "withdraw": True, "write": True}
    assert meera.post(f"{place(asked)}/accept", {"version": 3, "starts_at": at(5)}).code == "not_offered_time"
    agreed = meera.post(f"{place(asked)}/accept", {"version": 3, "starts_at": at(6)})
    assert (agreed.status, agreed.data["status"], agreed.data["terms"]["times"]) == (200, "accepted", [at(6)])
    again = meera.post(f"{place(asked)}/accept", {"version": 3, "starts_at": at(6)})
    assert again.data["session_id"] == agreed.data["session_id"]
    late = ravi.post(f"{place(asked)}/withdraw", {"version": 4})
    assert (late.status, late.code) == (409, "request_closed")
    assert late.data["error"]["message"] == "This request has been accepted already."
    assert [row["id"] for row in ravi.get("/me/requests?state=closed").data["items"]] == [asked["id"]]


def test_the_session_of_it_is_for_its_two_people_only(ravi, meera, signed_in, new_browser, asked):
    agreed = meera.post(f"{place(asked)}/accept", {"version": 1, "starts_at": at(3)}).data
    session, booking = f"/sessions/{agreed['session_id']}", f"/bookings/{agreed['booking_id']}"
    for browser in (ravi, meera):
        assert browser.get(session).status == browser.get(booking).status == 200
    eve = signed_in("Eve")
    assert eve.get(session).status == eve.get(booking).status == new_browser().get(session).status == 404
    assert eve.post(f"{session}/bookings", idempotency_key="key-00077").status == 404
    assert new_browser().get("/sessions").data["items"] == []
    assert new_browser().get("/mentors/meera").data["sessions"] == []


def test_declining_needs_a_reason_and_withdrawing_is_the_learner_s(ravi, meera, asked):
    assert list(meera.post(f"{place(asked)}/decline", {"version": 1, "reason": " "}).fields) == ["reason"]
    assert meera.post(f"{place(asked)}/withdraw", {"version": 1}).code == "not_yours_to_withdraw"
    assert ravi.post(f"{place(asked)}/decline", {"version": 1, "reason": "No."}).code == "not_your_turn"
    assert meera.post(f"{place(asked)}/decline", {"version": 1, "reason": "No time."}).data["status"] == "declined"
    assert ravi.get(place(asked)).data["moves"][-1]["note"] == "No time."


def test_words_are_read_from_the_end(ravi, meera, clock, asked):
    words = f"{place(asked)}/messages"
    for number, browser in enumerate((ravi, meera, ravi)):
        clock.forward(timedelta(seconds=1))
        said = {"text": f" Word {number} "}
        first = browser.post(words, said, idempotency_key=f"key-0001{number}")
        assert first.status == 201
        assert browser.post(words, said, idempotency_key=f"key-0001{number}").data == first.data
    page = meera.get(f"{words}?limit=2").data
    assert [(word["by"], word["text"]) for word in page["items"]] == [("mentor", "Word 1"), ("learner", "Word 2")]
    earlier = meera.get(f"{words}?limit=2&cursor={page['next']}").data
    assert ([word["text"] for word in earlier["items"]], earlier["next"]) == (["Word 0"], None)
    assert list(ravi.post(words, {"text": "x" * 2001}, idempotency_key="key-00020").fields) == ["text"]
    assert ravi.post(words, {"text": "No key."}).code == "no_key"


def test_there_is_no_such_request_for_anyone_else(signed_in, new_browser, asked):
    eve, nobody = signed_in("Eve"), new_browser()
    calls = [
        ("GET", "", None),
        ("POST", "/counter", {"version": 1, "times": [at(5)]}),
        ("POST", "/accept", {"version": 1, "starts_at": at(3)}),
        ("POST", "/decline", {"version": 1, "reason": "No."}),
        ("POST", "/withdraw", {"version": 1}),
        ("GET", "/messages", None),
        ("POST", "/messages", {"text": "Hello."}),
    ]
    for method, path, body in calls:
        for browser, status in ((eve, 404), (nobody, 401)):
            reply = browser.send(method, f"{place(asked)}{path}", body, idempotency_key="key-00030")
            assert reply.status == status, path
    assert (
        nobody.get("/me/requests").status == nobody.post("/requests", WISH, idempotency_key="key-00001").status == 401
    )


def test_a_move_sent_again_is_answered_with_the_request_as_it_stands(ravi, meera, asked):
    for path, browser, body in (
        ("/counter", meera, {"version": 1, "times": [at(6), at(5)], "note": " Full. "}),
        ("/counter", ravi, {"version": 2, "times": [at(7)]}),
        ("/decline", meera, {"version": 3, "reason": "No time."}),
    ):
        first = browser.post(f"{place(asked)}{path}", body).data
        again = browser.post(f"{place(asked)}{path}", body)
        assert (again.status, again.data) == (200, first)
    other = ask(ravi, key="key-00002").data
    for _ in range(2):
        assert ravi.post(f"{place(other)}/withdraw", {"version": 1}).data["status"] == "withdrawn"


@pytest.mark.parametrize("year", ["0001", "1999", "2200", "9999"])
def test_no_time_is_ages_away(ravi, meera, asked, year):
    never = f"{year}-01-01T00:00:00Z"
    assert (ask(ravi, times=[never]).status, list(ask(ravi, times=[never]).fields)) == (422, ["times"])
    for path, body in (
        ("/counter", {"version": 1, "times": [never]}),
        ("/accept", {"version": 1, "starts_at": never}),
    ):
        reply = meera.post(f"{place(asked)}{path}", body)
        assert (reply.status, list(reply.fields)) == (422, ["times" if path == "/counter" else "starts_at"])


def test_what_has_run_out_says_so_before_the_sweep_comes_by(ravi, clock, asked):
    clock.forward(timedelta(hours=48))
    ravi.post("/auth/sign-in", {"email": "ravi@example.com", "password": PASSWORD})
    shown = ravi.get(place(asked)).data
    assert (shown["status"], any(shown["can"].values())) == ("expired", False)
    assert ravi.get("/me/requests").data["items"][0]["status"] == "expired"
