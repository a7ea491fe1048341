"""What the demonstration learner has bought of the demonstration mentor, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from chalicelib.domain.india import INDIA
from infra.local.demo.people import Offered

MORNING = time(8)


@dataclass(frozen=True)
class Deal:
    """So many days from today, in the morning; what has not ended is ahead."""

    offered: Offered
    days: int
    ended: Literal["completed", "cancelled_by_learner"] | None = None

    def at(self, now: datetime) -> datetime:
        """When it would best begin."""
        today = now.astimezone(INDIA).date()
        return datetime.combine(today + timedelta(days=self.days), MORNING, INDIA).astimezone(now.tzinfo)


PAID_OUT = Deal(
    Offered(
        title="Your side project, from a sketch to its first deployment",
        description=(
            "Bring the idea and an empty folder. We decide what it must do on its first day, write the smallest thing "
            "that does it, and put it on the internet together, with a way back if it breaks."
        ),
        topics=("Python", "Deployment"),
        domain="programming",
        minutes=90,
        price=2500,
    ),
    days=-12,
    ended="completed",
)
# Less than what is paid out each Monday by itself: it stays to be asked for.
AVAILABLE = Deal(
    Offered(
        title="One module, renamed until it explains itself",
        description="Half an hour, one file, no new features. We give every name in it a reason.",
        topics=("Python", "Refactoring"),
        domain="programming",
        minutes=30,
        price=499,
    ),
    days=-5,
    ended="completed",
)
CANCELLED = Deal(
    Offered(
        title="A system design interview, rehearsed twice",
        description="I ask, you draw; then we change sides. You keep the drawings and a list of what to say earlier.",
        topics=("System design", "Interviews"),
        domain="programming",
        minutes=60,
        price=1200,
    ),
    days=-2,
    ended="cancelled_by_learner",
)
PENDING = Deal(
    Offered(
        title="Make one slow endpoint fast, with measurements",
        description=(
            "Share the code and one slow request. We measure before we guess, fix the one thing that matters, and "
            "measure again."
        ),
        topics=("Performance", "PostgreSQL"),
        domain="programming",
        minutes=60,
        price=1499,
    ),
    days=-1,
    ended="completed",
)
BEHIND = (PAID_OUT, AVAILABLE, CANCELLED, PENDING)
AHEAD = Deal(
    Offered(
        title="Your first backend interview, question by question",
        description=(
            "Forty minutes as it will be, twenty on what to do better. Send me the job's advertisement in your note."
        ),
        topics=("Interviews", "Python"),
        domain="programming",
        minutes=60,
        price=1999,
    ),
    days=3,
)
