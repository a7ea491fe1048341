"""One JSON line an event: what happened and ids; never names, bodies or tokens."""

from aws_lambda_powertools import Logger

logger = Logger(use_rfc3339=True)
