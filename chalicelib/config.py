"""Every setting, typed, read once from the environment (and the secrets once from Secrets Manager)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    """Where this deployment's parts are; nothing in it is secret.

    `throttle_factor` widens the throttles where everyone comes from one address (a laptop, the tests); else it is 1.
    `payments`: sessions may have a price.
    """

    stage: str
    region: str
    core_table: str
    ledger_table: str
    live_table: str
    uploads_bucket: str
    media_bucket: str
    mail_queue_url: str
    secrets_id: str
    site_origin: str
    sockets_endpoint: str
    uploads_endpoint: str
    turn_urls: tuple[str, ...]
    mail_from: str
    aws_endpoint: str | None
    throttle_factor: int = 1
    payments: bool = False


def from_environment(environment: Mapping[str, str] = os.environ) -> Config:
    """A missing setting is a KeyError at the first use, never a silent default."""
    return Config(
        stage=environment["STAGE"],
        region=environment["AWS_DEFAULT_REGION"] if "AWS_DEFAULT_REGION" in environment else environment["AWS_REGION"],
        core_table=environment["CORE_TABLE"],
        ledger_table=environment["LEDGER_TABLE"],
        live_table=environment["LIVE_TABLE"],
        uploads_bucket=environment["UPLOADS_BUCKET"],
        media_bucket=environment["MEDIA_BUCKET"],
        mail_queue_url=environment["MAIL_QUEUE_URL"],
        secrets_id=environment["SECRETS_ID"],
        site_origin=environment["SITE_ORIGIN"],
        sockets_endpoint=environment["SOCKETS_ENDPOINT"],
        uploads_endpoint=environment["UPLOADS_ENDPOINT"],
        turn_urls=tuple(url for url in environment.get("TURN_URLS", "").split(",") if url),
        mail_from=environment["MAIL_FROM"],
        aws_endpoint=environment.get("AWS_ENDPOINT_URL"),
        throttle_factor=int(environment.get("THROTTLE_FACTOR", "1")),
        payments=environment.get("PAYMENTS", "off") == "on",
    )
