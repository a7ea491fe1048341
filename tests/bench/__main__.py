"""`make bench`: every figure beside its baseline from the same run."""

import os

from chalicelib import wiring
from infra.local.stack import running_stack
from tests.bench import budgets, init, requests, slots
from tests.bench.room.__main__ import lines as room_lines
from tests.bench.room.__main__ import measured, on_the_bare_relay
from tests.bench.room.guests import on_stack
from tests.bench.table import Line, shown
from tests.fakes import people

PASSWORD = "quiet copper lantern 42"
CALLS, TRIPS = 20, 300


def main() -> None:
    """Six tables."""
    print("DynamoDB requests per operation, and calls to the payment gateway")
    for each in budgets.counted():
        print(f"  {each.what:<31} {len(each.requests)} of {each.budget}  {'OVER' if each.over else 'ok'}  ", end="")
        print(", ".join([*each.requests, *(f"[{call}]" for call in each.calls)]))
    print(shown("CPU of a request", "an empty Chalice route", requests.lines()))
    print(shown("CPU of a mentor's open times", "what is promised", slots.lines()))
    print(shown("How they grow", "linear in the days, flat in the claims", slots.growth()))
    print(shown("CPU of a cold start, from the release zip", "Chalice and a DynamoDB client", init.lines()))
    print(shown("The room, median", "a bare websockets relay with the same page", room()))


def room() -> list[Line]:
    """Two people in two browsers, on the bare relay and on a private stack."""
    bare = on_the_bare_relay(CALLS, TRIPS)
    with running_stack() as stack:
        os.environ.update(stack.environment)
        deps = wiring.deps()
        known = {"password_hash": deps.passwords.hash(PASSWORD)}
        mentor, learner = people.mentor(deps, "Meera", **known).account, people.learner(deps, "Lena", **known)
        log_ins = [f"{each.email}:{PASSWORD}" for each in (mentor, learner)]
        return room_lines(bare, measured(lambda: on_stack(stack.base_url, *log_ins), CALLS, TRIPS))


if __name__ == "__main__":
    main()
