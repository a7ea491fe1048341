"""What a rule or a use case may refuse, in words a person understands."""

from collections.abc import Mapping


class DomainError(Exception):
    """A refusal: `code` is for programs, `message` for the person, `fields` names what to mend where."""

    def __init__(self, code: str, message: str, fields: Mapping[str, str] | None = None):
        super().__init__(code)
        self.code, self.message, self.fields = code, message, dict(fields or {})


class Malformed(DomainError):
    """The request cannot be read at all."""


class Unauthenticated(DomainError):
    """Nobody is signed in, or the proof offered is not good."""


def signed_out() -> Unauthenticated:
    """What a caller without a valid sign-in is told; pages then ask for a new token, or for signing in."""
    return Unauthenticated("signed_out", "Please sign in to go on.")


class Forbidden(DomainError):
    """The person is known and may not do this."""


class NotFound(DomainError):
    """There is no such thing, or none that this person may know of."""

    def __init__(self, what: str):
        super().__init__("not_found", f"There is no such {what}.")


class Conflict(DomainError):
    """The thing's present state does not allow this."""


class Gone(DomainError):
    """What was asked for has ended or been used up."""


class TooLarge(DomainError):
    """More was sent than is taken."""


class Unsupported(DomainError):
    """The kind of content sent is not taken."""


class Invalid(DomainError):
    """Readable, but against a rule; `fields` says which."""

    def __init__(
        self, fields: Mapping[str, str], code: str = "invalid", message: str = "Please check what you entered."
    ):
        super().__init__(code, message, fields)


class TooMany(DomainError):
    """Asked too often; `retry_after` is in seconds."""

    def __init__(self, retry_after: int, message: str = "Too many attempts. Please wait a little and try again."):
        super().__init__("too_many", message)
        self.retry_after = retry_after


class TooFast(TooMany):
    """More at once than anybody can mean."""

    def __init__(self, retry_after: int = 1, message: str = "That was too fast. Please wait a few seconds."):
        super().__init__(retry_after, message)
        self.code = "too_fast"


class Unavailable(DomainError):
    """A passing fault on our side: nothing was changed, and trying again is right."""

    def __init__(self, message: str = "That did not work just now. Please try again in a moment."):
        super().__init__("unavailable", message)
        self.retry_after = 1
