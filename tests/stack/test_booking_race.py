"""Fifty people want one seat, at once, through the front door and the real transactions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from chalicelib.domain.claims import quarters


def claims(real, session, user_id):
    return {
        (day, name): owner
        for day in quarters(session.starts_at, session.ends_at)
        for name, owner in real.calendars.claimed(user_id, day).items()
    }


def test_of_fifty_concurrent_bookings_of_one_seat_exactly_one_succeeds(real, new_mentor, new_learner, new_session):
    mentor, crowd = new_mentor(), [new_learner() for _ in range(50)]
    session_id = new_session(mentor)
    with ThreadPoolExecutor(50) as pool:
        replies = list(pool.map(lambda who: who.browser.post(f"/sessions/{session_id}/bookings"), crowd))
    won = [who for who, reply in zip(crowd, replies, strict=True) if reply.status == 201]
    lost = [reply for reply in replies if reply.status != 201]
    assert len(won) == 1
    assert [(reply.status, reply.code) for reply in lost] == [(409, "slot_taken")] * 49
    session = real.sessions.get(session_id)
    assert session.learner.id == won[0].account.id
    assert len(claims(real, session, won[0].account.id)) == 4
    assert set(claims(real, session, mentor.account.id).values()) == {session_id}
    assert [who for who in crowd if who not in won and claims(real, session, who.account.id)] == []


def test_one_learner_racing_for_overlapping_sessions_gets_one(real, new_mentor, new_learner, new_session):
    lena = new_learner()
    wanted = [new_session(new_mentor(), timedelta(days=2)) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda session_id: lena.browser.post(f"/sessions/{session_id}/bookings"), wanted))
    assert sorted(reply.status for reply in replies) == [201] + [409] * 7
    assert {reply.code for reply in replies if reply.status == 409} == {"time_taken"}
    session = real.sessions.get(wanted[0])
    assert len(set(claims(real, session, lena.account.id).values())) == 1


def test_the_same_key_sent_ten_times_at_once_books_once(new_mentor, new_learner, new_session):
    lena, session_id = new_learner(), new_session(new_mentor())
    with ThreadPoolExecutor(10) as pool:
        replies = list(
            pool.map(lambda _: lena.browser.post(f"/sessions/{session_id}/bookings", key="same-0000001"), range(10))
        )
    assert {reply.status for reply in replies} == {201}
    assert len({reply.data["id"] for reply in replies}) == 1
