"""`make bench`: every figure beside its baseline from the same run."""

from tests.bench import budgets, init, requests
from tests.bench.table import shown


def main() -> None:
    """Three tables; the room's own benchmark follows where a browser is at hand."""
    print("DynamoDB requests per operation")
    for spent in budgets.counted():
        verdict = "ok" if len(spent.requests) <= spent.budget else "OVER"
        print(f"  {spent.what:<28} {len(spent.requests)} of {spent.budget}  {verdict}  {', '.join(spent.requests)}")
    print(shown("CPU of a request", "an empty Chalice route", requests.lines()))
    print(shown("CPU of a cold start, from the release zip", "Chalice and a DynamoDB client", init.lines()))


if __name__ == "__main__":
    main()
