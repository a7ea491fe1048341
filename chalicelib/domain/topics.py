"""What learners would like to learn, counted: a topic is the same in whatever case and spacing it is written."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain import entries
from chalicelib.domain.accounts import Account

MOST_SHOWN = 12


@dataclass(frozen=True)
class Topic:
    """A topic as somebody wrote it, and how many learners have named it."""

    topic: str
    learners: int


@dataclass(frozen=True)
class Change:
    """One learner more, or one less, names this."""

    topic: str
    by: int


def key_of(topic: str) -> str:
    """The form by which two spellings of one topic are the same."""
    return entries.tidy(topic).casefold()


def named(account: Account | None) -> dict[str, str]:
    """The topics for which a person counts, by key; a made-up address counts for nothing."""
    if account is None or not account.email_verified:
        return {}
    return {key_of(interest): interest for interest in account.interests}


def changes(old: Account | None, new: Account | None) -> list[Change]:
    """What the counts have to follow between two states of a person: a function of them, so that both always agree."""
    before, after = named(old), named(new)
    more = [Change(topic, 1) for key, topic in after.items() if key not in before]
    return more + [Change(topic, -1) for key, topic in before.items() if key not in after]


def suggested(topics: Iterable[Topic], part: str) -> list[Topic]:
    """Those with these letters in them, the most wanted first; among equals those that begin so."""
    wanted = key_of(part)
    found = [each for each in topics if each.learners > 0 and wanted in key_of(each.topic)]
    found.sort(key=lambda each: (-each.learners, not key_of(each.topic).startswith(wanted), key_of(each.topic)))
    return found[:MOST_SHOWN]
