"""What follows a change in the core table: mails set on their way, and pages told to look again."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from chalicelib.domain.errands import Kind, MoneyErrand
from chalicelib.domain.notices import is_shown
from chalicelib.domain.outgoing import FAST_PATH, Errand, Outgoing
from chalicelib.services import realtime, requests, sessions
from chalicelib.services.notifications import shown
from chalicelib.services.notifications.sending import hand_over
from chalicelib.services.realtime import What
from chalicelib.stores.connections import ADMINS
from chalicelib.stores.outbox import message_of
from chalicelib.stores.writes import Item

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

UNSEEN = {"version", "mentor_came_at", "learner_came_at", "due_failures", "g2pk", "g2sk", "password_hash"}
News = Mapping[str, tuple[What, ...]]


class Frame(NamedTuple):
    """What every open page of a person is told."""

    user_id: str
    type: str
    data: Mapping[str, Any]
    topic: str = ""


@dataclass(frozen=True)
class Consequences:
    """`errands` go to their channel's queue, `money` to settlement; `news` says to whom what has changed; `cards` names
    people who look different."""

    errands: tuple[Errand, ...] = ()
    news: News = field(default_factory=dict)
    cards: tuple[str, ...] = ()
    money: tuple[MoneyErrand, ...] = ()
    frames: tuple[Frame, ...] = ()


def follows(old: Item | None, new: Item | None) -> Consequences:
    """A total function of one change: kinds of items that set nothing off are passed over."""
    if new is None:
        return Consequences()
    match new.get("kind"):
        case "outgoing":
            return _notification(old, new)
        case "session":
            return Consequences(news=_session_news(old, new) if _seen(old) != _seen(new) else {})
        case "request":
            return Consequences(news=_request_news(new) if _seen(old) != _seen(new) else {})
        case "request_message":
            return Consequences(news={new["learner_id"]: ("requests",), new["mentor_id"]: ("requests",)})
        case "hours" | "offering":
            return Consequences(news={new["mentor_id"]: ("availability",)} if _seen(old) != _seen(new) else {})
        case "posting" | "inbox" | "payment" | "payout" | "payee" | "dispute":
            return _money(old, new) if _seen(old) != _seen(new) else Consequences()
        case "account":
            mine: News = {new["id"]: ("me",)} if _seen(old) != _seen(new) else {}
            return Consequences(news=mine, cards=_card(old, new, ("name", "photo")))
        case "mentor":
            return Consequences(news=_mentor_news(old, new), cards=_card(old, new, ("slug", "headline")))
    further = _FURTHER.get(str(new.get("kind")))
    return further(old, new) if further else Consequences()


def gathered(all_: list[Consequences]) -> Consequences:
    """Many changes at once: each person hears of each matter once."""
    errands = tuple(errand for each in all_ for errand in each.errands)
    news: dict[str, dict[What, None]] = {}
    for each in all_:
        for user_id, whats in each.news.items():
            news.setdefault(user_id, {}).update(dict.fromkeys(whats))
    cards = tuple(dict.fromkeys(user_id for each in all_ for user_id in each.cards))
    money = tuple(dict.fromkeys(errand for each in all_ for errand in each.money))
    frames = tuple(frame for each in all_ for frame in each.frames)
    return Consequences(errands, {user_id: tuple(whats) for user_id, whats in news.items()}, cards, money, frames)


def send(deps: "Deps", consequences: Consequences, time_is_up: Callable[[], bool] = lambda: False) -> None:
    """Errands first: pages can be told again by a reload, a mail not set off waits two minutes for the sweep.

    Cards last: where a long history takes all the time there is, the sweep goes on with them.
    """
    with ExitStack() as each_in_turn:  # the last first, and every one of them whatever becomes of the others
        for user_id in consequences.cards:
            each_in_turn.callback(requests.refresh_cards, deps, user_id, time_is_up)
            each_in_turn.callback(sessions.refresh_cards, deps, user_id, time_is_up)
        each_in_turn.callback(realtime.changed, deps, consequences.news, time_is_up)
        for frame in reversed(consequences.frames):
            each_in_turn.callback(realtime.tell_person, deps, *frame)
        each_in_turn.callback(hand_over, deps, consequences.errands)
        each_in_turn.callback(deps.settlement_queue.put, consequences.money)


def _notification(old: Item | None, new: Item) -> Consequences:
    """Set on its way; every page of its person counts anew, and shows it as it comes."""
    message, was = message_of(new), message_of(old) if old else None
    news: dict[str, tuple[What, ...]] = {}
    if message.is_parked != bool(was and was.is_parked):
        news[ADMINS] = ("admin",)
    if is_shown(message.template) and (was is None or was.read_at != message.read_at):
        news[message.user_id] = ("notifications",)
    comes = was is None and is_shown(message.template)
    frames = (Frame(message.user_id, "notification", shown.view(message)),) if comes else ()
    return Consequences(errands=_to_send(was, message), news=news, frames=frames)


def _all_read(old: Item | None, new: Item) -> Consequences:
    return Consequences(news={new["user_id"]: ("notifications",)})


def _to_send(old: Outgoing | None, new: Outgoing) -> tuple[Errand, ...]:
    """Each channel that begins to wait; what goes on waiting, or is for later, is the sweep's matter."""
    errands = new.errands() if old else new.errands(due=new.created_at + FAST_PATH)
    return tuple(each for each in errands if old is None or old.state(each.channel) != "waiting")


