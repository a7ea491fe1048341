"""A person's own profile and picture."""

from msgspec import UNSET, Struct, UnsetType

from chalicelib.services.accounts import people, photos
from chalicelib.services.accounts import profile as profiles
from functions.access import SELF
from functions.accounts.shapes import Input, Line, Me, Part, Text, Words, me
from functions.http import Call, Routes

routes = Routes(__name__)


class ProfilePart(Part):
    """What a person may change of themselves."""

    name: Line | UnsetType = UNSET
    zone: Line | UnsetType = UNSET
    interests: Words | UnsetType = UNSET
    career_goal: Text | UnsetType = UNSET
    bio: Text | UnsetType = UNSET


class Picture(Input):
    """What is about to be uploaded."""

    content_type: Line
    size: int


class UploadForm(Struct):
    """A form good for ten minutes: fields first, then the file as `file`; what was posted last is shown."""

    url: str
    fields: dict[str, str]


@routes.add("GET", "/me", SELF, answer=Me)
def show_me(call: Call) -> Me:
    """The signed-in person."""
    return me(people.person(call.deps, call.user.user_id), call.deps.clock())


@routes.add("PATCH", "/me", SELF, body=ProfilePart, answer=Me)
def edit_me(call: Call) -> Me:
    """Change some parts of the profile."""
    return me(profiles.edit(call.deps, call.user.user_id, call.body.given()), call.deps.clock())


@routes.add("POST", "/me/photo", SELF, body=Picture, answer=UploadForm)
def upload_photo(call: Call) -> UploadForm:
    """Leave to upload one picture; it is shown once it has been inspected."""
    wanted: Picture = call.body
    form = photos.photo_form(call.deps, call.user.user_id, content_type=wanted.content_type, size=wanted.size)
    return UploadForm(form.url, dict(form.fields))
