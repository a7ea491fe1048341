"""What people may upload, and the form by which they do."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain import entries

PICTURES = ("image/jpeg", "image/png", "image/webp")
LARGEST_PICTURE = 5 * 1024 * 1024


@dataclass(frozen=True)
class UploadForm:
    """Where a browser posts its file, and the fields that must go before it."""

    url: str
    fields: Mapping[str, str]


def check_picture(content_type: str, size: int) -> None:
    """By what the browser says of it; its bytes are looked at when they are there."""
    entries.refuse(
        content_type=None if content_type in PICTURES else "Please choose a JPEG, PNG or WebP picture.",
        size=None if 0 < size <= LARGEST_PICTURE else "At most 5 MB.",
    )
