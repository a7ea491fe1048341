"""What a person wants to be told, as they say it themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain.errors import signed_out
from chalicelib.domain.notices import Group
from chalicelib.domain.preferences import MailWish, Preferences, QuietHours, Wish, checked

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def shown(deps: "Deps", user_id: str) -> tuple[Preferences, str]:
    """What they want, and the zone by which their quiet hours go."""
    preferences, account = deps.preferences.with_account(user_id)
    if account is None:
        raise signed_out()
    return preferences, account.zone


def keep(deps: "Deps", user_id: str, wishes: Mapping[Group, Wish], quiet: QuietHours | None) -> tuple[Preferences, str]:
    """The groups that are named are as they are named; quiet hours are these, or none."""
    old, zone = shown(deps, user_id)
    new = checked(replace(old, wishes={**old.wishes, **wishes}, quiet=quiet))
    deps.tables.commit([deps.preferences.keeping(new)])
    return new, zone


def switch_mails(deps: "Deps", held: Preferences, groups: Sequence[Group], mail: MailWish) -> Preferences:
    """Some groups' mails, as asked for by a link in one of them."""
    switched = {group: replace(held.wish(group), mail=mail) for group in groups}
    new = checked(replace(held, wishes={**held.wishes, **switched}))
    if new != held:
        deps.tables.commit([deps.preferences.keeping(new)])
    return new
