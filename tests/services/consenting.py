"""What two people do to record their session, for tests."""

from chalicelib.services import recordings, rooms, signaling
from chalicelib.stores.connections import Connection


def wish(deps, lesson, side, word):
    return recordings.wish(deps, **lesson.by(side), wish=word)


def agreed(deps, lesson):
    wish(deps, lesson, "mentor", "start")
    return wish(deps, lesson, "learner", "agree")


def begin(deps, lesson, side="mentor"):
    return recordings.begin(deps, **lesson.by(side), content_type="video/webm")


def done(deps, lesson, recording, *parts, side="mentor", seconds=60):
    me = lesson.by(side)["user_id"]
    return recordings.done(deps, user_id=me, recording_id=recording.id, parts=list(parts), seconds=seconds)


def begun(deps, lesson):
    agreed(deps, lesson)
    return begin(deps, lesson)


def into(deps, lesson, side, connection):
    admission = rooms.let_in(deps, **lesson.by(side))
    opened = Connection(connection, lesson.by(side)["user_id"])
    deps.tables.commit(deps.connections.opening(opened, f"tkt_{connection}", deps.clock()))
    signaling.join(deps, connection, lesson.session_id, admission.room_pass, f"sid-{side}")


def heard(deps, connection):
    posts = [each for each in deps.sockets.to(connection) if each["type"] == "recording"]
    return [(each["data"]["state"], each["data"]["by"]) for each in posts]
