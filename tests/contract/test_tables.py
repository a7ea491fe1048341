"""One behaviour for the tables in memory and the real ones: every other test on fakes rests on this."""

import base64
import json
import threading
import uuid

import pytest

from chalicelib.domain.errors import Conflict, Malformed
from chalicelib.stores.writes import (
    ABSENT,
    EXISTING,
    NEW,
    PRESENT,
    AtLeast,
    Below,
    Check,
    Delete,
    Key,
    OneOf,
    Put,
    Update,
)


@pytest.fixture
def key():
    """Keys of a partition that no other test uses."""
    partition = f"TEST#{uuid.uuid4()}"
    return lambda sk="A", table="core": Key(table, partition, sk)


def own(item):
    return {name: value for name, value in item.items() if name not in ("pk", "sk")}


def test_what_is_put_is_read(tables, key):
    item = {"text": "नमस्ते", "number": 85_00, "yes": True, "list": ["a", 1], "map": {"deep": {"er": [1]}}, "empty": ""}
    tables.commit([Put(key=key(), item=item)])
    assert own(tables.read(key())) == item
    assert tables.read(key("B")) is None


def test_none_is_not_stored_and_removes(tables, key):
    tables.commit([Put(key=key(), item={"a": 1, "b": None})])
    assert own(tables.read(key())) == {"a": 1}
    tables.commit([Update(key=key(), set={"a": None, "c": 2})])
    assert own(tables.read(key())) == {"c": 2}


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({"status": "held"}, True),
        ({"status": "open"}, False),
        ({"status": PRESENT, "gone": ABSENT}, True),
        ({"gone": PRESENT}, False),
        ({"status": ABSENT}, False),
        ({"status": OneOf(("open", "held"))}, True),
        ({"status": OneOf(("open",))}, False),
        ({"gone": OneOf(("open",))}, False),
        ({"count": Below(3)}, True),
        ({"count": Below(2)}, False),
        ({"gone": Below(1)}, True),
        ({"count": AtLeast(2)}, True),
        ({"count": AtLeast(3)}, False),
        ({"gone": AtLeast(0)}, False),
        ({"flag": True, "count": 2}, True),
        ({"flag": False}, False),
        (EXISTING, True),
        (NEW, False),
    ],
)
def test_a_condition_holds_as_its_words_say(tables, key, when, holds):
    tables.commit([Put(key=key(), item={"status": "held", "count": 2, "flag": True})])
    act = Update(key=key(), set={"done": 1}, when=when, lost=Conflict("lost", "Lost."))
    if holds:
        tables.commit([act])
        assert tables.read(key())["done"] == 1
        tables.commit([Check(key=key(), when=when)])
    else:
        for write in (
            act,
            Put(key=key(), item={}, when=when, lost=act.lost),
            Check(key=key(), when=when, lost=act.lost),
        ):
            with pytest.raises(Conflict, match="lost"):
                tables.commit([write])
        assert "done" not in tables.read(key())


def test_all_or_nothing_and_the_first_lost_condition_speaks(tables, key):
    tables.commit([Put(key=key("there"), item={"n": 1})])
    writes = [
        Put(key=key("new"), item={"n": 1}, when=NEW),
        Check(key=key("there"), when={"n": 2}, lost=Conflict("first", "First.")),
        Update(key=key("other"), set={"n": 1}),
        Put(key=key("there2"), item={}, when=EXISTING, lost=Conflict("second", "Second.")),
    ]
    with pytest.raises(Conflict, match="first"):
        tables.commit(writes)
    assert tables.read(key("new")) is None
    assert tables.read(key("other")) is None


def test_an_update_sets_adds_keeps_and_removes_at_once(tables, key):
    tables.commit([Put(key=key(), item={"n": 1, "old": "x", "now": "first"})])
    after = tables.update(
        Update(
            key=key(),
            set={"now": "second"},
            add={"n": 2, "new": 5},
            keep={"before": "now", "none": "nothing"},
            remove=("old",),
        )
    )
    assert own(after) == {"n": 3, "new": 5, "now": "second", "before": "first", "none": ""}
    assert tables.read(key()) == after


def test_an_update_of_nothing_makes_it(tables, key):
    assert own(tables.update(Update(key=key(), set={"a": 1}, when=NEW))) == {"a": 1}


def test_deleting_what_is_not_there_is_no_fault_unless_asked(tables, key):
    tables.commit([Delete(key=key())])
    with pytest.raises(Conflict):
        tables.commit([Delete(key=key(), when=EXISTING)])


def test_many_are_read_in_the_order_of_their_keys(tables, key):
    tables.commit([Put(key=key("A"), item={"n": 1}), Put(key=key("B", "live"), item={"n": 2})])
    found = tables.read_many([key("B", "live"), key("C"), key("A"), key("A")])
    assert [item and item["n"] for item in found] == [2, None, 1, 1]


