"""The links in mails that switch their kind off: looked at, pressed by a mail program, chosen on a page."""

from typing import Annotated, Literal

import msgspec

from chalicelib.domain.notices import Group
from chalicelib.services import unsubscribing
from chalicelib.services.unsubscribing import Mails
from functions.access import BY_LINK, PUBLIC
from functions.accounts.shapes import Input
from functions.http import Call, Routes

routes = Routes(__name__)


class MailsOfKind(msgspec.Struct):
    """How one kind of mail comes, and how it may; `groups` is what of it is meant."""

    groups: tuple[str, ...]
    mail: str
    choices: tuple[str, ...]


class MailChoice(Input):
    """How they are to come; of the daily mail's groups, those that are named."""

    mail: Literal["on", "daily", "off"]
    groups: Annotated[list[Group], msgspec.Meta(max_length=10)] = []


@routes.add("GET", "/unsubscribe/{unsubscribe_token}", PUBLIC, answer=MailsOfKind)
def look_at_mails(call: Call, unsubscribe_token: str) -> MailsOfKind:
    """What the link in a mail is about; looking changes nothing."""
    return _shown(unsubscribing.look(call.deps, unsubscribe_token))


@routes.add("POST", "/unsubscribe/{unsubscribe_token}", BY_LINK, answer=MailsOfKind)
def unsubscribe(call: Call, unsubscribe_token: str) -> MailsOfKind:
    """One press in a mail program (RFC 8058): no more of these mails."""
    return _shown(unsubscribing.choose(call.deps, unsubscribe_token, "off"))


@routes.add("PUT", "/unsubscribe/{unsubscribe_token}", PUBLIC, body=MailChoice, answer=MailsOfKind)
def choose_mails(call: Call, unsubscribe_token: str) -> MailsOfKind:
    """The page's choice: off, or on again."""
    return _shown(unsubscribing.choose(call.deps, unsubscribe_token, call.body.mail, call.body.groups))


def _shown(mails: Mails) -> MailsOfKind:
    return MailsOfKind(mails.groups, mails.mail, mails.choices)
