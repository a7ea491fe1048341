"""What a person wants to be told, by which channel, and when they want their quiet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import Invalid
from chalicelib.domain.notices import LOW, MAIL_ONLY, NOTICES, Group, cannot_wait, is_imminent
from chalicelib.domain.outgoing import Channel, Outgoing

MailWish = Literal["on", "daily", "off"]
PushWish = Literal["on", "off"]
GROUPS: tuple[Group, ...] = get_args(Group)
DIGEST_AT = time(8)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Wish:
    """How a person hears of one group; on the site itself they always do."""

    mail: MailWish = "on"
    push: PushWish = "on"


@dataclass(frozen=True)
class QuietHours:
    """From one minute of the day to another, by the person's own clock; over midnight if it must be."""

    start: int
    end: int

    def over_at(self, now: datetime, zone: str) -> datetime | None:
        """When the quiet that is now ends, or None if there is none now."""
        here = now.astimezone(ZoneInfo(zone))
        minute = here.hour * 60 + here.minute
        if (minute - self.start) % DAY_MINUTES >= (self.end - self.start) % DAY_MINUTES:
            return None
        return _next(here, time(self.end // 60, self.end % 60))


@dataclass(frozen=True)
class Preferences:
    """One person's; a group not named is as it is for everybody who has not said otherwise; `version` counts
    changes."""

    user_id: str
    wishes: Mapping[Group, Wish] = field(default_factory=dict)
    quiet: QuietHours | None = None
    version: int = 0

    def wish(self, group: Group) -> Wish:
        """How they hear of a group."""
        return self.wishes.get(group, Wish())


@dataclass(frozen=True)
class Verdict:
    """What becomes of a notification on one channel now; `at` is until when it is put off, or when the digest goes."""

    what: Literal["now", "never", "later", "digest"]
    at: datetime | None = None


NOW, NEVER = Verdict("now"), Verdict("never")


def mail_choices(group: Group) -> tuple[MailWish, ...]:
    """Security is always told; what has no hurry can be gathered."""
    if group == "account":
        return ("on",)
    return ("on", "daily", "off") if group in LOW else ("on", "off")


def checked(preferences: Preferences) -> Preferences:
    """All that is wrong, at once, where it is wrong."""
    faults = {
        f"groups.{group}.mail": "This mail cannot be switched off." if group == "account" else "This cannot wait a day."
        for group, wish in preferences.wishes.items()
        if wish.mail not in mail_choices(group)
    }
    quiet = preferences.quiet
    if quiet and quiet.start == quiet.end:
        faults["quiet_hours.to"] = "Quiet hours end at another time than they begin."
    if faults:
        raise Invalid(faults)
    return preferences


def verdict(preferences: Preferences, message: Outgoing, channel: Channel, now: datetime, zone: str) -> Verdict:
    """Asked at the moment of sending, of what the person wants by then."""
    notice = NOTICES[message.template]
    if notice.ways == MAIL_ONLY:
        return NOW  # they have asked for it, or chosen it
    wish = preferences.wish(notice.group)
    if (wish.mail if channel == "mail" else wish.push) == "off":
        return NEVER
    if channel == "mail" and wish.mail == "daily" and not is_imminent(message, now):
        return Verdict("digest", digest_at(preferences, now, zone))
    until = preferences.quiet.over_at(now, zone) if preferences.quiet else None
    return Verdict("later", until) if until and not cannot_wait(message, now) else NOW


def digest_at(preferences: Preferences, now: datetime, zone: str) -> datetime:
    """The next eight o'clock in the morning, or when the quiet hours around it are over."""
    at = _next(now.astimezone(ZoneInfo(zone)), DIGEST_AT)
    return (preferences.quiet.over_at(at, zone) if preferences.quiet else None) or at


def _next(here: datetime, clock: time) -> datetime:
    """The next moment, later than now, at which that clock shows a time."""
    then = datetime.combine(here.date(), clock, here.tzinfo)
    if then <= here:
        then = datetime.combine(here.date() + timedelta(days=1), clock, here.tzinfo)
    return then.astimezone(ZoneInfo("UTC"))
