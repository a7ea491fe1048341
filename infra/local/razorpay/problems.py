"""How the gateway says no: the error bodies of its documentation."""

from typing import Any

Body = dict[str, Any]


class Problem(Exception):
    """A refusal, in the gateway's words."""

    def __init__(
        self,
        words: str,
        field: str | None = None,
        *,
        status: int = 400,
        code: str = "BAD_REQUEST_ERROR",
        reason: str = "input_validation_failed",
    ):
        super().__init__(words)
        self.words, self.field, self.status, self.code, self.reason = words, field, status, code, reason

    @property
    def body(self) -> Body:
        """As it goes over the line."""
        error: Body = {"code": self.code, "description": self.words, "source": "business", "step": None}
        error |= {"reason": self.reason, "metadata": {}}
        return {"error": error | ({"field": self.field} if self.field else {})}


def internal() -> Problem:
    """The gateway's own trouble."""
    words = "We are facing some trouble completing your request at the moment. Please try again shortly."
    return Problem(words, status=500, code="SERVER_ERROR", reason="server_error")


def wrong_keys() -> Problem:
    """Not the keys of this account."""
    return Problem("The api key provided is invalid", status=401, reason="NA")


def nowhere() -> Problem:
    """No such address."""
    return Problem("The requested URL was not found on the server.", reason="NA")


def only(body: Body, *allowed: str) -> None:
    """What is not asked for must not be sent."""
    if extra := sorted(body.keys() - set(allowed)):
        raise Problem(f"{', '.join(extra)} is/are not required and should not be sent")


def needed(body: Body, name: str) -> Any:
    """What must be sent."""
    if body.get(name) in (None, ""):
        raise Problem(f"The {name.replace('_', ' ')} field is required.", name)
    return body[name]


def amount(body: Body, least: int = 100) -> int:
    """Whole paise, one rupee at least."""
    paise = needed(body, "amount")
    if not isinstance(paise, int) or isinstance(paise, bool):
        raise Problem("The amount must be an integer.", "amount")
    if paise < least:
        raise Problem("The amount must be at least INR 1.00", "amount")
    return paise


def rupees(body: Body) -> None:
    """The one currency of this account."""
    if needed(body, "currency") != "INR":
        raise Problem("Currency is not supported", "currency")


def text(body: Body, name: str, longest: int) -> str | None:
    """A text that fits."""
    value = body.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise Problem(f"The {name.replace('_', ' ')} may not be greater than {longest} characters.", name)
    return value


def notes(body: Body) -> Any:
    """At most 15 pairs of at most 256 characters."""
    given = body.get("notes") or []
    if isinstance(given, dict) and len(given) > 15:
        raise Problem("The notes may not have more than 15 items.", "notes")
    if isinstance(given, dict) and any(len(str(each)) > 256 for each in given.values()):
        raise Problem("The notes may not be greater than 256 characters.", "notes")
    return given
