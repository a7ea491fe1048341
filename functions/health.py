"""Is it up, and which build is it?"""

import os

import msgspec

from functions.access import PUBLIC
from functions.http import Call, Routes

routes = Routes(__name__)


class Health(msgspec.Struct):
    """`version` is the release's own name."""

    status: str
    version: str


@routes.add("GET", "/health", PUBLIC, answer=Health)
def health(call: Call) -> Health:
    """Answers without touching any store: load balancers and people may ask as often as they like."""
    return Health("ok", os.environ.get("RELEASE", "development"))
