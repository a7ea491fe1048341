"""Coupons: what is left of each one's budget, and who has used it; both are taken in the commit of the discount."""

from typing import NamedTuple

from chalicelib.domain import coupons as rules
from chalicelib.domain.coupons import Coupon
from chalicelib.domain.errors import Conflict, DomainError, NotFound
from chalicelib.domain.payments import Payment
from chalicelib.stores import keys
from chalicelib.stores.items import item_of, value_of
from chalicelib.stores.table import Tables
from chalicelib.stores.writes import EXISTING, NEW, AtLeast, Delete, Put, Update, Write

ALL = "COUPONS"


class CouponPage(NamedTuple):
    """A page of coupons and the cursor of the next."""

    items: list[Coupon]
    next: str | None


class Coupons:
    """The budget is one number that no condition lets fall below nothing, a use one item a person."""

    def __init__(self, tables: Tables):
        self._tables = tables

    def find(self, code: str) -> Coupon | None:
        """The coupon as it is now."""
        item = self._tables.read(keys.coupon(code))
        return value_of(Coupon, item) if item else None

    def get(self, code: str) -> Coupon:
        """The coupon, or NotFound."""
        coupon = self.find(code)
        if coupon is None:
            raise NotFound("coupon")
        return coupon

    def all(self, *, limit: int, cursor: str | None) -> CouponPage:
        """The newest first; the index may lag, so each is read as it is now."""
        page = self._tables.query("core", ALL, index="gsi1", limit=limit, cursor=cursor, newest_first=True)
        places = [keys.coupon(item["code"]) for item in page.items]
        items = self._tables.read_many(places) if places else []
        return CouponPage([value_of(Coupon, item) for item in items if item], page.next)

    def adding(self, coupon: Coupon) -> Put:
        """A new one; a code stands for one coupon only, for ever."""
        place = {"g1pk": ALL, "g1sk": f"{keys.instant(coupon.created_at)}#{coupon.code}"}
        taken = Conflict("code_taken", "There is, or was, a coupon with this code already.")
        item = item_of(coupon) | {"kind": "coupon"} | place
        return Put(key=keys.coupon(coupon.code), item=item, when=NEW, lost=taken)

    def closing(self, code: str) -> Update:
        """Nobody can use it any more."""
        return Update(key=keys.coupon(code), set={"status": "closed"}, when={"status": "open"})

    def taking(self, code: str, learner_id: str, booking_id: str, discount_paise: int) -> list[Write]:
        """One person's one use, and so much of the budget, or the words for why not."""
        return _taking(code, learner_id, booking_id, discount_paise, rules.used(), rules.over())

    def returning(self, code: str, learner_id: str, discount_paise: int) -> list[Write]:
        """Back to the person and the budget: what it was used for came to nothing, by no fault of theirs."""
        back = {"left_paise": discount_paise, "uses": -1}
        return [
            Delete(key=keys.coupon_use(code, learner_id), when=EXISTING),
            Update(key=keys.coupon(code), add=back, when=EXISTING),
        ]

    def retaking(self, payment: Payment) -> list[Write]:
        """A payment that came late takes its coupon again, if it can still be had.

        That the coupon expired meanwhile does not matter: it was had in time.
        """
        if not payment.coupon:
            return []
        gone = Conflict("coupon_over", "The coupon of this payment is used up by now.")
        at = payment.booking_id
        return _taking(payment.coupon, payment.learner_id, at, payment.discount_paise, gone, gone)


def _taking(
    code: str, learner_id: str, booking_id: str, paise: int, used: DomainError, over: DomainError
) -> list[Write]:
    use = {"kind": "coupon_use", "booking_id": booking_id, "paise": paise}
    open_with_enough = {"status": "open", "left_paise": AtLeast(paise)}
    return [
        Put(key=keys.coupon_use(code, learner_id), item=use, when=NEW, lost=used),
        Update(key=keys.coupon(code), add={"left_paise": -paise, "uses": 1}, when=open_with_enough, lost=over),
    ]
