"""Who is calling: what an access token proves, and nothing a client merely says."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

ACCESS_LIFE = timedelta(minutes=15)
Role = Literal["learner", "mentor", "admin"]


@dataclass(frozen=True)
class Identity:
    """`epoch` is the account's `auth_epoch` when the token was signed; `device` the refresh session it came from."""

    user_id: str
    roles: tuple[Role, ...]
    epoch: int
    device: str
    second_factor: bool