def test_a_partition_is_paged_both_ways(tables, key):
    tables.commit([Put(key=key(f"X#{n:02d}"), item={"n": n}) for n in range(7)] + [Put(key=key("Y#1"), item={"n": 99})])
    for newest_first, wanted in ((False, [0, 1, 2, 3, 4, 5, 6]), (True, [6, 5, 4, 3, 2, 1, 0])):
        seen, cursor = [], None
        while True:
            page = tables.query("core", key().pk, prefix="X#", limit=3, cursor=cursor, newest_first=newest_first)
            seen += [item["n"] for item in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == wanted


def test_the_last_page_is_not_followed_by_an_empty_one(tables, key):
    tables.commit([Put(key=key(f"{n}"), item={"n": n}) for n in range(4)])
    first = tables.query("core", key().pk, limit=2)
    assert first.next is not None
    assert tables.query("core", key().pk, limit=2, cursor=first.next).next is None
    assert tables.query("core", key().pk, limit=4).next is None


def test_bounds_are_included(tables, key):
    tables.commit([Put(key=key(f"{n}"), item={"n": n}) for n in range(5)])

    def numbers(**bounds):
        return [item["n"] for item in tables.query("core", key().pk, **bounds).items]

    assert numbers(start="1", end="3") == [1, 2, 3]
    assert numbers(start="3") == [3, 4]
    assert numbers(end="1") == [0, 1]


def test_an_index_shows_only_items_that_carry_it(tables, key):
    shard = f"DUE#{uuid.uuid4()}"
    tables.commit(
        [
            Put(key=key("1"), item={"g2pk": shard, "g2sk": "b", "n": 1}),
            Put(key=key("2"), item={"g2pk": shard, "g2sk": "a", "n": 2}),
            Put(key=key("3"), item={"n": 3}),
        ]
    )
    assert [item["n"] for item in tables.query("core", shard, index="gsi2").items] == [2, 1]
    first = tables.query("core", shard, index="gsi2", limit=1)
    assert [item["n"] for item in tables.query("core", shard, index="gsi2", limit=1, cursor=first.next).items] == [1]
    tables.commit([Update(key=key("2"), set={"g2pk": None, "g2sk": None})])
    assert [item["n"] for item in tables.query("core", shard, index="gsi2").items] == [1]


def cursor_of(position):
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


STRANGE = [{"x": "y"}, {}, {"sk": 1}, {"sk": "\ud800"}, {"sk": "A", "pk": "USR#x"}, {"sk": ""}, [1], "A", None]


@pytest.mark.parametrize("cursor", ["x", "!!!", "bm90IGpzb24", *map(cursor_of, STRANGE)])
def test_a_cursor_that_is_not_ours_is_refused(tables, key, cursor):
    for index in (None, "gsi1"):
        with pytest.raises(Malformed):
            tables.query("core", key().pk, cursor=cursor, index=index)


def test_a_list_whose_beginning_has_moved_on_goes_on_at_its_beginning(tables, key):
    tables.commit([Put(key=key(f"{n}"), item={"n": n}) for n in range(6)])
    first = tables.query("core", key().pk, start="1", limit=1)
    assert [item["n"] for item in tables.query("core", key().pk, start="3", cursor=first.next).items] == [3, 4, 5]
    last = tables.query("core", key().pk, end="5", limit=1, newest_first=True)
    back = tables.query("core", key().pk, end="3", cursor=last.next, newest_first=True)
    assert [item["n"] for item in back.items] == [3, 2, 1, 0]
    with pytest.raises(Malformed):
        tables.query("core", key().pk, prefix="0", cursor=last.next)


def test_more_than_a_hundred_are_read_at_once(tables, key):
    tables.commit([Put(key=key(f"{n:03d}"), item={"n": n}) for n in range(100)])
    tables.commit([Put(key=key("100"), item={"n": 100})])
    found = tables.read_many([key(f"{n:03d}") for n in range(102)])
    assert [item and item["n"] for item in found] == [*range(101), None]


def test_of_fifty_at_once_one_wins(tables, key):
    won, lost = [], []

    def race(n):
        try:
            tables.commit([Put(key=key("seat"), item={"by": n}, when=NEW), Put(key=key(f"mine{n}"), item={"n": n})])
            won.append(n)
        except Conflict:
            lost.append(n)

    threads = [threading.Thread(target=race, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert len(lost) == 49
    assert tables.read(key("seat"))["by"] == won[0]
    assert [tables.read(key(f"mine{n}")) for n in lost] == [None] * 49
