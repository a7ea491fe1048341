"""Money's errands: which thing has moved on and has to be seen to; its own state says what is to be done."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["posting", "inbox", "payment", "payout", "payee"]


@dataclass(frozen=True, order=True)
class MoneyErrand:
    """As it stands in a queue: doubled, late or out of order, it ends the same."""

    kind: Kind
    id: str
