"""Payments to try rules on, and the ledger that their postings add up to."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from chalicelib.domain import payments
from chalicelib.domain.gateway import Capture
from chalicelib.domain.payments import Payment
from chalicelib.domain.shares import Rates

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def unpaid(price_paise: int = 500_00, discount_paise: int = 0, **given) -> Payment:
    """A hold with an order at the gateway."""
    payment = Payment("bkg_1", "ses_1", "usr_l", "usr_m", "Decorators", price_paise, Rates(), NOW)
    payment = payments.discounted(payment, "HALF" if discount_paise else "", discount_paise)
    if price_paise > discount_paise:
        payment = payments.ordered(payment, "order_1", NOW)
    return payments.replace(payment, **given)


def capture(payment: Payment, **given) -> Capture:
    """What the gateway says of a payment on its order."""
    said = {"id": "pay_1", "order_id": "order_1", "amount_paise": payment.payable_paise, "currency": "INR"}
    state = {"status": "captured", "fee_paise": 11_80, "tax_paise": 1_80, "refunded_paise": 0, "created_at": NOW}
    return Capture(**(said | state | given))


class Books:
    """All that was posted, each reference once."""

    def __init__(self):
        self.balances, self.references = Counter(), []

    def take(self, step):
        """Post what a step asks for; the payment as it then is."""
        for posting in step.postings:
            assert posting.reference not in self.references
            assert sum(leg.paise for leg in posting.legs) == 0
            self.references.append(posting.reference)
            for leg in posting.legs:
                self.balances[leg.account] += leg.paise
        return step.payment

    @property
    def open(self):
        """Accounts that are not at zero."""
        return {account: paise for account, paise in self.balances.items() if paise}


def paid(books: Books, price_paise: int = 500_00, discount_paise: int = 0) -> Payment:
    """Captured and kept."""
    payment = unpaid(price_paise, discount_paise)
    return books.take(payments.accepted(payment, capture(payment) if payment.payable_paise else None, NOW))