def _money(old: Item | None, new: Item) -> Consequences:
    """What has to be settled at once is; both people's pages look again."""
    learner, mentor = new.get("learner_id"), new.get("mentor_id")
    news: dict[str, tuple[What, ...]] = {learner: ("bookings",)} if learner else {}
    news |= {mentor: ("sessions", "earnings") if new["kind"] == "dispute" else ("earnings",)} if mentor else {}
    if new["kind"] in ("dispute", "payout"):
        news |= {ADMINS: ("admin",)}
    return Consequences(money=_to_settle(old, new), news=news)


def _to_settle(old: Item | None, new: Item) -> tuple[MoneyErrand, ...]:
    kind = new["kind"]
    first = kind in ("posting", "inbox") and old is None
    refund = kind == "payment" and len(new["refunds"]) > len((old or new)["refunds"])
    asked = kind == "payout" and new["status"] in ("asked", "begun") and new["status"] != (old or {}).get("status")
    return (MoneyErrand(cast(Kind, kind), new["id"]),) if first or refund or asked else ()


def _message(old: Item | None, new: Item) -> Consequences:
    """A new message stands on both people's pages at once."""
    told = {name: new[name] for name in ("id", "key", "by", "to", "number", "nth", "text", "at")}
    return Consequences(frames=() if old else tuple(Frame(new[who], "message", told) for who in ("by", "to")))


def _thread(old: Item | None, new: Item) -> Consequences:
    """Somebody's list changes; whoever wrote hears how far it was read."""
    seen = {"by": new["user_id"], "until": new["seen"]}
    read = (Frame(new["other_id"], "messages-seen", seen),) if old and old["seen"] != new["seen"] else ()
    return Consequences(news={new["user_id"]: ("messages",)}, frames=read)


def _session_news(old: Item | None, new: Item) -> News:
    news: dict[str, tuple[What, ...]] = {new["mentor"]["id"]: ("sessions",)}
    for each in (old or {}, new):
        if learner := each.get("learner"):
            news[learner["id"]] = ("bookings",)
        if waiter := each.get("offered_to"):
            news[waiter] = ("bookings",)
    return news


def _request_news(new: Item) -> News:
    return {new["learner"]["id"]: ("requests",), new["mentor"]["id"]: ("requests",)}


def _mentor_news(old: Item | None, new: Item) -> News:
    if _seen(old) == _seen(new):
        return {}
    waited, waits = (old or {}).get("status") == "pending", new["status"] == "pending"
    news: dict[str, tuple[What, ...]] = {new["id"]: ("me",)}
    return news | {ADMINS: ("admin",)} if waited or waits else news


def _card(old: Item | None, new: Item, shown: tuple[str, ...]) -> tuple[str, ...]:
    """Sessions to come show a copy of the person's card."""
    differs = old is not None and any(old.get(name) != new.get(name) for name in shown)
    return (new["id"],) if differs else ()


def _seen(item: Item | None) -> dict[str, Any]:
    return {name: value for name, value in (item or {}).items() if name not in UNSEEN}


def _report(old: Item | None, new: Item) -> Consequences:
    return Consequences(news={ADMINS: ("admin",)})


def _lesson_thing(old: Item | None, new: Item) -> Consequences:
    """Both people of a session look again, in its room and elsewhere."""
    if _seen(old) == _seen(new):
        return Consequences()
    whats: dict[str, What] = {"plan": "plan", "material": "materials", "review": "reviews"}
    what = whats.get(new["kind"], "recordings")
    people, data = (new["mentor_id"], new["learner_id"]), {"what": what, "by": new.get("by")}
    frames = tuple(Frame(each, "things", data, f"room:{new['session_id']}") for each in people)
    return Consequences(news=dict.fromkeys(people, (what,)), frames=frames)


_FURTHER: Mapping[str, Callable[[Item | None, Item], Consequences]] = {
    "message": _message,
    "thread": _thread,
    "report": _report,
    "all_read": _all_read,
    **dict.fromkeys(("plan", "material", "recording", "recording_consent", "review"), _lesson_thing),
}
