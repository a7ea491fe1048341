"""The committed description of the API is the API's."""

import json
import re

from infra import openapi


def test_the_committed_description_is_up_to_date():
    assert openapi.FILE.read_text() == openapi.text(), "run: make openapi"


def test_every_operation_says_who_may_call_it_and_has_a_name_of_its_own():
    document = json.loads(openapi.text())
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] and operation["description"] for operation in operations)


def test_every_reference_resolves():
    document = openapi.text()
    schemas = json.loads(document)["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/(\w+)"', document)) <= set(schemas)
