"""Notifications, in their persons' partitions: added in the commit of what caused them, due while a channel waits."""

from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.domain.notices import addressed, is_shown
from chalicelib.domain.outgoing import CHANNELS, Channel, Outgoing, State
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import NEW, Item, Key, OneOf, Put, Update

SHOWN_FOR, KEPT_FOR = timedelta(days=90), timedelta(days=30)
OTHER: dict[Channel, Channel] = {"mail": "push", "push": "mail"}


class ParkedPage(NamedTuple):
    """What could not be sent, and the cursor of the rest."""

    items: list[Outgoing]
    next: str | None


class Outbox:
    """What people are to be told."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, user_id: str, message_id: str) -> Outgoing | None:
        """The notification, sent or not; one request, or two for one that is a mail alone."""
        item = self._tables.read(keys.note(user_id, message_id)) or self._tables.read(keys.mail(user_id, message_id))
        return message_of(item) if item else None

    def adding(self, message: Outgoing) -> Put:
        """Wait to be sent on each of its channels."""
        new = addressed(message)
        ttl = _at(new.created_at + SHOWN_FOR) if is_shown(new.template) else None
        item = item_of(new) | {"kind": "outgoing", "ttl": ttl} | keys.due(new.id, new.next_due())
        return Put(key=key_of(new), item=item, when=NEW)

    def trying(self, message: Outgoing, channel: Channel, now: datetime) -> Update:
        """Counted before it is handed on, so that a message which kills its sender is parked in the end."""
        return self._moving(message, message.tried(channel, now), channel, now, {channel: "waiting"})

    def putting_off(self, message: Outgoing, channel: Channel, until: datetime, now: datetime) -> Update:
        """Later: the attempt that was begun is taken back."""
        open_ = OneOf(("waiting", "parked"))
        return self._moving(message, message.put_off(channel, until), channel, now, {channel: open_})

    def ending(self, message: Outgoing, channel: Channel, state: State, now: datetime) -> Update:
        """Nothing more goes this way; the last try parks a channel, and may yet succeed."""
        open_ = OneOf(("waiting", "parked"))
        return self._moving(message, message.done(channel, state), channel, now, {channel: open_})

    def faulting(self, message: Outgoing, channel: Channel, fault: str) -> Update:
        """What its last try failed of stands beside what is parked."""
        return Update(key=key_of(message), set={f"{channel}_fault": fault}, when={channel: "parked"})

    def parked(self, limit: int, cursor: str | None) -> ParkedPage:
        """What waits for an admin, the longest first; the index may lag, so each is read as it is now."""
        page = self._tables.query("core", keys.PARKED, index="gsi1", limit=limit, cursor=cursor)
        places = [Key("core", item["pk"], item["sk"]) for item in page.items]
        found = [message_of(item) for item in self._tables.read_many(places) if item] if places else []
        return ParkedPage([each for each in found if each.is_parked], page.next)

    def resending(self, message: Outgoing, now: datetime) -> Update:
        """What was parked waits anew, and is forgotten no sooner for it."""
        new = message.resent(now)
        kept = {} if is_shown(new.template) else {"ttl": None}
        changed = {name: value for name, value in item_of(new).items() if name.startswith(CHANNELS)}
        return Update(
            key=key_of(message),
            set=changed | kept | keys.due(new.id, new.next_due()) | keys.parked(new.id, None),
            when={"mail": message.mail, "push": message.push},
        )

    def _moving(self, old: Outgoing, new: Outgoing, channel: Channel, now: datetime, when: Item) -> Update:
        """Of the other channel nothing is touched; where what we write counts on it, it must be as we know it."""
        beside, due = OTHER[channel], new.next_due()
        unparked = old.is_parked and not new.is_parked
        known = {beside: old.state(beside)} if unparked or old.state(beside) != "waiting" else {}
        changed = {name: value for name, value in item_of(new).items() if name.startswith(channel)}
        if new.state(channel) == "parked" or unparked:
            changed |= keys.parked(new.id, now if new.is_parked else None)
        if due is None and not is_shown(new.template):
            changed["ttl"] = _at(now + KEPT_FOR)
        return Update(
            key=key_of(old),
            set=changed | keys.due(new.id, due),
            when={f"{channel}_attempts": old.attempts(channel)} | when | known,
        )


def message_of(item: Item) -> Outgoing:
    """The notification held by an item."""
    return value_of(Outgoing, item)


def key_of(message: Outgoing) -> Key:
    """Among what is shown in the app, or among the mails that are nothing else."""
    place = keys.note if is_shown(message.template) else keys.mail
    return place(message.user_id, message.id)


def _at(moment: datetime) -> int:
    return int(moment.timestamp())
