"""Mentors over HTTP: one's own application, and the public directory."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from chalicelib.domain.errors import Invalid
from chalicelib.domain.mentors import DOMAINS, Profile
from chalicelib.domain.offerings import Offering
from chalicelib.services import mentors, open_times
from functions.access import PUBLIC, SELF
from functions.accounts.shapes import Line, Me, Part, Text, Words, me
from functions.http import Call, Routes
from functions.shapes import PageQuery, SessionCard, session_card

routes = Routes(__name__)


class MentorPart(Part):
    """What a mentor tells of themselves, in as many steps as they like."""

    domains: Words | UnsetType = UNSET
    skills: Words | UnsetType = UNSET
    languages: Words | UnsetType = UNSET
    experience_years: int | UnsetType = UNSET
    phone: Line | UnsetType = UNSET
    headline: Line | UnsetType = UNSET
    bio: Text | UnsetType = UNSET
    intro_video_url: Line | UnsetType = UNSET


class MentorsQuery(PageQuery, forbid_unknown_fields=True):
    """Which mentors."""

    domain: str = "all"


class ListedMentor(Struct):
    """A mentor in the directory."""

    id: str
    slug: str
    name: str
    photo_url: str | None
    headline: str
    domains: tuple[str, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    experience_years: int
    rating: float | None
    reviews: int


class MentorList(Struct):
    """A page of the directory."""

    items: list[ListedMentor]
    next: str | None


class OnOffer(Struct):
    """What can be booked at any open time of a mentor."""

    id: str
    title: str
    description: str
    topics: tuple[str, ...]
    domain: str
    duration_minutes: int
    price_paise: int


class SoonestStart(Struct):
    """The first open time of all, and for which offering."""

    offering_id: str
    starts_at: datetime


class MentorPage(ListedMentor):
    """A mentor's public page; `away` is today, by the clock of `zone`."""

    bio: str
    intro_video_url: str
    zone: str
    away: bool
    offerings: list[OnOffer]
    soonest: SoonestStart | None
    sessions: list[SessionCard]


@routes.add("POST", "/me/mentor", SELF, answer=Me, status=201)
def apply_as_mentor(call: Call) -> Me:
    """Begin a mentor's application."""
    return me(mentors.apply(call.deps, call.user.user_id), call.deps.clock())


@routes.add("PATCH", "/me/mentor", SELF, body=MentorPart, answer=Me)
def edit_mentor(call: Call) -> Me:
    """Change some parts of the application, or of the public profile it has become."""
    return me(mentors.edit(call.deps, call.user.user_id, call.body.given()), call.deps.clock())


@routes.add("POST", "/me/mentor/submit", SELF, answer=Me)
def submit_mentor(call: Call) -> Me:
    """Hand the application in; what is missing is named."""
    return me(mentors.submit(call.deps, call.user.user_id), call.deps.clock())


@routes.add("GET", "/mentors", PUBLIC, query=MentorsQuery, answer=MentorList)
def list_mentors(call: Call) -> MentorList:
    """Approved mentors, of one domain or all."""
    query: MentorsQuery = call.query
    if query.domain not in ("all", *DOMAINS):
        raise Invalid({"domain": "There is no such domain."})
    page = call.deps.mentors.listed(query.domain, query.limit, query.cursor)
    return MentorList([ListedMentor(**_listed(profile)) for profile in page.items], page.next)


@routes.add("GET", "/mentors/{slug}", PUBLIC, answer=MentorPage)
def show_mentor(call: Call, slug: str) -> MentorPage:
    """One mentor with all that can be booked."""
    page = open_times.page(call.deps, slug)
    profile, soonest = page.profile, page.soonest
    return MentorPage(
        **_listed(profile),
        bio=profile.bio,
        intro_video_url=profile.intro_video_url,
        zone=profile.zone,
        away=page.away,
        offerings=[_on_offer(each) for each in page.offerings],
        soonest=SoonestStart(soonest.offering_id, soonest.starts_at) if soonest else None,
        sessions=[session_card(session) for session in page.sessions],
    )


def _listed(profile: Profile) -> dict[str, object]:
    return {name: getattr(profile, name) for name in ListedMentor.__struct_fields__}


def _on_offer(offering: Offering) -> OnOffer:
    return OnOffer(**{name: getattr(offering, name) for name in OnOffer.__struct_fields__})
