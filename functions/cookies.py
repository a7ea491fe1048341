"""The cookies of a signed-in browser: two that no script can read, and a hint for static pages."""

from chalicelib.domain.devices import LIFE
from chalicelib.domain.identity import ACCESS_LIFE
from chalicelib.services.accounts.devices import Admission
from functions.http import ACCESS_COOKIE, HINT_COOKIE, REFRESH_COOKIE

MONTH, QUARTER_HOUR = int(LIFE.total_seconds()), int(ACCESS_LIFE.total_seconds())


def signed_in(admission: Admission) -> tuple[str, ...]:
    """Both tokens, and the hint that someone is signed in."""
    return (
        access(admission.access),
        _cookie(REFRESH_COOKIE, admission.refresh, MONTH),
        _cookie(HINT_COOKIE, admission.user_id, MONTH, readable=True),
    )


def access(token: str) -> str:
    """A new access token alone."""
    return _cookie(ACCESS_COOKIE, token, QUARTER_HOUR)


def signed_out() -> tuple[str, ...]:
    """All of them dropped."""
    return _cookie(ACCESS_COOKIE, "", 0), _cookie(REFRESH_COOKIE, "", 0), _cookie(HINT_COOKIE, "", 0, readable=True)


def _cookie(name: str, value: str, seconds: int, *, readable: bool = False) -> str:
    hidden = "" if readable else "; HttpOnly"
    return f"{name}={value}; Path=/; Max-Age={seconds}; Secure; SameSite=Strict{hidden}"
