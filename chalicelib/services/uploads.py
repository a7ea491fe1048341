"""What lands in quarantine is inspected, made anew and published, or refused in words; then it is gone from there."""

import hashlib
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from chalicelib.domain.errors import Invalid, Unauthenticated
from chalicelib.domain.materials import LARGEST
from chalicelib.services import accounts, materials

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["accepted", "refused", "not_wanted"]
_PHOTO = re.compile(r"quarantine/(photos/(usr_[0-9A-Za-z]+)/[0-9A-Za-z_-]+)")
_MATERIAL = re.compile(r"quarantine/materials/(bkg_[0-9A-Za-z]+)/(mat_[0-9A-Za-z]+)")


def inspect(deps: "Deps", key: str) -> Outcome:
    """One upload, however often it is announced: the first inspection empties its place."""
    photo, material = _PHOTO.fullmatch(key), _MATERIAL.fullmatch(key)
    content = deps.pictures.take(key, LARGEST) if material else deps.pictures.take(key)
    outcome: Outcome = "not_wanted"
    if content is not None and photo:
        outcome = _photo(deps, content, photo[1], photo[2])
    elif content is not None and material:
        outcome = materials.inspect(deps, content, material[1], material[2])
    deps.pictures.discard(key)
    return outcome


def _photo(deps: "Deps", content: bytes, upload: str, user_id: str) -> Outcome:
    try:
        made = deps.pictures.squares(content)
    except Invalid as refusal:
        with suppress(Unauthenticated):
            accounts.photo_refused(deps, user_id, refusal.fields["photo"])
        return "refused"
    place = f"{upload}-{_digest(made)}"
    for size, jpeg in made.items():
        deps.pictures.publish(f"media/{place}-{size}.jpg", jpeg)
    try:
        accounts.photo_accepted(deps, user_id, place)
    except Unauthenticated:  # they have left meanwhile, and nothing of them is to remain
        deps.pictures.withdraw([f"media/{place}-{size}.jpg" for size in made])
        return "not_wanted"
    return "accepted"


def _digest(made: Mapping[int, bytes]) -> str:
    """A form may be posted again with another picture, yet what one address shows never changes."""
    return hashlib.sha256(b"".join(made.values())).hexdigest()[:16]
