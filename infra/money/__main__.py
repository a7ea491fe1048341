"""`python -m infra.money [--stage local|…] audit|reconcile|statement|redrive …`, with its caller's credentials."""

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from chalicelib import wiring
from chalicelib.domain.india import INDIA
from chalicelib.domain.ledger import BEGINNING, SYSTEM
from chalicelib.services import reconciling
from chalicelib.services.audit import audit as recomputed
from infra.admin.stages import LOCAL, environment_of
from infra.money.redriving import redrive

SECOND = timedelta(seconds=1)  # lines are written to the second
QUEUES = ("settlement", "payouts", "mail", "push")


def rupees(paise: int) -> str:
    """For a terminal's columns."""
    return f"{paise / 100:>18,.2f}"


def audit(deps: wiring.Deps, given: argparse.Namespace) -> int:
    """Every balance recomputed from the postings; nothing is written."""
    found = recomputed(deps)
    mentors = sum(paise for account, paise in found.balances.items() if account.startswith("mentor:"))
    for account, paise in found.balances.items():
        if given.mentors or not account.startswith("mentor:"):
            print(f"{account:<40} {rupees(paise)}")
    print(f"{'all mentors':<40} {rupees(mentors)}\n{found.postings} postings.")
    for words in found.wrong:
        print(f"WRONG  {words}")
    print("Everything adds up." if not found.wrong else f"{len(found.wrong)} differences.")
    return 1 if found.wrong else 0


def reconcile(deps: wiring.Deps, given: argparse.Namespace) -> int:
    """Compare with the gateway now, as the daily run does."""
    report = reconciling.reconcile(deps, timedelta(days=given.days))
    print(", ".join(f"{count} {what}" for what, count in sorted(report.compared.items())) or "nothing to compare")
    for each in report.mended:
        print(f"mended  {each}")
    for each in report.differences:
        print(f"DIFFERS {each.what} {each.id}: ours {rupees(each.ours_paise)}, theirs {rupees(each.theirs_paise)}")
    print("The books agree." if not report.differences else f"{len(report.differences)} differences.")
    return 1 if report.differences else 0


def statement(deps: wiring.Deps, given: argparse.Namespace) -> int:
    """One of the system's accounts in a period, line by line, with what it came to."""
    start, end = (datetime.combine(day, time(), INDIA).astimezone(UTC) for day in (given.since, given.until))
    running = sum(paise for _, paise in deps.ledger.lines(given.account, BEGINNING, start - SECOND))
    print(f"{'before':<60} {rupees(running)}")
    for reference, paise in deps.ledger.lines(given.account, start, end - SECOND):
        running += paise
        print(f"{reference:<40} {rupees(paise)} {rupees(running)}")
    return 0


def send_again(deps: wiring.Deps, given: argparse.Namespace) -> int:
    """What a queue gave up on goes back into it."""
    print(f"{redrive(deps.config, given.queue)} messages are in the queue again.")
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    top = argparse.ArgumentParser(prog="python -m infra.money", description="Money, in any stage.")
    top.add_argument("--stage", help=f"which stage (default: the environment's if CORE_TABLE is set, else {LOCAL})")
    commands = top.add_subparsers(required=True)
    sub = commands.add_parser("audit", help="recompute every balance from the postings")
    sub.add_argument("--mentors", action="store_true", help="list each mentor's accounts too")
    sub.set_defaults(act=audit)
    sub = commands.add_parser("reconcile", help="compare with the gateway")
    sub.add_argument("--days", type=int, default=5, help="how far back")
    sub.set_defaults(act=reconcile)
    sub = commands.add_parser("statement", help="one account in a period")
    sub.add_argument("account", choices=SYSTEM)
    sub.add_argument("since", type=date.fromisoformat, help="first day in India, YYYY-MM-DD")
    sub.add_argument("until", type=date.fromisoformat, help="the day after the last")
    sub.set_defaults(act=statement)
    sub = commands.add_parser("redrive", help="send again what a queue gave up on")
    sub.add_argument("queue", choices=QUEUES)
    sub.set_defaults(act=send_again)
    return top


def main(words: Sequence[str] | None = None) -> None:
    """Do what was asked; the exit code says whether everything agrees."""
    given = parser().parse_args(words)
    if given.stage or "CORE_TABLE" not in os.environ:
        os.environ.update(environment_of(given.stage or LOCAL))
    raise SystemExit(given.act(wiring.deps(), given))


if __name__ == "__main__":
    main()
