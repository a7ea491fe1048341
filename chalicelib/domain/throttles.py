"""How often things may be tried: every limit in one place."""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

MINUTE, QUARTER_HOUR, HOUR = timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=1)


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts at `what` by `whom` in each `window`; `words` are for who is refused."""

    what: str
    whom: str
    most: int
    window: timedelta
    words: str = ""


def sign_up(ip: str) -> list[Limit]:
    """Accounts are made by people, one at a time; an office shares an address."""
    return [Limit("sign-up-ip", network(ip), 10, HOUR)]


def sign_in(address: str, ip: str) -> list[Limit]:
    """Guessing passwords or second factors, for one account or for many."""
    return [sign_in_as(address), Limit("sign-in-ip", network(ip), 50, QUARTER_HOUR)]


def sign_in_as(address: str) -> Limit:
    """The one account's part of it."""
    return Limit("sign-in", address, 10, QUARTER_HOUR)


def mails(address: str, ip: str) -> list[Limit]:
    """Whatever makes us write to an address that somebody typed."""
    return [Limit("mail", address, 5, HOUR), Limit("mail-ip", network(ip), 20, HOUR)]


def links(ip: str) -> list[Limit]:
    """Opening links from mails."""
    return [Limit("link-ip", network(ip), 60, HOUR)]


def proofs(user_id: str) -> list[Limit]:
    """A signed-in person proving themselves again: password or code."""
    return [Limit("proof", user_id, 10, QUARTER_HOUR)]


def uploads(user_id: str) -> list[Limit]:
    """New pictures."""
    return [Limit("upload", user_id, 20, HOUR)]


def materials(user_id: str) -> list[Limit]:
    """Files for a session: more than its fifty, deleted and sent anew, is no lesson."""
    return [Limit("material", user_id, 120, HOUR)]


def requests(user_id: str) -> list[Limit]:
    """Asking mentors for sessions: each sends a mail."""
    return [Limit("request", user_id, 20, HOUR)]


def holds(user_id: str) -> list[Limit]:
    """Taking open times: each is closed to others for a while."""
    return [Limit("hold", user_id, 12, HOUR)]


def coupons(user_id: str) -> list[Limit]:
    """Trying codes: nobody guesses one."""
    return [Limit("coupon", user_id, 20, HOUR)]


def proposals(user_id: str) -> list[Limit]:
    """Asking to move a session: each sends a mail."""
    return [Limit("proposal", user_id, 12, HOUR)]


def messages(user_id: str) -> list[Limit]:
    """Words to somebody one negotiates with."""
    return [Limit("message", user_id, 60, QUARTER_HOUR)]


def thread_messages(user_id: str) -> list[Limit]:
    """Writing to people, faster than anybody types."""
    words = "That was a lot at once. Please wait a minute before you write more."
    return [Limit("thread-message", user_id, 30, MINUTE, words)]


def new_threads(user_id: str) -> list[Limit]:
    """Writing to people for the first time."""
    words = "You have begun several conversations within an hour. Please wait a little before the next one."
    return [Limit("thread", user_id, 5, HOUR, words)]


def blocks(user_id: str) -> list[Limit]:
    """Blocking people."""
    return [Limit("block", user_id, 60, HOUR)]


def reports(user_id: str) -> list[Limit]:
    """Telling us of something: somebody reads each."""
    words = "You have sent us several reports within an hour. Please wait a little before the next one."
    return [Limit("report", user_id, 10, HOUR, words)]


def network(ip: str) -> str:
    """Whom an IP stands for: an IPv6 customer has a whole /64."""
    try:
        address = ip_address(ip.strip("[]"))
    except ValueError:
        return ip
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
