"""How a figure is shown: beside its baseline from the same run, as a ratio."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`value` and `baseline` in the same unit; `limit` is the promise, where there is one."""

    what: str
    value: float
    baseline: float
    unit: str
    limit: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the baseline."""
        return self.value / self.baseline if self.baseline else float("nan")


def shown(title: str, against: str, lines: list[Line]) -> str:
    """A table for people."""
    width = max(len(line.what) for line in lines)
    rows = [f"\n{title} (baseline: {against})"]
    for line in lines:
        promise = (
            ""
            if line.limit is None
            else f"   promised ≤ {line.limit:g}×" + ("" if line.ratio <= line.limit else "  MISSED")
        )
        figures = f"{line.value:9.2f} {line.unit} /{line.baseline:9.2f} {line.unit} = {line.ratio:6.2f}×"
        rows.append(f"  {line.what:<{width}} {figures}{promise}")
    return "\n".join(rows)
