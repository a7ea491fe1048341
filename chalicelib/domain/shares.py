"""How the money of a booking is shared: whatever is kept splits into the mentor's share and the fee, to the paisa."""

from dataclasses import dataclass

WHOLE = 10_000  # basis points


@dataclass(frozen=True)
class Rates:
    """In basis points, as they were when the booking was made: our fee of the price, the GST on top of what the fee is
    without it, and what the law has us withhold of the price from the mentor (TDS, and TCS under GST)."""

    fee_bps: int = 1500
    gst_bps: int = 1800
    tds_bps: int = 10
    tcs_bps: int = 0


@dataclass(frozen=True)
class Shares:
    """Paise: `fee` + `share` is what is kept; `gst` is inside the fee, `tds` and `tcs` are withheld from the share."""

    fee: int
    gst: int
    share: int
    tds: int
    tcs: int

    @property
    def withheld(self) -> int:
        """What the mentor has earned and the tax office gets."""
        return self.tds + self.tcs

    def __sub__(self, other: "Shares") -> "Shares":
        """What has to move for the one to become the other: a sum of such steps is never a paisa off."""
        mine, theirs = vars(self), vars(other)
        return Shares(**{name: mine[name] - theirs[name] for name in mine})


def shares(kept_paise: int, rates: Rates) -> Shares:
    """The parts of what is kept of a price, each rounded half up; the mentor's share is what the fee leaves."""
    fee = _part(kept_paise, rates.fee_bps, WHOLE)
    return Shares(
        fee=fee,
        gst=_part(fee, rates.gst_bps, WHOLE + rates.gst_bps),
        share=kept_paise - fee,
        tds=_part(kept_paise, rates.tds_bps, WHOLE),
        tcs=_part(kept_paise, rates.tcs_bps, WHOLE),
    )


def _part(paise: int, numerator: int, denominator: int) -> int:
    return (2 * paise * numerator + denominator) // (2 * denominator)
