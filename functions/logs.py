"""One JSON line an event: what happened and ids; never names, bodies or tokens."""

import traceback
from typing import Any

from aws_lambda_powertools import Logger

logger = Logger(use_rfc3339=True)


def fault(error: Exception) -> dict[str, Any]:
    """What went wrong and where, but not its words: they may quote what a person sent."""
    code = getattr(error, "code", None) or getattr(error, "response", {}).get("Error", {}).get("Code")  # AWS's own word
    return {"type": type(error).__name__, "code": code, "at": traceback.format_tb(error.__traceback__)[-4:]}
