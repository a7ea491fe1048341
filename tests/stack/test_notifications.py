"""A notification on the running stack: recorded with its change, on every page within seconds, read in all of them."""

from tests.stack.line import greeted


def test_two_tabs_hear_of_a_booking_and_agree_on_what_is_read(stack, new_mentor, new_learner, new_session):
    mentor, learner = new_mentor(), new_learner()
    session_id = new_session(mentor, title="Generators, lazily")
    with greeted(mentor.browser) as one, greeted(mentor.browser) as other:
        learner.browser.post(f"/sessions/{session_id}/bookings")
        shown = [line.until("notification")["data"] for line in (one, other)]
        assert shown[0] == shown[1]
        assert (shown[0]["kind"], shown[0]["text"]) == ("booking_confirmed_mentor", "Generators, lazily")
        [item] = mentor.browser.get("/notifications").data["items"]
        assert item == shown[0]
        assert mentor.browser.get("/notifications/unread").data == {"unread": 1}
        one.until("changed", what="notifications"), other.until("changed", what="notifications")
        assert mentor.browser.post("/notifications/read", {"until": item["id"]}).status == 204
        one.until("changed", what="notifications"), other.until("changed", what="notifications")
        assert mentor.browser.get("/notifications/unread").data == {"unread": 0}


def test_whoever_wants_no_mail_about_bookings_gets_none_and_sees_it_on_the_site(
    stack, new_mentor, new_learner, new_session
):
    mentor, learner = new_mentor(), new_learner()
    wanted = {"groups": {"bookings": {"mail": "off", "push": "off"}}, "version": 0}
    assert learner.browser.put("/me/preferences", wanted).status == 200
    session_id = new_session(mentor, title="Iterators, eagerly")
    learner.browser.post(f"/sessions/{session_id}/bookings")
    assert "Iterators, eagerly" in stack.mail(mentor.account.email)["text"]
    [item] = learner.browser.get("/notifications").data["items"]
    assert item["title"] == "Booked: Iterators, eagerly"
