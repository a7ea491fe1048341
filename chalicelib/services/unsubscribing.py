"""Switching off one kind of mail by the link that stands in each of them, without signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chalicelib.domain.errors import NotFound
from chalicelib.domain.notices import LOW, NOTICES, Group
from chalicelib.domain.outgoing import Outgoing
from chalicelib.domain.preferences import GROUPS, MailWish, Preferences, mail_choices
from chalicelib.services.again import again
from chalicelib.services.notifications import wishes

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

DIGEST = "digest"  # the daily mail: its link is about all groups that it gathers


@dataclass(frozen=True)
class Mails:
    """The groups that a link is about now, how their mails come, and how they may."""

    groups: tuple[Group, ...]
    mail: MailWish
    choices: tuple[MailWish, ...]


def links_of(deps: "Deps", message: Outgoing) -> dict[str, str]:
    """A mail's own links for that: a page, and what a mail program posts to; none where security forbids it."""
    group = NOTICES[message.template].group
    what = DIGEST if message.template == "digest" else group
    if what != DIGEST and "off" not in mail_choices(group):
        return {}
    site, token = deps.config.site_origin.partition(",")[0], deps.unsubscribe_tokens.token(message.user_id, what)
    pages = {"unsubscribe": f"{site}/unsubscribe#{token}", "one_press": f"{site}/api/unsubscribe/{token}"}
    return {"mails_about": what} | pages


def look(deps: "Deps", token: str) -> Mails:
    """What the link is about; nothing is changed by looking, as programs that check mails for viruses do."""
    user_id, scope = _known(deps, token)
    held = _preferences(deps, user_id)
    return _mails(scope, _concerned(held, scope), held)


def choose(deps: "Deps", token: str, mail: MailWish, groups: Sequence[str] = ()) -> Mails:
    """These mails come like this from now on, of all that the link is about unless some are named."""
    user_id, scope = _known(deps, token)

    def attempt() -> Mails:
        held = _preferences(deps, user_id)
        named = tuple(group for group in scope if group in groups)
        wanted = named or _concerned(held, scope)
        return _mails(scope, wanted, wishes.switch_mails(deps, held, wanted, mail))

    return again(attempt)


def _mails(scope: tuple[Group, ...], groups: tuple[Group, ...], held: Preferences) -> Mails:
    return Mails(groups, held.wish(groups[0]).mail if groups else "off", mail_choices(scope[0]))


def _concerned(held: Preferences, scope: tuple[Group, ...]) -> tuple[Group, ...]:
    """Of the daily mail's groups those that are in it now."""
    return scope if len(scope) == 1 else tuple(group for group in scope if held.wish(group).mail == "daily")


def _preferences(deps: "Deps", user_id: str) -> Preferences:
    preferences, account = deps.preferences.with_account(user_id)
    if account is None:
        raise NotFound("link")
    return preferences


def _known(deps: "Deps", token: str) -> tuple[str, tuple[Group, ...]]:
    found = deps.unsubscribe_tokens.read(token)
    if found is None:
        raise NotFound("link")
    user_id, what = found
    if what == DIGEST:
        return user_id, LOW
    return user_id, tuple(group for group in GROUPS if group == what)
