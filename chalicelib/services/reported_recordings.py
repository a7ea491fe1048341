"""Staff open a recording only on a report by one of its two people, and leave a line about it."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.identity import Identity
from chalicelib.services import admin_acts, recordings

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def link(deps: "Deps", *, by: Identity, recording_id: str, report_id: str) -> str:
    """The line is written first: nobody looks without it."""
    recording, report = recordings.get(deps, recording_id), deps.reports.find(report_id)
    people = (recording.mentor_id, recording.learner_id)
    about_it = report and (report.subject.about, report.subject.id) == ("session", recording.session_id)
    if report is None or not about_it or report.by not in people:
        raise Forbidden("not_reported", "A recording is opened only on a report of this session by one of its people.")
    if by.user_id in people:
        raise Forbidden("own_session", "Another admin has to look into your own session.")
    recording.must_be_done()
    deps.tables.commit(admin_acts.act(deps, by, "recording_opened", recording_id, report=report_id))
    return recordings.link_to(deps, recording)
