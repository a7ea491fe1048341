"""What every door of ours agrees on: the header that our front adds, and which status a refusal has."""

from chalicelib.domain import errors
from chalicelib.domain.errors import DomainError

ORIGIN_HEADER = "x-peerlearn-origin"
STATUS: dict[type[DomainError], int] = {
    errors.Malformed: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Gone: 410,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
