"""The way of a mentor's bank details to the gateway: one call of the function that may reach it, without a trace."""

from collections.abc import Callable
from typing import Any

import msgspec

from chalicelib.domain.gateway import Refused, Unknown
from chalicelib.domain.payees import Details


class PayeeRegistrar:
    """`client` makes the Lambda client when it is first needed; `function` is who registers payees."""

    def __init__(self, client: Callable[[], Any], function: str | None):
        self._client, self._function = client, function

    def register(self, *, email: str, reference_id: str, details: Details) -> str:
        """The gateway's fund account; Refused in its words, or Unknown, after which a person may simply try again."""
        bank = details.bank and {
            "holder": details.bank.holder,
            "number": details.bank.number,
            "ifsc": details.bank.ifsc,
        }
        asked = {"name": details.holder, "email": email, "reference_id": reference_id, "bank": bank}
        answer = self._called(asked | {"upi": details.upi or None})
        if answer.get("outcome") == "refused":
            raise Refused(str(answer.get("code")), str(answer.get("words")))
        fund_account_id = answer.get("fund_account_id")
        if not isinstance(fund_account_id, str) or not fund_account_id:
            raise Unknown("the payee was not registered")
        return fund_account_id

    def _called(self, asked: dict[str, Any]) -> dict[str, Any]:
        from botocore.exceptions import BotoCoreError, ClientError  # here: no other function calls one

        try:
            reply = self._client().invoke(FunctionName=self._function, Payload=msgspec.json.encode(asked))
            answer = msgspec.json.decode(reply["Payload"].read())
        except (BotoCoreError, ClientError, msgspec.DecodeError):
            raise Unknown("no answer from the registrar") from None
        return answer if isinstance(answer, dict) and not reply.get("FunctionError") else {}
