"""Staff see a recording only when one of its people has reported the session, and that they did is written down."""

from chalicelib.domain.identity import Identity
from chalicelib.domain.reports import Report, Subject
from chalicelib.services import recordings, reported_recordings
from tests.fakes.people import learner
from tests.refusals import refusal
from tests.services.lesson import START, live


def recorded(deps, lesson):
    """A recording that is done."""
    recordings.wish(deps, **lesson.by("mentor"), wish="start")
    recordings.wish(deps, **lesson.by("learner"), wish="agree")
    made = recordings.begin(deps, **lesson.by("mentor"), content_type="video/webm")
    parts = [deps.lesson_files.arrives(made.upload_id, 1)]
    return recordings.done(deps, user_id=lesson.mentor.id, recording_id=made.id, parts=parts, seconds=1)


def report(deps, by, about, thing_id):
    made = Report(f"rep_{thing_id}{by[-4:]}", by, Subject(about, thing_id, "usr_x"), "harassment", "He swore.", START)
    deps.tables.commit([deps.reports.adding(made)])
    return made.id


def test_staff_see_it_only_on_a_report_by_one_of_its_people_and_that_is_written_down(deps, clock):
    lesson = live(deps, clock)
    recording = recorded(deps, lesson)
    ada = learner(deps, "Ada", roles=("admin",))
    by = Identity(ada.id, ("admin",), ada.auth_epoch, "dev_1", True)
    wrong = [
        "rep_none",
        report(deps, learner(deps, "Sam").id, "session", lesson.session_id),
        report(deps, lesson.learner.id, "session", "ses_other"),
        report(deps, lesson.learner.id, "person", lesson.session_id + "x"),
    ]
    for report_id in wrong:
        refused = refusal(reported_recordings.link, deps, by=by, recording_id=recording.id, report_id=report_id)
        assert refused.code == "not_reported"
    assert deps.admin_acts.of_month("2026-03", limit=9, cursor=None).items == []
    good = report(deps, lesson.learner.id, "session", lesson.session_id)
    assert reported_recordings.link(deps, by=by, recording_id=recording.id, report_id=good)
    [act] = deps.admin_acts.of_month("2026-03", limit=9, cursor=None).items
    assert (act.by, act.what, act.about, act.facts) == (ada.id, "recording_opened", recording.id, {"report": good})
