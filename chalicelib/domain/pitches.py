"""What is said of a session to be had, and what is wrong with it: the words, the length, the price."""

from collections.abc import Sequence

from chalicelib.domain import entries

TITLE = range(10, 101)
MOST_WORDS, LONGEST_DESCRIPTION, MOST_TOPICS, SHORTEST_TOPIC = 200, 4000, 5, 2
DURATIONS = range(30, 181, 15)
PRICES = range(50_00, 50_000_00 + 1)


def faults(
    *,
    title: str,
    description: str,
    topics: Sequence[str],
    domain: str,
    duration_minutes: int,
    price_paise: int,
    domains: Sequence[str],
    payments: bool,
) -> dict[str, str | None]:
    """The words for what is wrong with each field, for `entries.refuse`."""
    return {
        "title": title_fault(title),
        "description": description_fault(description),
        "topics": topics_fault(topics),
        "domain": entries.choice_fault([domain], domains),
        "duration_minutes": duration_fault(duration_minutes),
        "price_paise": price_fault(price_paise, payments=payments),
    }


def title_fault(title: str) -> str | None:
    """One line that says what it is."""
    length = None if len(entries.tidy(title)) in TITLE else f"A title has {TITLE[0]} to {TITLE[-1]} characters."
    return length or entries.text_fault(title, TITLE[-1])


def description_fault(description: str) -> str | None:
    """Some words, not too many."""
    if not description.strip():
        return "Please say what the session is about."
    if len(description.split()) > MOST_WORDS:
        return f"At most {MOST_WORDS} words."
    return entries.text_fault(description, LONGEST_DESCRIPTION)


def topics_fault(topics: Sequence[str]) -> str | None:
    """What it is found by."""
    if not 1 <= len(topics) <= MOST_TOPICS:
        return f"One to {MOST_TOPICS} topics."
    if any(len(topic) < SHORTEST_TOPIC for topic in topics):
        return f"A topic has at least {SHORTEST_TOPIC} characters."
    return entries.list_fault(topics, MOST_TOPICS)


def duration_fault(minutes: int) -> str | None:
    """Sessions fill whole quarter-hours."""
    return None if minutes in DURATIONS else f"{DURATIONS[0]} to {DURATIONS[-1]} minutes, in steps of {DURATIONS.step}."


def price_fault(paise: int, *, payments: bool) -> str | None:
    """Free, or from ₹50 to ₹50,000 where payments are open."""
    if paise and not payments:
        return "Paid sessions open soon; for now sessions are free."
    return None if paise == 0 or paise in PRICES else "Free, or ₹50 to ₹50,000."
