"""What a person wants to be told, as they say it themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict, signed_out
from chalicelib.domain.notices import Group
from chalicelib.domain.preferences import GROUPS, MailWish, Preferences, QuietHours, Wish, checked

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


class PreferencesChanged(Conflict):
    """Another page of theirs, or a link in a mail, was quicker: the newest goes with the refusal."""

    def __init__(self, newest: Preferences, zone: str):
        super().__init__(
            "preferences_changed",
            "These were changed elsewhere in the meantime. What you have changed here is kept: look again, and save.",
        )
        self.newest, self.zone = newest, zone


def shown(deps: "Deps", user_id: str) -> tuple[Preferences, str]:
    """What they want, and the zone by which their quiet hours go."""
    preferences, account = deps.preferences.with_account(user_id)
    if account is None:
        raise signed_out()
    return preferences, account.zone


def keep(
    deps: "Deps", user_id: str, wishes: Mapping[Group, Wish], quiet: QuietHours | None, *, version: int
) -> tuple[Preferences, str]:
    """The groups that are named are as they are named, quiet hours are these, or none: on the version that was seen.
    Sent again, it is the same."""
    old, zone = shown(deps, user_id)
    new = checked(replace(old, wishes={**old.wishes, **wishes}, quiet=quiet))
    if all(new.wish(group) == old.wish(group) for group in GROUPS) and new.quiet == old.quiet:
        return old, zone
    if old.version != version:
        raise PreferencesChanged(old, zone)
    try:
        deps.tables.commit([deps.preferences.keeping(new)])
    except Conflict:
        raise PreferencesChanged(*shown(deps, user_id)) from None
    return replace(new, version=old.version + 1), zone


def switch_mails(deps: "Deps", held: Preferences, groups: Sequence[Group], mail: MailWish) -> Preferences:
    """Some groups' mails, as asked for by a link in one of them; the caller tries again if it was changed meanwhile."""
    switched = {group: replace(held.wish(group), mail=mail) for group in groups}
    new = checked(replace(held, wishes={**held.wishes, **switched}))
    if new != held:
        deps.tables.commit([deps.preferences.keeping(new)])
    return new
