"""What one operation asked of DynamoDB and of the payment gateway, beside what it may ask."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib import wiring
from tests.fakes import purse


@dataclass(frozen=True)
class Spent:
    """`calls` are the gateway's, of which it may make `most_calls`."""

    what: str
    requests: list[str]
    budget: int
    calls: list[str]
    most_calls: int = 0

    @property
    def over(self) -> bool:
        """More than it may."""
        return len(self.requests) > self.budget or len(self.calls) > self.most_calls


def spent(deps: wiring.Deps, what: str, budget: int, act: Callable[[], object], calls: int = 0) -> Spent:
    """Do it, and count."""
    asked = purse.gateway(deps).calls
    deps.tables.requests.clear()  # type: ignore[attr-defined]
    asked.clear()
    act()
    return Spent(what, list(deps.tables.requests), budget, list(asked), calls)  # type: ignore[attr-defined]
