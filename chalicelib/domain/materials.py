"""Files on a session: which kinds are taken, what their first bytes must be, and the states they pass through."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain import entries
from chalicelib.domain.cards import Side
from chalicelib.domain.errors import Forbidden, NotFound

Shape = Literal["file", "board"]
State = Literal["waiting", "ready", "refused", "deleted"]
LARGEST, MOST, LONGEST_NAME = 25 * 1024 * 1024, 50, 120
ARRIVES = timedelta(hours=1)  # a form is good for ten minutes, and a slow line takes its time
TEXT = (
    *("txt", "md", "csv", "tsv", "py", "ipynb", "json", "js", "ts", "java", "kt", "c", "cpp", "h", "cs", "go", "rs"),
    *("rb", "php", "swift", "r", "m", "jl", "sql", "sh", "tex", "yaml", "yml", "toml", "css"),
)
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
    **dict.fromkeys(TEXT, "text/plain; charset=utf-8"),  # code is never run, nor a table opened, by a click here
}
BEGINS: Mapping[str, tuple[bytes, ...]] = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/webp": (b"RIFF",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "application/zip": (b"PK\x03\x04", b"PK\x05\x06"),
}
FOLDERS: Mapping[str, bytes] = {"docx": b"word/", "pptx": b"ppt/", "xlsx": b"xl/"}
NOT_WHAT_IT_SAYS = "This file is not what its name says it is."


@dataclass(frozen=True)
class Material:
    """One file of a booking: `waiting` for its bytes, then `ready`, or `refused` for a reason in words."""

    id: str
    booking_id: str
    session_id: str
    mentor_id: str
    learner_id: str
    by: Side
    shape: Shape
    name: str
    content_type: str
    size: int
    at: datetime
    state: State = "waiting"
    reason: str | None = None

    @property
    def key(self) -> str:
        """Its place in the bucket of lessons."""
        return f"materials/{self.booking_id}/{self.id}"

    @property
    def upload_key(self) -> str:
        """Where its bytes arrive, unread."""
        return f"quarantine/{self.key}"

    @property
    def next_due(self) -> datetime | None:
        """When it is looked after: what never came, what is being deleted."""
        return self.at + ARRIVES if self.state in ("waiting", "deleted") else None

    def ready(self, size: int, content_type: str) -> "Material":
        """Inspected: both may have it."""
        return replace(self, state="ready", size=size, content_type=content_type)

    def refused(self, reason: str) -> "Material":
        """Inspected, and not taken."""
        return replace(self, state="refused", reason=reason)

    def deleted(self) -> "Material":
        """Out of sight; its bytes are to follow."""
        return replace(self, state="deleted")

    def must_be_of(self, side: Side) -> None:
        """Each takes back only their own."""
        if self.by != side:
            raise Forbidden("not_yours", "Only who has sent a file can delete it.")

    def must_be_ready(self) -> None:
        """What has not passed is for nobody to see."""
        if self.state != "ready":
            raise NotFound("material")


def named(name: str) -> str:
    """A file's name as it is kept: its last part, on one line."""
    return entries.tidy(name.replace("\\", "/").rpartition("/")[2])


def type_of(name: str) -> str | None:
    """By its ending: what browsers say of a file differs from one to the next."""
    return TYPES.get(name.rpartition(".")[2].lower()) if "." in name else None


def check(name: str, size: int, shape: Shape) -> str:
    """Its type, if it is taken, by what the browser says; its bytes are looked at when they are there."""
    kept, found = named(name), type_of(named(name))
    wrong_board = shape == "board" and found != "image/png"
    entries.refuse(
        name=("At most 120 characters." if len(kept) > LONGEST_NAME else None)
        or ("There are characters in its name that cannot be shown." if entries.hides(kept) else None)
        or (None if found and not wrong_board else "Files of this kind are not taken."),
        size=None if 0 < size <= LARGEST else "At most 25 MB, and not empty.",
    )
    return found or ""


def fault(name: str, content: bytes) -> str | None:
    """What is wrong with the bytes, if anything."""
    if not 0 < len(content) <= LARGEST:
        return "The file is larger than 25 MB." if content else "The file is empty."
    ending, kind = name.rpartition(".")[2].lower(), type_of(name) or ""
    if ending in TEXT:
        return None if _is_text(content) else NOT_WHAT_IT_SAYS
    begins = BEGINS.get("application/zip" if ending in FOLDERS else kind, ())
    if not content.startswith(begins) or (kind == "image/webp" and content[8:12] != b"WEBP"):
        return NOT_WHAT_IT_SAYS
    return None if FOLDERS.get(ending, b"") in content else NOT_WHAT_IT_SAYS


def _is_text(content: bytes) -> bool:
    """UTF-8, as nearly everything is by now, or what older programs on Windows wrote; never with a zero byte."""
    if b"\0" in content:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return sum(byte < 32 and byte not in b"\t\r\n\f" for byte in content) == 0
    return True
