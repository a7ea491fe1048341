"""Processes die at each call to the outside: every notification is recorded once, reaches each channel at least once,
and by its id is shown once."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.domain.identity import Identity
from chalicelib.domain.outgoing import MOST_ATTEMPTS, Errand, Outgoing
from chalicelib.domain.preferences import Wish
from chalicelib.services import due, mail, parked, push, push_subscriptions, reactions, realtime
from chalicelib.services.accounts import devices
from chalicelib.services.notifications import shown, wishes
from infra.local.push.browser import Browser
from tests.fakes.people import learner
from tests.fakes.world import VAPID_PUBLIC, Clock, world
from tests.services.test_payouts_crashes import Died, Line, Mortal

FACTS = {"title": "Decorators", "other": "Meera", "other_id": "usr_m", "words": "Hello", "session_id": "ses_1"}
FACTS |= {"booking_id": "bkg_1", "reason": "", "starts_at": "2026-03-09T12:00:00+00:00", "minutes": "60", "why": "left"}
FACTS |= {"paise": "50000", "masked": "HDFC •••• 4321"}
STORES = ("outbox", "preferences", "digests", "accounts", "devices", "push_subscriptions", "connections", "rooms")
OUTSIDE = ("queue", "push_queue", "mail", "web_push", "sockets")


def mortal(deps: wiring.Deps, line: Line) -> wiring.Deps:
    """The same world, in a process that will die."""
    tables = Mortal(deps.tables, line)
    stores = {name: type(getattr(deps, name))(tables) for name in (*STORES, "due", "notes")}
    return replace(deps, tables=tables, **stores, **{name: Mortal(getattr(deps, name), line) for name in OUTSIDE})


class Scene:
    """Lena, with one page and one browser, and everything that carries news to her."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.deps = world(self.clock)
        self.lena = learner(self.deps, id="usr_lena")
        self.deps.tables.commit([])
        self._subscribe()
        ticket = realtime.ticket(self.deps, Identity(self.lena.id, ("learner",), self.lena.auth_epoch, "dev_1", False))
        realtime.connect(self.deps, "lena=", ticket)
        self.records: list[dict[str, Any]] = []

    def _subscribe(self) -> None:
        device, _ = devices.admit(self.deps, self.lena, user_agent="Firefox", second_factor=False)
        self.deps.tables.commit([self.deps.devices.adding(device)])
        user = Identity(self.lena.id, ("learner",), self.lena.auth_epoch, device.id, False)
        endpoint, keys = "https://updates.push.services.mozilla.com/wpush/v2/a", Browser(VAPID_PUBLIC).keys
        push_subscriptions.add(self.deps, user, endpoint=endpoint, **keys, made_with=VAPID_PUBLIC)

    def tell(self, template: str = "booking_confirmed_learner") -> str:
        """Something happens that she is to be told of."""
        message = Outgoing(self.deps.new_id("out"), self.lena.id, "", template, self.clock(), dict(FACTS))
        written = self.deps.outbox.adding(message)
        self.deps.tables.commit([written])
        self.records.append(written.item)
        return message.id

    def react(self, deps: wiring.Deps) -> None:
        """The stream's function, with one batch."""
        found = reactions.gathered([reactions.follows(None, item) for item in self.records])
        with suppress(ConnectionError):
            reactions.send(deps, found)

    def deliver(self, deps: wiring.Deps) -> None:
        """Both senders empty their queues; what one dies of comes again."""
        for queue, send in ((self.deps.queue, mail.send), (self.deps.push_queue, push.send)):
            while queue.errands:
                with suppress(ConnectionError, push.NotTaken):
                    send(deps, queue.errands[0])
                queue.errands.pop(0)

    def sweep(self, deps: wiring.Deps) -> None:
        """One tick."""
        due.sweep(deps)

    def hours(self, number: int) -> None:
        """The minutes go by, with nobody dying."""
        for _ in range(number * 60):
            self.clock.forward(timedelta(minutes=1))
            self.sweep(self.deps)
            self.deliver(self.deps)

    def all(self) -> list[Outgoing]:
        """Every notification there is, in the order of writing."""
        return [note.message for note in reversed(self.deps.notes.newest(self.lena.id, 500, self.clock()).notes)]

    def mailed(self) -> Counter[str]:
        """How often each subject went out."""
        return Counter(letter.subject for _, _, letter in self.deps.mail.sent)

    def pushed(self) -> Counter[str]:
        """How often each was shown by the browser, by the id that makes it one."""
        return Counter(said["id"] for _, said, _ in self.deps.web_push.shown)

    def dues(self) -> list[str]:
        """What is still to be done."""
        return [item["id"] for item in self.deps.tables.items.values() if "g2sk" in item]


def deaths(act: Callable[[Scene, wiring.Deps], None], made: Callable[[], Scene]) -> Sequence[tuple[int, bool]]:
    """Every call at which the process that does this can die."""
    line, scene = Line(1_000_000, False), made()
    act(scene, mortal(scene.deps, line))
    calls = 1_000_000 - line._left
    return [(nth, after) for nth in range(1, calls + 1) for after in (False, True)]


def told_of_two() -> Scene:
    scene = Scene()
    scene.tell(), scene.tell("password_changed")
    return scene


def queued() -> Scene:
    scene = told_of_two()
    scene.react(scene.deps)
    return scene


