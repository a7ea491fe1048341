"""`python -m infra.local.seed`: demonstration people, sessions and money in the running local stack.

A second time changes nothing, but what has passed since is made up for: the fortnight ahead is filled, and one session
is about to begin. `--code` prints the admin's authenticator code.
"""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

import pyotp
from botocore.exceptions import EndpointConnectionError

from chalicelib import wiring
from chalicelib.domain.errors import Conflict
from chalicelib.domain.sessions import Session
from chalicelib.wiring import Deps
from infra.local.demo import accounts, money, opening, programme
from infra.local.demo.accounts import PASSWORD, TOTP_SECRET
from infra.local.demo.people import MAIL, everyone
from infra.local.demo.till import Act, stand_in

T = TypeVar("T")
STAGE = "local"
TRIES = 3
HANDS = 4  # drawing goes on while the emulator answers
ROLES = {"learner": "aarav-menon", "mentor": "ananya-krishnan", "admin": "leela-fernandes"}
LOGINS = {role: (everyone()[slug].email, PASSWORD) for role, slug in ROLES.items()}


def seed(deps: Deps, say: Callable[[str], None] = lambda words: None, act: Act | None = None) -> Session | None:
    """Everybody and everything that is missing; the session that one can walk into now.

    `act` has the payment gateway's stand-in do something; without it, the running one does.
    """
    deps, people = accounts.shared(deps), everyone()
    with ThreadPoolExecutor(HANDS) as hands:
        say(f"{len(people)} people")
        held = dict(zip(people, hands.map(lambda each: accounts.present(deps, each), people.values()), strict=True))
        deps = accounts.unsent(deps)
        list(hands.map(lambda each: opening.open_up(deps, each, held[each.slug]), people.values()))
        list(hands.map(lambda each: programme.settle(deps, each), held.values()))
        list(hands.map(lambda each: programme.forgive(deps, each), held.values()))
        plans = programme.missing(deps, people, held)
        say(f"{len(plans)} sessions")
        for ended in (True, False):  # a learner has only so many ahead: those behind are over first
            part = [plan for plan in plans if bool(plan.time.ended) == ended]
            list(hands.map(lambda plan: programme.hold(deps, held, plan), part))
    room = programme.walk_in(deps, held, ROLES["mentor"], ROLES["learner"])
    if deps.config.payments:
        say("money")
        money.offer_coupon(deps, held[ROLES["admin"]])
        money.deal(deps, act or stand_in(deps.config.razorpay_url), held[ROLES["mentor"]], held[ROLES["learner"]])
    return room


def code(now: datetime) -> str:
    """What the admin's authenticator app would show."""
    digits = pyotp.TOTP(TOTP_SECRET).at(now)
    return f"{digits[:3]} {digits[3:]}"


def summary(room: Session | None, origin: str, now: datetime, *, payments: bool = True) -> str:
    """The log-ins, the room to walk into, and where money is seen."""
    lines = [f"Demonstration accounts, all with the password {PASSWORD}"]
    lines += [f"  {role:8} {email}" for role, (email, _) in LOGINS.items()]
    lines[-1] += f"  (code {code(now)} now; later: python -m infra.local.seed --code)"
    lines.append(f"  others   by first name, such as meera@{MAIL}")
    if room:
        at = room.starts_at.astimezone().strftime("%H:%M")
        lines.append(f"  Walk in  {origin}/room/{room.id} as mentor and learner, begins at {at}")
    if payments:
        lines.append(f"  Pay      book anything with a price as learner: test checkout, coupon {money.COUPON}")
        lines.append(f"  Money    {origin}/mentor/earnings as mentor, {origin}/admin/money as admin")
    return "\n".join(lines)


def patiently(make: Callable[[], T]) -> T:
    """Made, though the stack's own functions change the same things meanwhile: what stands is kept, the rest made."""
    for _ in range(TRIES - 1):
        with suppress(Conflict):
            return make()
    return make()


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K      {words}", end="", file=sys.stderr, flush=True)


def _running() -> dict[str, str]:
    """The environment of the stack that `make run` has up, when it was not given."""
    from infra.local.__main__ import running

    try:
        return running().environment
    except EndpointConnectionError:
        raise SystemExit("PeerLearn is not running: start it with `make run`.") from None


def main(arguments: list[str]) -> None:
    """Only ever into a local stack: the password and the authenticator's secret are no secrets."""
    if arguments == ["--code"]:
        print(code(datetime.now(UTC)))
        return
    if arguments:
        raise SystemExit(__doc__)
    if "STAGE" not in os.environ:
        os.environ.update(_running())
    if os.environ["STAGE"] != STAGE:
        raise SystemExit("Demonstration data is for the local stack only.")
    deps = wiring.deps()
    room = patiently(lambda: seed(deps, _progress))
    _progress("")
    origin = os.environ.get("BASE_URL") or os.environ["SITE_ORIGIN"]
    print(summary(room, origin, datetime.now(UTC), payments=deps.config.payments))


if __name__ == "__main__":
    main(sys.argv[1:])
