"""Schemathesis sends what the API's description allows, and much that it does not: every answer is as described."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import content_type_conformance, not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from infra import openapi

# Each of these would sign the walker out.
LEFT_OUT = "sign_out|delete_me|change_password|disable_totp|refresh"
schema = schemathesis.openapi.from_dict(json.loads(openapi.text())).exclude(operation_id_regex=LEFT_OUT)


@pytest.fixture(scope="module")
def walker(new_mentor):
    """A mentor, who may call most of it."""
    return new_mentor()


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case, stack, walker):
    cookies = "; ".join(f"{name}={value}" for name, value in walker.browser.cookies.items())
    response = case.call(base_url=stack.base_url, headers={"Cookie": cookies, "X-PeerLearn": "1"})
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    case.validate_response(response, checks=checks)
