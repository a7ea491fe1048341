"""Who may call a route: every route names one of these rules, and the walk over all routes holds them to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from chalicelib import wiring
from chalicelib.domain.errors import Forbidden, Unauthenticated, signed_out
from chalicelib.domain.identity import Identity, Role

Owner = Literal["anyone", "self", "party", "mentor"]
Genuine = Callable[[wiring.Deps, Mapping[str, str], bytes], bool]  # of a request's headers and body


@dataclass(frozen=True)
class Access:
    """`owner` is the rule that the use case enforces on the thing itself.

    What is signed proves itself by `signs`, before anything in it is read; it is sent by no page. Nor is what comes
    `by_link`: the address itself is signed and allows one thing, and what else is sent is not read.
    """

    signed_in: bool = True
    role: Role | None = None
    owner: Owner = "self"
    signs: Genuine | None = None
    by_link: bool = False

    @property
    def by_pages(self) -> bool:
        """Only our own pages call it, and show that by a header."""
        return self.signs is None and not self.by_link

    def admit(
        self, deps: wiring.Deps, token: str | None, headers: Mapping[str, str] | None = None, raw: bytes = b""
    ) -> Identity | None:
        """The caller, proven by the access token; a public route takes anyone and knows whom it can."""
        if self.signs and not self.signs(deps, headers or {}, raw):
            raise Unauthenticated("bad_signature", "This is not signed by whom it should be.")
        if not self.signed_in:
            return deps.tokens.known(token)
        user = deps.tokens.known(token)
        if user is None:
            raise signed_out()
        if self.role and self.role not in user.roles:
            raise Forbidden("not_allowed", f"Only {self.role}s can do this.")
        if self.role == "admin" and not user.second_factor:
            raise Forbidden("second_factor_needed", "Admins need two-step sign-in: turn it on in settings first.")
        return user


def by_the_gateway(deps: wiring.Deps, headers: Mapping[str, str], raw: bytes) -> bool:
    """Signed by the payment gateway, with the secret that we share."""
    return deps.razorpay.webhook_is_genuine(raw, headers.get("x-razorpay-signature", ""))


PUBLIC = Access(signed_in=False, owner="anyone")
SIGNED = Access(signed_in=False, owner="anyone", signs=by_the_gateway)
BY_LINK = Access(signed_in=False, owner="anyone", by_link=True)
SELF = Access()
SIGNED_IN = Access(owner="anyone")
PARTY = Access(owner="party")
MENTOR = Access(role="mentor")
OWN_SESSION = Access(role="mentor", owner="mentor")
ADMIN = Access(role="admin", owner="anyone")
