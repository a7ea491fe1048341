"""A mentor's bank details on their way to the gateway: called by the API while the mentor waits."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.services import payees
from functions.logs import fault, logger

routes = Blueprint(__name__)


@routes.lambda_function(name="register_payee")
def register_payee(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Nothing of it is stored or logged, nor said by an exception, whose words Lambda would log."""
    try:
        return payees.register(wiring.deps(), event)
    except Exception as error:
        logger.error("payee not registered", extra=fault(error))
        return {"outcome": "unknown"}
