"""Coupons over HTTP: put on and taken off by who pays, made and closed by admins."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.domain.bookings import Meeting
from chalicelib.domain.coupons import Coupon
from chalicelib.services import bookings, coupons
from functions.access import ADMIN, PARTY
from functions.booking_views import BookingView, booking_view
from functions.http import Call, Routes
from functions.shapes import PageQuery

routes = Routes(__name__)


class CouponCode(msgspec.Struct, forbid_unknown_fields=True):
    """As somebody typed it."""

    code: Annotated[str, msgspec.Meta(max_length=40)]


class NewCoupon(msgspec.Struct, forbid_unknown_fields=True):
    """Percent or an amount, until the end of a day in India, of so much in all."""

    code: Annotated[str, msgspec.Meta(max_length=40)]
    expires_on: date
    budget_paise: int
    percent: int = 0
    amount_paise: int = 0


class CouponView(msgspec.Struct):
    """A coupon as admins see it; `status` is over where it has expired or been used up."""

    code: str
    percent: int | None
    amount_paise: int | None
    expires_on: date
    budget_paise: int
    left_paise: int
    uses: int
    status: Literal["open", "over", "closed"]
    created_at: datetime


class CouponPage(msgspec.Struct):
    """The newest first."""

    items: list[CouponView]
    next: str | None


@routes.add("POST", "/bookings/{booking_id}/coupon", PARTY, body=CouponCode, answer=BookingView)
def put_coupon(call: Call, booking_id: str) -> BookingView:
    """The learner pays less for a held booking, as long as they have not begun to pay."""
    me = call.user.user_id
    return _view(call, coupons.put_on(call.deps, learner_id=me, booking_id=booking_id, typed=call.body.code))


@routes.add("DELETE", "/bookings/{booking_id}/coupon", PARTY, answer=BookingView)
def take_coupon_off(call: Call, booking_id: str) -> BookingView:
    """The learner keeps the coupon for another time."""
    return _view(call, coupons.take_off(call.deps, learner_id=call.user.user_id, booking_id=booking_id))


@routes.add("GET", "/admin/coupons", ADMIN, query=PageQuery, answer=CouponPage)
def list_coupons(call: Call) -> CouponPage:
    """All coupons."""
    page = call.deps.coupons.all(limit=call.query.limit, cursor=call.query.cursor)
    now = call.deps.clock()
    return CouponPage([_coupon(each, now) for each in page.items], page.next)


@routes.add("POST", "/admin/coupons", ADMIN, body=NewCoupon, answer=CouponView, status=201)
def make_coupon(call: Call) -> CouponView:
    """A new coupon, good at once."""
    made = coupons.make(call.deps, by=call.user, **msgspec.structs.asdict(call.body))
    return _coupon(made, call.deps.clock())


@routes.add("POST", "/admin/coupons/{code}/close", ADMIN, answer=CouponView)
def close_coupon(call: Call, code: str) -> CouponView:
    """Nobody can use it any more; bookings that have it keep it."""
    return _coupon(coupons.close(call.deps, by=call.user, code=code), call.deps.clock())


def _coupon(coupon: Coupon, now: datetime) -> CouponView:
    over: Literal["over", "open"] = "over" if coupon.is_over(now) else "open"
    return CouponView(
        code=coupon.code,
        percent=coupon.percent or None,
        amount_paise=coupon.amount_paise or None,
        expires_on=coupon.expires_on,
        budget_paise=coupon.budget_paise,
        left_paise=coupon.left_paise,
        uses=coupon.uses,
        status="closed" if coupon.status == "closed" else over,
        created_at=coupon.created_at,
    )


def _view(call: Call, meeting: Meeting) -> BookingView:
    return booking_view(bookings.shown(call.deps, call.user.user_id, meeting), call.deps.clock())
