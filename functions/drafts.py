"""What a mentor has begun to fill in of a session, over HTTP."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from chalicelib.services import drafts
from chalicelib.stores import drafts as stored
from functions.access import MENTOR
from functions.accounts.shapes import Part
from functions.http import Call, Routes

routes = Routes(__name__)
Short = Annotated[str, msgspec.Meta(max_length=300)]
Long = Annotated[str, msgspec.Meta(max_length=8000)]
Number = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]


class DraftFields(Part):
    """As much as has been typed, as it was typed: date (2026-03-02) and time (18:30) by the mentor's own clock."""

    title: Short | UnsetType = UNSET
    description: Long | UnsetType = UNSET
    topics: Annotated[list[Short], msgspec.Meta(max_length=20)] | UnsetType = UNSET
    domain: Short | UnsetType = UNSET
    date: Annotated[str, msgspec.Meta(max_length=10)] | UnsetType = UNSET
    time: Annotated[str, msgspec.Meta(max_length=5)] | UnsetType = UNSET
    duration_minutes: Number | UnsetType = UNSET
    price_paise: Number | UnsetType = UNSET
    step: Annotated[int, msgspec.Meta(ge=1, le=4)] | UnsetType = UNSET


class Draft(msgspec.Struct):
    """An unfinished session."""

    id: str
    fields: DraftFields
    saved_at: datetime


class DraftList(msgspec.Struct):
    """A mentor's unfinished sessions, the one saved last first."""

    items: list[Draft]
    next: None = None


@routes.add("GET", "/me/drafts", MENTOR, answer=DraftList)
def list_drafts(call: Call) -> DraftList:
    """The mentor's unfinished sessions of the last 90 days."""
    return DraftList([_shown(each) for each in drafts.listed(call.deps, call.user.user_id)])


@routes.add("PUT", "/me/drafts/{draft_id}", MENTOR, body=DraftFields, answer=Draft)
def save_draft(call: Call, draft_id: str) -> Draft:
    """Keep what has been filled in; the id is the client's own choice, and saving again replaces it whole."""
    return _shown(drafts.save(call.deps, call.user, draft_id, call.body.given()))


@routes.add("DELETE", "/me/drafts/{draft_id}", MENTOR, status=204)
def discard_draft(call: Call, draft_id: str) -> None:
    """Throw it away."""
    drafts.discard(call.deps, call.user.user_id, draft_id)


def _shown(draft: stored.Draft) -> Draft:
    return Draft(draft.id, msgspec.convert(draft.fields, DraftFields), draft.saved_at)
