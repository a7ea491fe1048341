"""What is to go wrong next: by operation, so many times or so often."""

import random
from dataclasses import dataclass
from fnmatch import fnmatchcase

# On the line; drop_after and error5xx_after have taken effect, the others have not.
CALLS = ("delay", "error5xx", "error5xx_after", "drop_before", "drop_after", "refuse", "in_progress", "too_many")
# In the events that are sent.
EVENTS = ("duplicate_webhook", "reorder_webhooks", "lose_webhook", "delay_webhook")
# In the money itself.
MONEY = ("wrong_amount", "refund_fails", "payout_queued", "payout_fails", "payout_reversed")
KINDS = (*CALLS, *EVENTS, *MONEY)


@dataclass
class Fault:
    """`op` is a pattern of operations (`create_*`) or events; `times` left of it, or without end at a `probability`."""

    kind: str
    op: str = "*"
    times: int | None = 1
    probability: float = 1.0
    seconds: float = 1.0
    words: str = "The request was refused for a test."

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no fault {self.kind!r}: choose of {', '.join(KINDS)}")


class Faults:
    """Switched on one by one; the first that fits is taken."""

    def __init__(self, seed: int | None = None) -> None:
        self.on: list[Fault] = []
        self._chance = random.Random(seed)

    def add(self, kind: str, op: str = "*", **options: object) -> Fault:
        """One more; with a probability and no number of times it stays."""
        if "probability" in options:
            options.setdefault("times", None)
        fault = Fault(kind, op, **options)  # type: ignore[arg-type]
        self.on.append(fault)
        return fault

    def draw(self, op: str, *kinds: str) -> Fault | None:
        """What goes wrong now, if anything."""
        for fault in self.on:
            fits = fault.kind in kinds and fnmatchcase(op, fault.op)
            if fits and (fault.probability >= 1 or self._chance.random() < fault.probability):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times < 1:
                        self.on.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Everything goes well again."""
        self.on.clear()
