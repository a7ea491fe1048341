"""RazorpayX: whom we pay, and where."""

import re

from infra.local.razorpay import problems
from infra.local.razorpay.problems import Body, Problem
from infra.local.razorpay.shelves import Shelves

IFSC, ACCOUNT = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}"), re.compile(r"[A-Za-z0-9]{5,35}")
VPA = re.compile(r"(?=.{3,100}$)([A-Za-z0-9.-]+)@([A-Za-z0-9.-]+)")
NAME = re.compile(r"[A-Za-z0-9 '’_/().-]*[A-Za-z0-9.]")
LONGEST_CONTACT, LONGEST_HOLDER = 50, 120
TYPES = ("vendor", "customer", "employee", "self")
KINDS = ("bank_account", "vpa")


class Payees:
    """Contacts and their fund accounts."""

    def __init__(self, shelves: Shelves):
        self._shelves = shelves

    def create_contact(self, body: Body) -> Body:
        """Somebody to be paid."""
        problems.only(body, "name", "email", "contact", "type", "reference_id", "notes")
        name = _name(body, LONGEST_CONTACT)
        if body.get("type") not in (None, *TYPES):
            raise Problem(f"Invalid type: {body['type']}", "type")
        fields = {name: body.get(name) for name in ("email", "contact", "type")}
        fields |= {"name": name, "reference_id": problems.text(body, "reference_id", 40)}
        return self._shelves.make("contact", **fields, batch_id=None, active=True, notes=problems.notes(body))

    def create_fund_account(self, body: Body) -> Body:
        """Where they are paid; never changed afterwards."""
        problems.only(body, "contact_id", "account_type", "bank_account", "vpa")
        kind = problems.needed(body, "account_type")
        contact = self._shelves.get("contact", problems.needed(body, "contact_id"))
        if kind not in KINDS:
            raise Problem("The selected account type is invalid.", "account_type")
        given = problems.needed(body, kind)
        if not isinstance(given, dict):
            raise Problem(f"The {kind.replace('_', ' ')} must be an object.", kind)
        details = _bank(given) if kind == "bank_account" else _vpa(given)
        fields = {"contact_id": contact["id"], "account_type": kind, kind: details}
        return self._shelves.make("fund_account", **fields, active=True, batch_id=None)


def _bank(given: Body) -> Body:
    problems.only(given, "name", "ifsc", "account_number")
    name = _name(given, LONGEST_HOLDER)
    ifsc, number = (str(problems.needed(given, field)) for field in ("ifsc", "account_number"))
    if len(ifsc) != 11:
        raise Problem("The IFSC must be 11 characters.", "ifsc")
    if not IFSC.fullmatch(ifsc):
        raise Problem("Invalid IFSC Code", "ifsc")
    if not ACCOUNT.fullmatch(number):
        raise Problem("The account number format is invalid.", "account_number")
    return {"name": name, "ifsc": ifsc, "account_number": number, "bank_name": f"Test Bank {ifsc[:4]}", "notes": []}


def _name(given: Body, longest: int) -> str:
    name = str(problems.needed(given, "name"))
    if not 3 <= len(name) <= longest or not NAME.fullmatch(name):
        raise Problem("The name field is invalid.", "name")
    return name


def _vpa(given: Body) -> Body:
    problems.only(given, "address")
    found = VPA.fullmatch(str(problems.needed(given, "address")))
    if not found:
        raise Problem("Invalid VPA. Please enter a valid Virtual Payment Address", "address")
    return {"username": found[1], "handle": found[2], "address": found[0]}
