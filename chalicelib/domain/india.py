"""India's calendar, by which money is counted."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")


def in_india(moment: datetime) -> date:
    """The day it was in India."""
    return moment.astimezone(INDIA).date()
