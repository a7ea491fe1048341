"""Bank details on their way to the function that registers payees: each answer is an id, a refusal, or not knowing."""

import io
import json

import pytest
from botocore.exceptions import ReadTimeoutError

from chalicelib.domain import payees
from chalicelib.domain.gateway import Refused, Unknown
from chalicelib.gateways.payee_registrar import PayeeRegistrar

UPI = payees.upi_details("Meera Rao", "meera@ok")
BANK = payees.bank_details("Meera Rao", "123456789012", "123456789012", "HDFC0001234")


class FakeLambda:
    """Answers as told; `asked` is what it was called with."""

    def __init__(self, answer, error=None):
        self._answer, self._error = answer, error
        self.asked = []

    def invoke(self, **given):
        self.asked.append((given["FunctionName"], json.loads(given["Payload"])))
        if isinstance(self._answer, Exception):
            raise self._answer
        reply = {"Payload": io.BytesIO(self._answer)}
        return reply | ({"FunctionError": self._error} if self._error else {})


def register(client, details=UPI):
    registrar = PayeeRegistrar(lambda: client, "register_payee")
    return registrar.register(email="meera@example.com", reference_id="usr_1", details=details)


@pytest.mark.parametrize(
    ("details", "bank", "upi"),
    [
        (UPI, None, "meera@ok"),
        (BANK, {"holder": "Meera Rao", "number": "123456789012", "ifsc": "HDFC0001234"}, None),
    ],
)
def test_it_asks_for_a_fund_account(details, bank, upi):
    client = FakeLambda(b'{"outcome": "done", "fund_account_id": "fa_1"}')
    assert register(client, details) == "fa_1"
    about = {"name": "Meera Rao", "email": "meera@example.com", "reference_id": "usr_1"}
    assert client.asked == [("register_payee", about | {"bank": bank, "upi": upi})]


def test_a_refusal_comes_in_the_gateways_words():
    with pytest.raises(Refused) as refused:
        register(FakeLambda(b'{"outcome": "refused", "code": "BAD_REQUEST_ERROR", "words": "Invalid IFSC Code"}'))
    assert refused.value.words == "Invalid IFSC Code"


@pytest.mark.parametrize(
    "answer",
    [b'{"outcome": "unknown"}', b"", b"null", b"[]", b'{"outcome": "done"}', ReadTimeoutError(endpoint_url="lambda")],
)
def test_anything_else_is_not_known(answer):
    with pytest.raises(Unknown):
        register(FakeLambda(answer))


def test_nor_is_what_a_failing_function_says():
    with pytest.raises(Unknown):
        register(FakeLambda(b'{"fund_account_id": "fa_1"}', error="Unhandled"))
