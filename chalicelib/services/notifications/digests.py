"""The daily mail: what waited for it is gathered in the one commit that records it."""

from typing import TYPE_CHECKING

from chalicelib.domain.errors import Conflict
from chalicelib.domain.notice_words import digest_lines
from chalicelib.domain.notices import NOTICES, Group, is_shown
from chalicelib.domain.outgoing import Outgoing
from chalicelib.services.notifications.shown import link_of

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def gather(deps: "Deps", user_id: str) -> None:
    """One mail of all that waits; asked for again, or by two at once, there is nothing left to gather."""
    waiting = deps.digests.of(user_id)
    preferences, account = deps.preferences.with_account(user_id)
    if not waiting:
        return
    wanted = [each for each in _unread(deps, user_id, waiting) if preferences.wish(_group(each)).mail != "off"]
    writes = [deps.digests.taking(each) for each in waiting]
    recorded = []
    if account and wanted:
        site = deps.config.site_origin.partition(",")[0]
        lines = digest_lines([(each, site + link_of(each)) for each in wanted], account.zone)
        facts = {"count": str(len(wanted)), "lines": lines}
        recorded = [deps.outbox.adding(Outgoing(deps.new_id("out"), user_id, "", "digest", deps.clock(), facts))]
    try:
        deps.tables.commit([*writes, *recorded])
    except Conflict:
        return  # another has gathered them; what is left is still due


def _unread(deps: "Deps", user_id: str, waiting: list[Outgoing]) -> list[Outgoing]:
    """What was read on the site meanwhile is no news."""
    unread = deps.notes.unread_among(user_id, [each.id for each in waiting])
    return [each for each in waiting if each.id in unread or not is_shown(each.template)]


def _group(message: Outgoing) -> Group:
    return NOTICES[message.template].group
