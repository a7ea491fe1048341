"""Who may call a route: every route names one of these rules, and the walk over all routes holds them to it."""

from dataclasses import dataclass
from typing import Literal

from chalicelib import wiring
from chalicelib.domain.errors import Forbidden, signed_out
from chalicelib.domain.identity import Identity, Role

Owner = Literal["anyone", "self", "party", "mentor"]


@dataclass(frozen=True)
class Access:
    """`owner` is the rule that the use case enforces on the thing itself; who `signs` proves itself, and is no page."""

    signed_in: bool = True
    role: Role | None = None
    owner: Owner = "self"
    signs: bool = False

    def admit(self, deps: wiring.Deps, token: str | None) -> Identity | None:
        """The caller, proven by the access token; a public route takes anyone and knows whom it can."""
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


PUBLIC = Access(signed_in=False, owner="anyone")
SIGNED = Access(signed_in=False, owner="anyone", signs=True)
SELF = Access()
SIGNED_IN = Access(owner="anyone")
PARTY = Access(owner="party")
MENTOR = Access(role="mentor")
OWN_SESSION = Access(role="mentor", owner="mentor")
ADMIN = Access(role="admin", owner="anyone")