def overlooked() -> Scene:
    """The stream has told nobody."""
    scene = told_of_two()
    scene.clock.forward(timedelta(minutes=2))
    return scene


def daily() -> Scene:
    """Two messages wait for the morning, which has come."""
    scene = Scene()
    wishes.keep(scene.deps, scene.lena.id, {"messages": Wish(mail="daily", push="off")}, None, version=0)
    scene.tell("message_received"), scene.tell("message_received")
    scene.react(scene.deps), scene.deliver(scene.deps)
    scene.clock.now = scene.clock.now.replace(hour=2, minute=30) + timedelta(days=1)
    return scene


CASES = [
    pytest.param(made, act, nth, after, id=f"{name}-{nth}-{'after' if after else 'before'}")
    for name, made, act in (
        ("react", told_of_two, Scene.react),
        ("deliver", queued, Scene.deliver),
        ("sweep", overlooked, Scene.sweep),
    )
    for nth, after in deaths(act, made)
]
MORNINGS = [
    pytest.param(nth, after, again, id=f"{nth}-{'after' if after else 'before'}-{'again' if again else 'lost'}")
    for nth, after in deaths(Scene.sweep, daily)
    for again in (True, False)
]


@pytest.mark.parametrize("again", [True, False], ids=["again", "lost"])
@pytest.mark.parametrize(("made", "act", "nth", "after"), CASES)
def test_whoever_dies_wherever_she_is_told_all_the_same(made, act, nth, after, again):
    scene = made()
    with suppress(Died):
        act(scene, mortal(scene.deps, Line(nth, after)))
    if again:  # the stream gives out its batch again, the queue its message, and there is another tick
        act(scene, scene.deps)
    else:
        scene.deps.queue.errands.clear(), scene.deps.push_queue.errands.clear()
    scene.hours(2)
    first, second = scene.all()
    assert all(0 < times <= 2 for times in scene.mailed().values()) and len(scene.mailed()) == 2
    assert set(scene.pushed()) == {first.id, second.id}
    assert {(each.mail, each.push) for each in (first, second)} <= {("sent", "sent")}
    assert scene.dues() == [] and scene.deps.alarms.rung == []
    frames = [data["data"]["id"] for data in scene.deps.sockets.to("lena=") if data["type"] == "notification"]
    assert set(frames) <= {first.id, second.id}
    assert shown.unread(scene.deps, scene.lena.id) == 2


@pytest.mark.parametrize(("nth", "after", "again"), MORNINGS)
def test_the_daily_mail_is_gathered_once_wherever_its_gatherer_dies(nth, after, again):
    scene = daily()
    with suppress(Died):
        scene.sweep(mortal(scene.deps, Line(nth, after)))
    if again:
        scene.sweep(scene.deps)
    scene.hours(2)
    digests = [item for item in scene.deps.tables.items.values() if item.get("template") == "digest"]
    assert [item["facts"]["count"] for item in digests] == ["2"]
    assert list(scene.mailed()) == ["Your day on PeerLearn: 2 things to look at"]
    assert scene.dues() == []


def test_without_the_stream_for_an_hour_all_is_delivered_by_the_sweep():
    scene = Scene()
    for _ in range(60):
        scene.tell("message_received")
        scene.clock.forward(timedelta(minutes=1))
    assert scene.deps.queue.errands == []
    scene.hours(1)
    assert scene.mailed() == {"A message from Meera": 60}
    assert set(scene.pushed().values()) == {1} and len(scene.pushed()) == 60
    assert scene.dues() == [] and shown.unread(scene.deps, scene.lena.id) == 60


def test_a_sender_that_is_killed_by_a_message_parks_it_after_eight_tries_and_holds_nobody_up():
    scene = Scene()
    poison, deliver = scene.tell("earning_frozen"), scene.deps.mail.send

    def killed(to, template, facts):
        if template == "earning_frozen":
            raise Died
        return deliver(to, template, facts)

    scene.deps.mail.send = killed
    others = []
    for minute in range(24 * 60):
        if minute % 120 == 0:
            others.append(scene.tell("password_changed"))
        scene.clock.forward(timedelta(minutes=1))
        scene.sweep(scene.deps)
        for errand in list(scene.deps.queue.errands):  # each message is its own: one's death is not another's
            with suppress(Died):
                mail.send(scene.deps, errand)
        scene.deps.queue.errands.clear()
        scene.deps.push_queue.errands.clear()
    found = scene.deps.outbox.find(scene.lena.id, poison)
    assert (found.mail, found.mail_attempts) == ("parked", MOST_ATTEMPTS)
    assert scene.mailed() == {"Your password was changed": len(others)}
    [gone] = parked.listed(scene.deps, limit=5, cursor=None)[0]
    assert (gone.message.id, gone.message.mail_fault) == (poison, "")
    assert mail.send(scene.deps, Errand("mail", scene.lena.id, poison, MOST_ATTEMPTS - 1)) == "parked"
    assert scene.deps.alarms.rung == [("parked", {"channel": "mail", "notification": poison})]


def test_a_notification_that_nobody_can_word_takes_no_other_with_it():
    scene = Scene()
    scene.tell("booking_confirmed_learner")
    scene.records.insert(0, scene.records[0] | {"template": "no_such_kind"})
    found = []
    for item in scene.records:
        with suppress(Exception):
            found.append(reactions.follows(None, item))
    assert [len(each.errands) for each in found] == [2]
