"""What people may enter: each check answers with the words for what is wrong, or None."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import Invalid

ADULT, OLDEST = 18, 120
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL = re.compile(rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}@(?:{_LABEL}\.)+[a-z]{{2,63}}", re.I | re.A)
_NOT_IN_NAMES = re.compile(r"[/:@<>\[\]{}\\|]|www\.|[^\W\d_]\.[^\W\d_]{2,}", re.I)  # "evil.com", not "J. R."
_NO_ZONES = ("posix/", "right/")
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
# Control and format signs hide or turn text; the joiners that Indic scripts and emoji need are not among them.
_HIDDEN_KINDS, _JOINERS, _FILLERS = (
    {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"},
    "\u200c\u200d",
    "\u115f\u1160\u3164\uffa0\u2800",
)


def refuse(**faults: str | None) -> None:
    """All that is wrong, at once, under the fields' names."""
    found = {name: fault for name, fault in faults.items() if fault}
    if found:
        raise Invalid(found)


def tidy(text: str) -> str:
    """One line: no space around it, single spaces within."""
    return " ".join(text.split())


def tidy_list(entries: Sequence[str]) -> tuple[str, ...]:
    """Each entry tidied, empty ones and repetitions (in whatever case) dropped."""
    kept: dict[str, str] = {}
    for entry in map(tidy, entries):
        kept.setdefault(entry.casefold(), entry)
    kept.pop("", None)
    return tuple(kept.values())


def hides(text: str) -> bool:
    """Something in it cannot be seen, or turns what can; line breaks and tabs are no such thing."""
    return any(
        sign in _FILLERS
        or (unicodedata.category(sign) in _HIDDEN_KINDS and sign not in _JOINERS and sign not in "\n\t")
        for sign in text
    )


def address_key(email: str) -> str:
    """The form by which two spellings of one address are the same."""
    return email.strip().casefold()


def name_fault(name: str) -> str | None:
    """A name reaches mails to addresses nobody has proven yet: nothing in it may become a link."""
    if not any(letter.isalpha() for letter in name):
        return "Please tell us your name."
    if len(name) > 80:
        return "At most 80 characters."
    odd = _NOT_IN_NAMES.search(name) or hides(name)
    return "A name has no web address or special signs in it." if odd else None


def email_fault(email: str) -> str | None:
    """The shape only: whether it is read is shown by the link in the mail."""
    good = len(email) <= 254 and _EMAIL.fullmatch(email) and ".." not in email
    return None if good else "Please enter an e-mail address such as name@example.com."


def birth_date_fault(born: date, now: datetime, zone: str) -> str | None:
    """PeerLearn is for adults; a birthday begins at midnight where the person lives."""
    today = now.astimezone(ZoneInfo(zone) if zone_fault(zone) is None else UTC).date()
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < 0 or age > OLDEST:
        return "Please enter your date of birth."
    return None if age >= ADULT else "PeerLearn is for people of 18 and over."


def zone_fault(zone: str) -> str | None:
    """An IANA name; what some systems keep beside those, such as clocks with leap seconds, is none."""
    try:
        known = (zone == "UTC" or "/" in zone) and not zone.startswith(_NO_ZONES) and bool(ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        known = False
    return None if known else "Please choose a time zone from the list."


def text_fault(text: str, most: int) -> str | None:
    """Free text of some length; lines may break, nothing may be hidden."""
    if len(text) > most:
        return f"At most {most} characters."
    return "There are characters in it that cannot be shown." if hides(text) else None


def list_fault(entries: Sequence[str], most: int, longest: int = 40) -> str | None:
    """A few short entries."""
    if len(entries) > most:
        return f"At most {most}."
    if any(len(entry) > longest for entry in entries):
        return f"At most {longest} characters each."
    return next((fault for entry in entries if (fault := text_fault(entry, longest))), None)


def choice_fault(entries: Sequence[str], choices: Collection[str]) -> str | None:
    """Only what is on offer."""
    return None if all(entry in choices for entry in entries) else "Please choose from the list."


def phone_fault(phone: str) -> str | None:
    """E.164, or nothing."""
    return None if not phone or _PHONE.fullmatch(phone) else "With country code, for example +91 98765 43210."


def link_fault(link: str) -> str | None:
    """An https address on a public host, or nothing."""
    if not link:
        return None
    try:
        parts = urlsplit(link)
        named = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        named = False
    plain = len(link) <= 300 and not re.search(r"[\s\"'<>\\]", link)
    return None if named and plain else "A link that begins with https://"
