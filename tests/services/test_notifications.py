"""A person's notifications on the site: recorded once, listed newest first, counted exactly, read in every tab."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.outgoing import Outgoing
from chalicelib.domain.preferences import QuietHours, Wish
from chalicelib.services import due, mail
from chalicelib.services.accounts import belongings
from chalicelib.services.notifications import digests, shown, wishes
from chalicelib.stores import keys, notes
from tests.fakes.people import learner
from tests.fakes.times import errand, mails, recorded

FACTS = {"other": "Meera", "other_id": "usr_m", "words": "Hello"}


@pytest.fixture
def lena(deps):
    return learner(deps, id="usr_lena")


def tell(deps, number, template="message_received", first=0, **facts):
    """So many notifications to Lena, one a minute, by their ids."""
    ids = [f"out_{each:04d}" for each in range(first, first + number)]
    for each in ids:
        deps.clock.forward(timedelta(minutes=1))
        deps.tables.commit([deps.outbox.adding(Outgoing(each, "usr_lena", "", template, deps.clock(), FACTS | facts))])
    return ids


def ids(page):
    return [note.message.id for note in page.notes]


def listed(deps, limit=20, cursor=None):
    return shown.listed(deps, "usr_lena", limit=limit, cursor=cursor)


def test_the_newest_come_first_page_by_page(deps, lena):
    told, found, cursor = tell(deps, 7), [], None
    for unread in (7, None, None):
        page = listed(deps, 3, cursor)
        found, cursor = found + ids(page), page.next
        assert page.unread == unread
    assert (found, cursor) == (told[::-1], None)


def test_mails_that_are_nothing_else_stand_in_no_list(deps, lena):
    tell(deps, 1, "verify_email")
    assert listed(deps) == notes.NotePage([], None, 0)


def test_the_number_is_exact_whatever_was_read(deps, lena):
    told = tell(deps, 40)
    shown.read(deps, lena.id, told[3])
    shown.read(deps, lena.id, told[3])
    assert shown.unread(deps, lena.id) == 39
    shown.read_all(deps, lena.id, told[29])
    assert shown.unread(deps, lena.id) == 10
    shown.read(deps, lena.id, told[35])
    tell(deps, 2, first=40)
    assert shown.unread(deps, lena.id) == 11
    assert [note.read for note in listed(deps, 8).notes] == [False, False, False, False, False, False, True, False]


def test_reading_all_takes_back_nothing_that_another_tab_has_read(deps, lena):
    told = tell(deps, 5)
    shown.read_all(deps, lena.id, told[4])
    shown.read_all(deps, lena.id, told[1])
    assert shown.unread(deps, lena.id) == 0


def test_what_is_yet_to_come_cannot_be_read_beforehand(deps, lena):
    shown.read_all(deps, lena.id, "out_zzzz")
    deps.tables.commit([deps.outbox.adding(Outgoing(deps.new_id("out"), lena.id, "", "email_changed", deps.clock()))])
    assert shown.unread(deps, lena.id) == 1


def test_further_pages_know_what_was_read(deps, lena):
    told = tell(deps, 6)
    shown.read_all(deps, lena.id, told[1])
    second = listed(deps, 3, listed(deps, 3).next)
    assert [note.read for note in second.notes] == [False, True, True]


def test_more_than_one_query_holds_are_counted_all_the_same(deps, lena, monkeypatch):
    monkeypatch.setattr(notes, "MOST", 10)
    told = tell(deps, 35)
    assert shown.unread(deps, lena.id) == 35
    shown.read_all(deps, lena.id, told[15])
    assert shown.unread(deps, lena.id) == 19


def test_another_persons_notification_is_none(deps, lena):
    told = tell(deps, 1)
    with pytest.raises(NotFound):
        shown.read(deps, "usr_other", told[0])


def test_after_ninety_days_it_is_gone_even_before_it_is_swept_away(deps, clock, lena):
    tell(deps, 2)
    clock.forward(timedelta(days=90, minutes=1))
    assert listed(deps) == notes.NotePage([], None, 0)


def test_one_of_a_shape_that_is_no_more_takes_no_list_down(deps, lena):
    told = tell(deps, 3)
    deps.tables.items[keys.note(lena.id, told[1])]["template"] = "no_such_kind"
    deps.tables.items[keys.note(lena.id, told[0])]["facts"] = {}
    page = listed(deps)
    assert ids(page) == [told[2], told[0]] and page.unread == 2
    assert [shown.view(note.message)["link"] for note in page.notes] == ["/messages/usr_m", "/"]


def test_it_is_shown_in_words_with_a_place_to_act(deps, lena):
    [told] = tell(deps, 1)
    assert shown.view(listed(deps).notes[0].message) == {
        "id": told,
        "kind": "message_received",
        "group": "messages",
        "title": "A message from Meera",
        "text": "Hello",
        "when": None,
        "link": "/messages/usr_m",
        "at": deps.clock(),
        "read": False,
    }


class TestTheDailyMail:
    @pytest.fixture
    def daily(self, deps, lena):
        """She wants her messages once a day."""
        wishes.keep(deps, lena.id, {"messages": Wish(mail="daily")}, None, version=0)

    def send(self, deps):
        """Whatever mail waits is tried."""
        return [mail.send(deps, errand(each)) for each in recorded(deps) if each.mail == "waiting"]

    def morning(self, deps, clock):
        clock.now = clock.now.replace(hour=2, minute=30) + timedelta(days=1)  # eight o'clock in India
        due.sweep(deps)

    def test_gathers_all_that_waits_in_one(self, deps, clock, lena, daily):
        tell(deps, 3)
        assert self.send(deps) == ["digest"] * 3
        assert deps.mail.sent == []
        self.morning(deps, clock)
        assert self.send(deps) == ["sent"]
        [(to, template, letter)] = deps.mail.sent
        assert (to, template, letter.subject) == (lena.email, "digest", "Your day on PeerLearn: 3 things to look at")
        assert letter.text.count("A message from Meera") == 3
        assert "http://localhost:8000/messages/usr_m" in letter.text
        assert shown.unread(deps, lena.id) == 3

    def test_comes_once_however_often_it_is_gathered(self, deps, clock, lena, daily):
        tell(deps, 3), self.send(deps)
        self.morning(deps, clock)
        due.sweep(deps), digests.gather(deps, lena.id)
        assert [template for template, _ in mails(deps)].count("digest") == 1

    def test_of_two_who_gather_at_once_one_does(self, deps, lena, daily, monkeypatch):
        tell(deps, 2), self.send(deps)
        of = deps.digests.of

        def meanwhile(user_id):
            found = of(user_id)
            monkeypatch.setattr(deps.digests, "of", of)
            digests.gather(deps, user_id)
            return found

        monkeypatch.setattr(deps.digests, "of", meanwhile)
        digests.gather(deps, lena.id)
        assert [template for template, _ in mails(deps)].count("digest") == 1

    def test_loses_nothing_to_a_crash(self, deps, clock, lena, daily, monkeypatch):
        tell(deps, 3), self.send(deps)
        commit = deps.tables.commit

        def dies(writes):
            raise ConnectionError

        monkeypatch.setattr(deps.tables, "commit", dies)
        self.morning(deps, clock)
        monkeypatch.setattr(deps.tables, "commit", commit)
        clock.forward(timedelta(minutes=5))
        due.sweep(deps)
        self.send(deps)
        assert [letter.text.count("A message from Meera") for _, _, letter in deps.mail.sent] == [3]

    def test_leaves_out_what_is_not_wanted_any_more(self, deps, clock, lena, daily):
        tell(deps, 3), self.send(deps)
        wishes.keep(deps, lena.id, {"messages": Wish(mail="off")}, None, version=1)
        self.morning(deps, clock)
        assert self.send(deps) == []
        assert deps.digests.of(lena.id) == []

    def test_leaves_out_what_was_read_on_the_site_meanwhile(self, deps, clock, lena, daily):
        first, second, third, _ = tell(deps, 4)
        self.send(deps)
        shown.read_all(deps, lena.id, first), shown.read(deps, lena.id, third)
        self.morning(deps, clock)
        self.send(deps)
        [(_, _, letter)] = deps.mail.sent
        assert letter.text.count("A message from Meera") == 2
        assert deps.digests.of(lena.id) == []

    def test_more_than_go_into_one_go_into_two(self, deps, clock, lena, daily):
        tell(deps, 95), self.send(deps)
        self.morning(deps, clock)
        self.send(deps)
        assert [letter.subject.split()[4] for _, _, letter in deps.mail.sent] == ["90", "5"]


class TestQuietHours:
    @pytest.fixture(autouse=True)
    def quiet(self, deps, lena):
        """From five in the afternoon until six, in India."""
        wishes.keep(deps, lena.id, {}, QuietHours(17 * 60, 18 * 60), version=0)

    def test_a_mail_waits_and_no_try_is_counted(self, deps, clock, lena):
        tell(deps, 1)
        [waiting] = recorded(deps)
        assert mail.send(deps, errand(waiting)) == "later"
        assert recorded(deps)[0].mail_attempts == 0
        clock.forward(timedelta(minutes=10))
        due.sweep(deps)
        assert [each for each in deps.queue.errands if each.channel == "mail"] == []
        clock.now = clock.now.replace(hour=12, minute=30)  # six o'clock
        due.sweep(deps)
        [again] = [each for each in deps.queue.errands if each.channel == "mail"]
        assert mail.send(deps, again) == "sent"

    def test_the_site_shows_it_at_once(self, deps, lena):
        tell(deps, 1)
        assert shown.unread(deps, lena.id) == 1


def test_whoever_leaves_leaves_no_notification(deps, lena):
    tell(deps, 120), tell(deps, 1, "verify_email", first=900)
    shown.read_all(deps, lena.id, "out_0003")
    wishes.keep(deps, lena.id, {"messages": Wish(mail="daily")}, None, version=0)
    mail.send(deps, errand(recorded(deps)[5]))
    belongings.erase(deps, lena.id)
    assert [key for key in deps.tables.items if key.pk == "USR#usr_lena" and key.sk != "ACCOUNT"] == []
