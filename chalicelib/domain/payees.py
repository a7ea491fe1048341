"""Where a mentor is paid out: known to us masked only, and what stands in the way of a payout."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from chalicelib.domain.accounts import Account
from chalicelib.domain.entries import refuse, tidy
from chalicelib.domain.errors import Conflict
from chalicelib.domain.gateway import BankAccount
from chalicelib.domain.india import INDIA, in_india

BLOCKED = timedelta(hours=48)  # after whatever a thief would change first
LEAST_ASKED, LEAST_WEEKLY = 100_00, 500_00
TEN, MONDAY = time(10, tzinfo=INDIA), 0
Way = Literal["bank", "upi"]

_HOLDER = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 '_/().-]{4,100}")
_ACCOUNT = re.compile(r"[0-9]{9,18}")
_IFSC = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}")
_UPI = re.compile(r"[A-Za-z0-9._-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}")
_PAN = re.compile(r"[A-Z]{5}[0-9]{4}[A-Z]")


@dataclass(frozen=True)
class Details:
    """On their way to the gateway, either the one or the other; they are never stored, nor shown by accident."""

    holder: str
    bank: BankAccount | None = None
    upi: str = ""

    @property
    def way(self) -> Way:
        """Which of the two."""
        return "bank" if self.bank else "upi"

    @property
    def masked(self) -> str:
        """Enough for their owner to know them again."""
        if self.bank:
            return f"{self.bank.ifsc[:4]} ••••{self.bank.number[-4:]}"
        name, _, handle = self.upi.partition("@")
        return f"{name[:2]}•••@{handle}"

    def __repr__(self) -> str:
        return "Details(…)"


@dataclass(frozen=True)
class Payee:
    """`in_flight` is the one payout that is not over; `due_at` the next Monday at ten in India. Days are India's."""

    mentor_id: str
    way: Way
    holder: str
    masked: str
    fund_account_id: str
    registered_at: datetime
    due_at: datetime
    blocked_until: datetime | None = None
    pan_sealed: str = ""
    pan_masked: str = ""
    in_flight: str = ""
    asked_on: date | None = None
    weekly_on: date | None = None
    version: int = 1


def bank_details(holder: str, account_number: str, again: str, ifsc: str) -> Details:
    """As the bank has them; what is wrong is said field by field."""
    number, repeated = (re.sub(r"[\s-]", "", each) for each in (account_number, again))
    code, name = "".join(ifsc.split()).upper(), tidy(holder)
    refuse(
        holder=_holder_fault(name),
        account_number=None if _ACCOUNT.fullmatch(number) else "9 to 18 digits, as on your passbook or statement.",
        account_number_again=None if number == repeated else "The two account numbers are not the same.",
        ifsc=None if _IFSC.fullmatch(code) else "Eleven characters such as HDFC0001234: the fifth is a zero.",
    )
    return Details(name, BankAccount(name, number, code))


def upi_details(holder: str, address: str) -> Details:
    """A UPI id; capitals make no difference."""
    plain, name = "".join(address.split()).lower(), tidy(holder)
    fault = None if _UPI.fullmatch(plain) else "A UPI id such as name@bank."
    refuse(holder=_holder_fault(name), address=fault)
    return Details(name, upi=plain)


def pan_number(pan: str) -> str:
    """A permanent account number as the tax office writes it."""
    plain = re.sub(r"[\s-]", "", pan).upper()
    refuse(pan=None if _PAN.fullmatch(plain) else "Ten characters such as ABCDE1234F, as on your PAN card.")
    return plain


def masked_pan(pan: str) -> str:
    """Its last four characters."""
    return f"••••••{pan[-4:]}"


def with_pan(payee: Payee, sealed: str, masked: str) -> Payee:
    """With the tax number that is asked for before the first payout."""
    return replace(payee, pan_sealed=sealed, pan_masked=masked)


def registered(old: Payee | None, account: Account, details: Details, fund_account_id: str, now: datetime) -> Payee:
    """The first details can be paid to at once, changed ones only after two days, so that a thief gains nothing.

    Whoever has just changed the password or the address may be one.
    """
    if old is None:
        due_at, secured = next_weekly(now), account.secured_at
        blocked = secured + BLOCKED if secured and now < secured + BLOCKED else None
        return Payee(account.id, details.way, details.holder, details.masked, fund_account_id, now, due_at, blocked)
    return replace(
        old,
        way=details.way,
        holder=details.holder,
        masked=details.masked,
        fund_account_id=fund_account_id,
        registered_at=now,
        blocked_until=now + BLOCKED,
    )


def is_blocked(payee: Payee, now: datetime) -> bool:
    """Something about the account has just been changed."""
    return payee.blocked_until is not None and now < payee.blocked_until


def hindrance(payee: Payee | None, available_paise: int, now: datetime, *, once_a_day: bool = True) -> Conflict | None:
    """Why this mentor cannot be paid just now; who asks for it themselves can do so once a day."""
    if payee is None:
        return Conflict("no_payee", "Please tell us first where to pay you.")
    if is_blocked(payee, now):
        return Conflict("payouts_blocked", "Your account was changed: to protect you, payouts stop for 48 hours.")
    if not payee.pan_sealed:
        return Conflict("no_pan", "Please give us your PAN first: the tax law asks for it.")
    if payee.in_flight:
        return Conflict("payout_under_way", "A payout is on its way to you already.")
    if once_a_day and payee.asked_on == in_india(now):
        return Conflict("asked_today", "You can ask for one payout a day. Please come back tomorrow.")
    if available_paise < LEAST_ASKED:
        return Conflict("too_little", "You can ask for a payout from ₹100 on.")
    return None


def is_paid_weekly(payee: Payee, available_paise: int, now: datetime) -> bool:
    """On Mondays whoever has enough is paid without asking."""
    return available_paise >= LEAST_WEEKLY and not hindrance(payee, available_paise, now, once_a_day=False)


def next_weekly(now: datetime) -> datetime:
    """The next Monday at ten in India, never this very moment."""
    today = in_india(now)
    monday = today + timedelta(days=(MONDAY - today.weekday()) % 7)
    at = datetime.combine(monday, TEN).astimezone(now.tzinfo)
    return at if at > now else at + timedelta(days=7)


def _holder_fault(name: str) -> str | None:
    return None if _HOLDER.fullmatch(name) else "The holder's name as the bank has it, in Latin letters (4 to 100)."
