"""Mentors: the application, its public profile, and the lists it stands in."""

from dataclasses import replace
from typing import NamedTuple

from chalicelib.domain.accounts import Account
from chalicelib.domain.allowances import Allowance
from chalicelib.domain.errors import Conflict, Forbidden, NotFound, signed_out
from chalicelib.domain.mentors import Mentor, Person, Profile
from chalicelib.domain.sessions import Session
from chalicelib.stores import keys
from chalicelib.stores.accounts import account_of
from chalicelib.stores.allowances import allowance_of
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Check, Delete, Item, Key, Put, Write


class ProfilePage(NamedTuple):
    """A page of public profiles and the cursor of the next."""

    items: list[Profile]
    next: str | None


class PersonPage(NamedTuple):
    """A page of applications with their people, and the cursor of the next."""

    items: list[Person]
    next: str | None


class Mentors:
    """The public copies are written in the same commit as what they are made of."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str) -> Mentor | None:
        """The mentor's side alone."""
        return _mentor(self._tables.read(keys.mentor(user_id)))

    def person(self, user_id: str) -> Person | None:
        """An account with its mentor's side, in one request."""
        account, mentor = self.with_account_if_any(user_id)
        return Person(account, mentor) if account else None

    def with_account_if_any(self, user_id: str) -> tuple[Account | None, Mentor | None]:
        """Both sides of a person, as far as there are any."""
        account, mentor = self._tables.read_many([keys.account(user_id), keys.mentor(user_id)])
        return account_of(account), _mentor(mentor)

    def with_account(self, user_id: str) -> tuple[Account, Mentor]:
        """Both sides of a mentor."""
        account, mentor = self.with_account_if_any(user_id)
        if account is None or mentor is None:
            raise NotFound("mentor")
        return account, mentor

    def profile(self, slug: str) -> Profile:
        """The public profile at an address."""
        item = self._tables.read(keys.slug(slug))
        if item is None:
            raise NotFound("mentor")
        return value_of(Profile, item)

    def with_session(self, slug: str, session_id: str) -> tuple[Profile, Session | None]:
        """The mentor at an address and a session, in one request."""
        profile, session = self._tables.read_many([keys.slug(slug), keys.session(session_id)])
        if profile is None:
            raise NotFound("mentor")
        return value_of(Profile, profile), value_of(Session, session) if session else None

    def with_learner(self, slug: str, learner_id: str) -> tuple[Profile, Account, Allowance]:
        """The mentor at an address, and the learner with what they may still take, in one request."""
        places = [keys.slug(slug), keys.account(learner_id), keys.allowance(learner_id)]
        profile, account, allowance = self._tables.read_many(places)
        if profile is None:
            raise NotFound("mentor")
        if account is None:
            raise signed_out()
        return value_of(Profile, profile), value_of(Account, account), allowance_of(learner_id, allowance)

    def listed(self, domain: str, limit: int, cursor: str | None) -> ProfilePage:
        """Approved mentors of one domain, or of `all`."""
        page = self._tables.query("core", keys.listed_mentor(domain, "").pk, limit=limit, cursor=cursor)
        return ProfilePage([value_of(Profile, item) for item in page.items], page.next)

    def with_status(self, status: str, limit: int, cursor: str | None) -> PersonPage:
        """Applications in one state, the longest waiting first; the index may lag, so each is read as it is now."""
        page = self._tables.query("core", f"MENTORS#{status}", index="gsi1", limit=limit, cursor=cursor)
        ids = [item["pk"].removeprefix("USR#") for item in page.items]
        places = [key for user_id in ids for key in (keys.account(user_id), keys.mentor(user_id))]
        rows = self._tables.read_many(places) if places else []
        pairs = [(account_of(a), _mentor(m)) for a, m in zip(rows[::2], rows[1::2], strict=True)]
        return PersonPage([Person(a, m) for a, m in pairs if a and m and m.status == status], page.next)

    def approved(self, user_id: str) -> Check:
        """A mentor who may publish."""
        return Check(
            key=keys.mentor(user_id),
            when={"status": "approved"},
            lost=Forbidden("not_approved", "Your mentor profile has to be approved first."),
        )

    def still_listed(self, profile: Profile) -> Check:
        """The mentor can be found, in the zone that their hours were read by."""
        return Check(
            key=keys.slug(profile.slug),
            when={"id": profile.id, "zone": profile.zone},
            lost=Conflict("not_offered", "This mentor takes no bookings at present. Please look again."),
        )

    def adding(self, mentor: Mentor, account: Account) -> Put:
        """A new, empty application; it is forgotten with an account that is never proven."""
        again = Conflict("already_mentor", "You have begun your mentor application already.")
        return Put(key=keys.mentor(mentor.id), item=_item(mentor, account), when=NEW, lost=again)

    def changing(self, old: Person, new: Person) -> list[Write]:
        """The mentor's next state and everything public that shows it, unless someone else changed either first."""
        if old.mentor is None or new.mentor is None:
            return []
        changed = new.mentor != old.mentor or new.account.ends_at != old.account.ends_at
        if not changed and new.profile == old.profile:
            return []
        unchanged = {"version": old.mentor.version}
        mentor = replace(new.mentor, version=old.mentor.version + 1)
        writes: list[Write] = [Put(key=keys.mentor(mentor.id), item=_item(mentor, new.account), when=unchanged)]
        return writes + _publishing(old.profile, new.profile)

    def removing(self, person: Person) -> list[Write]:
        """No application, no public profile."""
        if person.mentor is None:
            return []
        gone = Delete(key=keys.mentor(person.mentor.id), when={"version": person.mentor.version})
        return [gone, *_publishing(person.profile, None)]


def _publishing(old: Profile | None, new: Profile | None) -> list[Write]:
    if old == new:
        return []
    writes: list[Write] = []
    if new:
        item = item_of(new) | {"kind": "profile"}
        taken = Conflict("slug_taken", "This public address belongs to someone else.")
        writes.append(Put(key=keys.slug(new.slug), item=item, when={"id": new.id} if old else NEW, lost=taken))
        writes += [Put(key=place, item=item) for place in _places(new)]
    if old:
        kept = {keys.slug(new.slug), *_places(new)} if new else set()
        writes += [Delete(key=key) for key in (keys.slug(old.slug), *_places(old)) if key not in kept]
    return writes


def _places(profile: Profile) -> list[Key]:
    return [keys.listed_mentor(domain, profile.id) for domain in ("all", *profile.domains)]


def _mentor(item: Item | None) -> Mentor | None:
    return value_of(Mentor, item) if item else None


def _item(mentor: Mentor, account: Account) -> Item:
    ends_at = account.ends_at
    since = mentor.submitted_at or mentor.created_at
    return item_of(mentor) | {
        "kind": "mentor",
        "ttl": int(ends_at.timestamp()) if ends_at else None,
        "g1pk": f"MENTORS#{mentor.status}",
        "g1sk": f"{keys.instant(since)}#{mentor.id}",
    }
