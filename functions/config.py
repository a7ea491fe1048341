"""What the pages need to know before anyone signs in."""

from msgspec import Struct

from chalicelib.domain import accounts, mentors, uploads
from functions.access import PUBLIC
from functions.http import Answer, Call, Routes

routes = Routes(__name__)
FOR_MINUTES = {"Cache-Control": "public, max-age=300"}


class PublicConfig(Struct):
    """The same for everyone."""

    domains: tuple[str, ...]
    terms_version: str
    picture_types: tuple[str, ...]
    picture_bytes: int
    password_shortest: int
    password_longest: int
    payments: bool
    fee_bps: int
    push_key: str


@routes.add("GET", "/config", PUBLIC, answer=PublicConfig)
def public_config(call: Call) -> Answer:
    """Lists and limits; may be kept for five minutes."""
    config = PublicConfig(
        domains=mentors.DOMAINS,
        terms_version=accounts.TERMS_VERSION,
        picture_types=uploads.PICTURES,
        picture_bytes=uploads.LARGEST_PICTURE,
        password_shortest=accounts.SHORTEST_PASSWORD,
        password_longest=accounts.LONGEST_PASSWORD,
        payments=call.deps.config.payments,
        fee_bps=call.deps.config.fee_bps,
        push_key=call.deps.secrets().vapid.current,
    )
    return Answer(config, headers=FOR_MINUTES)
