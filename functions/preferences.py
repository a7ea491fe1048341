"""What a person wants to be told, over HTTP."""

from typing import Annotated

import msgspec

from chalicelib.domain.notices import Group
from chalicelib.domain.preferences import (
    GROUPS,
    MailWish,
    Preferences,
    PushWish,
    QuietHours,
    Wish,
    mail_choices,
)
from chalicelib.services.notifications import wishes
from chalicelib.services.notifications.wishes import PreferencesChanged
from functions.access import SELF
from functions.accounts.shapes import Input
from functions.http import Call, Routes, refused

routes = Routes(__name__)
Clock = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class GroupWish(Input):
    """By mail at once, once a day or not at all; on phones and desktops or not."""

    mail: MailWish
    push: PushWish


class GroupView(msgspec.Struct):
    """As it is now, and what can be chosen for mails."""

    mail: MailWish
    push: PushWish
    mail_choices: tuple[MailWish, ...]


class Quiet(Input, rename={"start": "from", "end": "to"}):
    """Clock times of the person's own zone; over midnight if need be."""

    start: Clock
    end: Clock


class PreferencesForm(Input):
    """A group that is not named stays as it is; without quiet hours there are none. `version` is what was
    seen."""

    version: Annotated[int, msgspec.Meta(ge=0)]
    groups: dict[Group, GroupWish] = {}
    quiet_hours: Quiet | None = None


class PreferencesView(msgspec.Struct):
    """What the person wants; quiet hours go by `zone`."""

    groups: dict[Group, GroupView]
    quiet_hours: Quiet | None
    zone: str
    version: int


@routes.add("GET", "/me/preferences", SELF, answer=PreferencesView)
def show_preferences(call: Call) -> PreferencesView:
    """What the signed-in person wants to be told, and how."""
    return _view(*wishes.shown(call.deps, call.user.user_id))


@routes.add("PUT", "/me/preferences", SELF, body=PreferencesForm, answer=PreferencesView)
def keep_preferences(call: Call) -> object:
    """From the next notification on it is like this; 409 with the newest, as `current`, if it was changed meanwhile."""
    form: PreferencesForm = call.body
    given = {group: Wish(wish.mail, wish.push) for group, wish in form.groups.items()}
    quiet = QuietHours(_minute(form.quiet_hours.start), _minute(form.quiet_hours.end)) if form.quiet_hours else None
    try:
        return _view(*wishes.keep(call.deps, call.user.user_id, given, quiet, version=form.version))
    except PreferencesChanged as changed:
        return refused(changed, also={"current": _view(changed.newest, changed.zone)})


def _view(preferences: Preferences, zone: str) -> PreferencesView:
    wished = {group: preferences.wish(group) for group in GROUPS}
    groups = {group: GroupView(wish.mail, wish.push, mail_choices(group)) for group, wish in wished.items()}
    quiet = preferences.quiet
    hours = Quiet(_clock(quiet.start), _clock(quiet.end)) if quiet else None
    return PreferencesView(groups, hours, zone, preferences.version)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
