"""Seeding: everything is there, all by the product's own use cases, and a second time changes nothing."""

import copy
import io
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from chalicelib.domain.errors import Conflict
from chalicelib.services import mentors, open_times
from chalicelib.services.accounts import signing_in
from chalicelib.services.sessions import Offer, publish
from infra.local import seed as seeding
from infra.local.demo import accounts, programme
from infra.local.demo.people import everyone
from infra.local.demo.programme import WALK_IN
from infra.local.seed import LOGINS, code, patiently, seed, summary
from tests.fakes.world import Clock, world


@pytest.fixture(scope="module", autouse=True)
def quickly_drawn():
    """One plain picture for all: what they look like is another test's matter."""
    plain = io.BytesIO()
    Image.new("RGB", (96, 96), "navy").save(plain, "JPEG")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "portrait", lambda look: plain.getvalue())
        yield


@pytest.fixture(scope="module")
def seeded():
    """A seeded world, for tests that only look."""
    deps = world(Clock())
    seed(deps)
    return deps


def sessions_of(deps):
    return [item for item in deps.tables.items.values() if item.get("kind") == "session"]


def account(deps, slug):
    return deps.accounts.owner_of(everyone()[slug].email)


def test_a_second_time_changes_nothing(seeded):
    before = copy.deepcopy(seeded.tables.items)
    seed(seeded)
    assert seeded.tables.items == before


def test_nobody_is_written_to(seeded):
    assert seeded.queue.errands == []
    assert not [
        i for i in seeded.tables.items.values() if i.get("kind") == "outgoing" and "waiting" in (i["mail"], i["push"])
    ]


def test_everyone_is_verified_has_a_picture_and_is_signed_in_nowhere(seeded):
    for someone in everyone().values():
        person = seeded.accounts.find(account(seeded, someone.slug).id)
        assert person.email_verified
        assert f"{person.photo_url}"[1:] in seeded.pictures.media
        assert list(seeded.devices.of(person.id)) == []


def test_twelve_mentors_are_listed_with_pictures_and_one_application_waits(seeded):
    listed = seeded.mentors.listed("all", 50, None).items
    assert len(listed) == 12
    assert all(profile.photo_url and profile.slug in everyone() for profile in listed)
    assert [person.account.name for person in seeded.mentors.with_status("pending", 10, None).items] == ["Lukas Brandt"]


def test_the_whole_programme_is_there(seeded):
    wanted = [time for someone in everyone().values() for offered in someone.sessions for time in offered.times]
    found = Counter(item["status"] for item in sessions_of(seeded))
    assert found["completed"] == len([time for time in wanted if time.ended == "completed"])
    assert found["no_show_learner"] == len([time for time in wanted if time.ended == "no_show_learner"]) == 1
    assert found["booked"] == len([time for time in wanted if time.learner and not time.ended]) + 1
    assert found["open"] == len([time for time in wanted if not time.learner])


def test_every_listed_mentor_can_be_booked_at_an_open_time(seeded):
    for profile in seeded.mentors.listed("all", 50, None).items:
        page = open_times.page(seeded, profile.slug)
        assert page.offerings
        assert page.soonest.starts_at - seeded.clock() < timedelta(days=8)


def test_what_is_ahead_lies_within_a_fortnight_and_what_is_behind_too(seeded):
    now = seeded.clock()
    for item in sessions_of(seeded):
        starts = datetime.fromisoformat(item["starts_at"])
        over = item["status"] in ("completed", "no_show_learner")
        assert now - timedelta(days=15) < starts < now if over else now < starts < now + timedelta(days=15)


def test_a_learner_has_at_most_three_bookings_ahead_and_one_to_walk_into(seeded):
    for someone in everyone().values():
        rows = seeded.bookings.of_learner(
            account(seeded, someone.slug).id, now=seeded.clock(), upcoming=True, limit=50, cursor=None
        ).items
        assert len([row for row in rows if row.session.title != WALK_IN.title]) <= 3


@pytest.mark.parametrize("role", ["learner", "mentor"])
def test_a_printed_log_in_signs_in(seeded, role):
    email, password = LOGINS[role]
    person, _ = signing_in.sign_in(seeded, email=email, password=password, code=None, ip="1.1.1.1", user_agent="t")
    assert role in person.account.roles


