"""The push of a notification: shown on each browser on which the person is still signed in."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from chalicelib.domain import notice_words
from chalicelib.domain.accounts import Account
from chalicelib.domain.notices import NOTICES, cannot_wait
from chalicelib.domain.outgoing import Errand, Outgoing
from chalicelib.domain.push_subscriptions import Push, PushSubscription
from chalicelib.services import links, push_subscriptions
from chalicelib.services.notifications import sending
from chalicelib.services.notifications.sending import Outcome

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

LONGEST_LIFE = timedelta(days=1)  # what nobody was alerted of until then stands in the list on the site
LONGEST_TOPIC = 32
LONGEST_TITLE, LONGEST_TEXT = 120, 400  # letters; four bytes each at most, which fits a push with room to spare


class NotTaken(Exception):
    """No browser was reached, and some may be another time."""


def send(deps: "Deps", errand: Errand) -> Outcome:
    """The push of a notification, if it is still wanted."""
    return sending.attempt(deps, errand, _deliver)


def _deliver(deps: "Deps", message: Outgoing, account: Account) -> bool:
    """On one browser at least: who was alerted there is not alerted again because another one's service is down."""
    push = push_of(deps, message, account)
    browsers = _signed_in(deps, account) if push.life > timedelta() else []
    told = _told(deps, browsers, push)
    push_subscriptions.forget(deps, [each for each in browsers if told[each.id] == "gone"])
    if "delivered" not in told.values() and "failed" in told.values():
        raise NotTaken
    return "delivered" in told.values()


def _told(deps: "Deps", browsers: list[PushSubscription], push: Push) -> dict[str, str]:
    """All at once: a service that hangs costs the time of one, and the others' browsers none."""
    with ThreadPoolExecutor(max(1, len(browsers))) as at_once:
        answers = at_once.map(lambda each: _posted(deps, each, push), browsers)
        return dict(zip([each.id for each in browsers], answers, strict=True))


def _posted(deps: "Deps", browser: PushSubscription, push: Push) -> str:
    """A service that stumbles is asked once more."""
    told = deps.web_push.post(browser, push)
    return deps.web_push.post(browser, push) if told == "failed" else told


def _signed_in(deps: "Deps", account: Account) -> list[PushSubscription]:
    """Where the sign-in has ended, whoever sits there now is shown nothing of this person's."""
    held = deps.push_subscriptions.of(account.id)
    if not held:
        return []
    alive = {each.id for each in deps.devices.of(account.id) if each.epoch == account.auth_epoch}
    push_subscriptions.forget(deps, [each for each in held if each.device_id not in alive])
    return [each for each in held if each.device_id in alive]


def push_of(deps: "Deps", message: Outgoing, account: Account) -> Push:
    """What the service worker shows, by an id that makes it one however often it comes: words, and where they lead."""
    words, now = notice_words.words(message, account.zone), deps.clock()
    said = {
        "id": message.id,
        "kind": message.template,
        "title": _cut(words.title, LONGEST_TITLE),
        "text": _cut(words.text, LONGEST_TEXT),
        "link": links.link_for(deps, message),
    }
    payload = json.dumps(said, ensure_ascii=False).encode()
    urgency: Literal["normal", "high"] = "high" if cannot_wait(message, now) else "normal"
    return Push(payload, _life(message, now), urgency, topic=message.id[:LONGEST_TOPIC])


def _life(message: Outgoing, now: datetime) -> timedelta:
    """A day, or until it is of no use: a reminder until the start, an offer until it lapses."""
    notice, until = NOTICES[message.template], message.created_at + LONGEST_LIFE
    by = message.facts.get("starts_at" if notice.group == "reminders" else notice.urgent)
    ends = datetime.fromisoformat(by) if by else until
    if notice.group == "reminders" or ends > message.created_at:
        until = min(until, ends)
    return max(until - now, timedelta())


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
