"""A mentor's own offerings over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain import entries
from chalicelib.domain import offerings as rules
from chalicelib.services import offerings
from chalicelib.services.offerings import Pitch
from functions.access import MENTOR
from functions.http import Call, Routes

routes = Routes(__name__)
Text = Annotated[str, msgspec.Meta(max_length=4000)]
Version = Annotated[int, msgspec.Meta(ge=1)]


class Words(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is said of an offering; money is paise."""

    title: Text
    description: Text
    topics: Annotated[tuple[Text, ...], msgspec.Meta(max_length=20)]
    domain: Text
    duration_minutes: int
    price_paise: int = 0

    def pitch(self) -> Pitch:
        """As it is stored: tidied."""
        return Pitch(
            title=entries.tidy(self.title),
            description=self.description.strip(),
            topics=entries.tidy_list(self.topics),
            domain=self.domain,
            duration_minutes=self.duration_minutes,
            price_paise=self.price_paise,
        )


class NewOffering(Words, kw_only=True):
    """An offering to keep as a draft, or to publish at once."""

    status: Literal["draft", "published"] = "draft"


class EditedOffering(Words, kw_only=True):
    """Other words, on the version that was read."""

    version: Version


class Offering(msgspec.Struct):
    """An offering as its mentor sees it."""

    id: str
    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    duration_minutes: int
    price_paise: int
    status: rules.Status
    version: int
    created_at: datetime


class OfferingList(msgspec.Struct):
    """All of a mentor's offerings, the newest first."""

    items: list[Offering]
    next: None = None


@routes.add("GET", "/me/offerings", MENTOR, answer=OfferingList)
def list_own_offerings(call: Call) -> OfferingList:
    """The mentor's offerings, archived ones too."""
    return OfferingList([_shown(each) for each in call.deps.offerings.of_mentor(call.user.user_id)])


@routes.add("POST", "/me/offerings", MENTOR, body=NewOffering, answer=Offering, status=201, keyed=True)
def create_offering(call: Call) -> Offering:
    """A verified mentor drafts an offering; an approved one can publish it at once."""
    wanted: NewOffering = call.body
    made = offerings.create(
        call.deps, mentor_id=call.user.user_id, pitch=wanted.pitch(), status=wanted.status, key=call.key or ""
    )
    return _shown(made)


@routes.add("PUT", "/me/offerings/{offering_id}", MENTOR, body=EditedOffering, answer=Offering)
def edit_offering(call: Call, offering_id: str) -> Offering:
    """Change a draft, or what is on offer from now on."""
    wanted: EditedOffering = call.body
    return _shown(
        offerings.edit(
            call.deps,
            mentor_id=call.user.user_id,
            offering_id=offering_id,
            pitch=wanted.pitch(),
            version=wanted.version,
        )
    )


@routes.add("POST", "/me/offerings/{offering_id}/publish", MENTOR, answer=Offering)
def publish_offering(call: Call, offering_id: str) -> Offering:
    """Put a draft, or an archived one, on offer; what is missing is named."""
    return _shown(offerings.publish(call.deps, mentor_id=call.user.user_id, offering_id=offering_id))


@routes.add("POST", "/me/offerings/{offering_id}/archive", MENTOR, answer=Offering)
def archive_offering(call: Call, offering_id: str) -> Offering:
    """Take it off offer; what has been booked takes place."""
    return _shown(offerings.archive(call.deps, mentor_id=call.user.user_id, offering_id=offering_id))


def _shown(offering: rules.Offering) -> Offering:
    return Offering(**{name: getattr(offering, name) for name in Offering.__struct_fields__})
