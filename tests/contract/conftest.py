"""Each test here runs on the tables in memory and on the emulator's DynamoDB."""

import pytest

from tests.fakes.tables import FakeTables


@pytest.fixture(params=["fake", "real"])
def tables(request):
    """The tables, in memory or real; a test keeps to partitions of its own."""
    return FakeTables() if request.param == "fake" else request.getfixturevalue("real").tables
