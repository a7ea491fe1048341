"""What each operation may ask of DynamoDB and of the payment gateway (ARCHITECTURE: request budget)."""

from tests.bench import budgets


def test_no_operation_asks_for_more_than_it_may():
    over = [each for each in budgets.counted() if each.over]
    assert over == []


def test_the_gateways_event_is_one_write_and_asks_nobody():
    [event] = [each for each in budgets.counted() if each.what == "an event of the gateway's"]
    assert (event.requests, event.calls) == (["TransactWriteItems"], [])
