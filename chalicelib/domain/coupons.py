"""Coupons: what one takes off a price, until when, and of how much in all; the platform pays for it."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from chalicelib.domain.errors import Invalid
from chalicelib.domain.india import INDIA
from chalicelib.domain.refunds import refund_due

LEAST_PAYABLE = 1_00  # the gateway takes nothing below
MOST_YEARS = 5  # that a coupon is good
PERCENTS, AMOUNTS, BUDGETS = range(1, 101), range(1_00, 50_000_00 + 1), range(1_00, 10_000_000_00 + 1)
_CODE = re.compile(r"[A-Z0-9]{4,20}")


@dataclass(frozen=True)
class Coupon:
    """Either so many percent or so many paise off; `left_paise` is what it may still take off in all, `uses` how many
    people have it at the moment. It is good until the end of `expires_on` in India."""

    code: str
    expires_on: date
    budget_paise: int
    left_paise: int
    created_at: datetime
    created_by: str
    percent: int = 0
    amount_paise: int = 0
    uses: int = 0
    status: Literal["open", "closed"] = "open"

    @property
    def expires_at(self) -> datetime:
        """The first moment at which it is good no more."""
        return datetime.combine(self.expires_on + timedelta(days=1), time(), INDIA)

    def is_over(self, now: datetime) -> bool:
        """Closed, expired or used up."""
        return self.status == "closed" or now >= self.expires_at or self.left_paise <= 0

    def off(self, price_paise: int) -> int:
        """What it takes off a price; what would be left below a rupee it takes off too."""
        off = refund_due(price_paise, self.percent) if self.percent else min(self.amount_paise, price_paise)
        return price_paise if price_paise - off < LEAST_PAYABLE else off

    def closed(self) -> "Coupon":
        """Nobody can use it any more; who has it already keeps it."""
        return replace(self, status="closed")


def code_of(typed: str) -> str:
    """The code that somebody typed, in whatever case."""
    return "".join(typed.split()).upper()


def is_code(code: str) -> bool:
    """It could be one."""
    return bool(_CODE.fullmatch(code))


def faults(coupon: Coupon, now: datetime) -> dict[str, str | None]:
    """The words for what is wrong with each field of a new one, for `entries.refuse`."""
    one = bool(coupon.percent) != bool(coupon.amount_paise)
    percent_bad = coupon.percent and coupon.percent not in PERCENTS
    amount_bad = coupon.amount_paise and coupon.amount_paise not in AMOUNTS
    return {
        "code": None if is_code(coupon.code) else "4 to 20 letters and digits.",
        "percent": None if one and not percent_bad else "Either 1 to 100 percent, or an amount.",
        "amount_paise": "From ₹1 to ₹50,000." if amount_bad else None,
        "budget_paise": None if coupon.budget_paise in BUDGETS else "From ₹1 to ₹1,00,00,000.",
        "expires_on": _day_fault(coupon, now),
    }


def _day_fault(coupon: Coupon, now: datetime) -> str | None:
    if coupon.expires_on.year > now.year + MOST_YEARS:
        return f"At most {MOST_YEARS} years from now."
    return "That day is over." if now >= coupon.expires_at else None


def unknown() -> Invalid:
    """No coupon has this code."""
    return _refused("coupon_unknown", "There is no such coupon. Please look at the code again.")


def over() -> Invalid:
    """It was good once."""
    return _refused("coupon_over", "This coupon is over: it has expired or been used up.")


def used() -> Invalid:
    """Once for each person."""
    return _refused("coupon_used", "You have used this coupon already.")


def _refused(code: str, words: str) -> Invalid:
    return Invalid({"code": words}, code, words)