def test_the_admin_signs_in_with_the_printed_code_and_may_approve():
    deps = world(Clock())
    seed(deps)
    email, password = LOGINS["admin"]
    person, admission = signing_in.sign_in(
        deps, email=email, password=password, code=code(deps.clock()), ip="1.1.1.1", user_agent="t"
    )
    user = deps.tokens.known(admission.access)
    assert "admin" in user.roles
    assert user.second_factor
    assert mentors.approve(deps, account(deps, "lukas-brandt").id, by=user).mentor.slug == "lukas-brandt"


def test_the_room_can_be_entered_within_a_minute_and_gets_a_successor_when_it_is_over():
    clock = Clock()
    deps = world(clock)
    rooms = [seed(deps)]
    assert seed(deps).id == rooms[0].id
    for minutes in (7, 14, 29, 44, 59):
        clock.now = clock.now.replace(minute=minutes) + timedelta(hours=2)
        rooms.append(seed(deps))
        assert rooms[-1].status == "booked"
        assert rooms[-1].doors_open <= clock.now + timedelta(minutes=1) < rooms[-1].starts_at
    assert len({room.id for room in rooms}) == len(rooms)


def test_days_later_the_fortnight_ahead_is_filled_again_and_nothing_is_doubled():
    clock = Clock()
    deps = world(clock)
    seed(deps)
    usual = Counter(item["title"] for item in sessions_of(deps) if item["status"] == "open")
    clock.forward(timedelta(days=14))
    seed(deps)
    ahead = [i for i in sessions_of(deps) if i["status"] == "open" and i["starts_at"] > clock.now.isoformat()]
    assert Counter(item["title"] for item in ahead) == usual
    assert len({(item["mentor"]["id"], item["starts_at"]) for item in sessions_of(deps)}) == len(sessions_of(deps))


@pytest.mark.parametrize("day", range(0, 14, 3))
def test_nobody_is_in_two_places_whatever_the_day(day):
    deps = world(Clock(datetime(2026, 3, 2, 3, 30, tzinfo=UTC) + timedelta(days=day, hours=day)))
    seed(deps)
    wanted = sum(len(offered.times) for someone in everyone().values() for offered in someone.sessions)
    assert len(sessions_of(deps)) == wanted + 1


def test_a_time_that_a_mentor_uses_otherwise_is_left_to_them():
    clock = Clock()
    deps = world(clock)
    seed(deps)
    clock.forward(timedelta(days=2))
    held = {slug: account(deps, slug) for slug in everyone()}
    plan = programme.missing(deps, everyone(), held)[0]
    own = Offer("Something else altogether", "My own.", ("Mine",), plan.offered.domain, plan.at, 60)
    publish(deps, mentor_id=held[plan.mentor].id, offer=own, key="mine")
    seed(deps)
    at = [i for i in sessions_of(deps) if datetime.fromisoformat(i["starts_at"]) == plan.at]
    assert [i["title"] for i in at if i["mentor"]["id"] == held[plan.mentor].id] == [own.title]


def test_the_summary_names_every_role_the_password_and_the_room(seeded):
    room = seed(seeded)
    told = summary(room, "http://localhost:8000", seeded.clock())
    for email, password in LOGINS.values():
        assert email in told
        assert password in told
    assert f"/room/{room.id}" in told
    assert code(seeded.clock()) in told


def test_only_a_local_stack_is_seeded(monkeypatch):
    monkeypatch.setenv("STAGE", "production")
    with pytest.raises(SystemExit, match="local stack only"):
        seeding.main([])


def test_the_admins_code_can_be_asked_for(capsys):
    seeding.main(["--code"])
    assert capsys.readouterr().out.strip().replace(" ", "").isdigit()


def test_a_change_by_somebody_quicker_is_met_by_another_try_but_not_for_ever():
    tries = []

    def made_at(which):
        def make():
            tries.append(which)
            if len(tries) < which:
                raise Conflict("changed_meanwhile", "Somebody was quicker.")
            return "made"

        tries.clear()
        return make

    assert patiently(made_at(3)) == "made"
    with pytest.raises(Conflict):
        patiently(made_at(4))
    assert len(tries) == 3
