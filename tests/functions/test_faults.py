"""Every fault of an input is told in words, never in a programmer's types."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
import pytest

from functions.faults import fields


class Form(msgspec.Struct, forbid_unknown_fields=True):
    name: Annotated[str, msgspec.Meta(min_length=2, max_length=4, pattern="^a")] = "aa"
    count: Annotated[int, msgspec.Meta(ge=1, le=5)] = 1
    kind: Literal["x", "y"] = "x"
    day: date = date(2020, 1, 1)
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    topics: Annotated[list[str], msgspec.Meta(min_length=1, max_length=2)] = msgspec.field(default_factory=list)
    agreed: bool = True


class Needy(msgspec.Struct):
    inner: Form
    name: str


@pytest.mark.parametrize(
    ("kind", "body", "told"),
    [
        (Form, '{"name": null}', {"name": "This is needed: text."}),
        (Form, '{"name": 7}', {"name": "Please give text, not a whole number."}),
        (Form, '{"name": "a"}', {"name": "At least 2 characters."}),
        (Form, '{"name": "aaaaa"}', {"name": "At most 4 characters."}),
        (Form, '{"name": "bb"}', {"name": "This does not have the right form."}),
        (Form, '{"count": 0}', {"count": "Not less than 1."}),
        (Form, '{"count": 6}', {"count": "Not more than 5."}),
        (Form, '{"count": 1.5}', {"count": "Please give a whole number, not a number."}),
        (Form, '{"kind": "secret"}', {"kind": "This is not one of the choices."}),
        (Form, '{"day": "soon"}', {"day": "A date looks like 1990-05-17."}),
        (Form, '{"at": "soon"}', {"at": "A time looks like 2026-03-02T12:00:00Z."}),
        (Form, '{"at": "2020-01-01T00:00:00"}', {"at": "Please say the time zone, such as Z at the end."}),
        (Form, '{"at": 1}', {"at": "Please give a time, not a whole number."}),
        (Form, '{"topics": []}', {"topics": "At least 1."}),
        (Form, '{"topics": ["a", "b", "c"]}', {"topics": "At most 2."}),
        (Form, '{"topics": ["a", 1]}', {"topics[1]": "Please give text, not a whole number."}),
        (Form, '{"agreed": "yes"}', {"agreed": "Please give yes or no (true or false), not text."}),
        (Form, '{"nope": 1}', {"nope": "This field is not known."}),
        (Form, "[]", {"body": "Please give an object with named fields, not a list."}),
        (Needy, '{"inner": {}}', {"name": "This is required."}),
        (Needy, '{"name": "a", "inner": {"nope": 1}}', {"inner.nope": "This field is not known."}),
    ],
)
def test_a_fault_is_told_in_words(kind, body, told):
    with pytest.raises(msgspec.ValidationError) as fault:
        msgspec.json.decode(body, type=kind)
    assert fields(fault.value) == told
