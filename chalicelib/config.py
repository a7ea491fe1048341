"""Every setting, typed, read once from the environment (and the secrets once from Secrets Manager)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.company import Company


@dataclass(frozen=True)
class Config:
    """Where this deployment's parts are; nothing in it is secret.

    `throttle_factor` widens the throttles where everyone comes from one address (a laptop, the tests); else it is 1.
    `payments`: sessions may have a price; the `…_bps` (hundredths of a percent) are what the platform and taxes take.
    `recording_days`: how long the recording of a session is kept. `company` is whom receipts and statements are from.
    `register_payee` is the function that takes a mentor's bank details to the gateway; only who may call it knows it.
    `push_hosts` are hosts that play push service on a laptop; `mail_set` is SES's configuration set, which tells us of
    mails that come back.
    """

    stage: str
    region: str
    core_table: str
    ledger_table: str
    live_table: str
    uploads_bucket: str
    media_bucket: str
    lessons_bucket: str
    mail_queue_url: str
    settlement_queue_url: str
    payout_queue_url: str
    push_queue_url: str
    secrets_id: str
    site_origin: str
    sockets_endpoint: str
    uploads_endpoint: str
    lessons_endpoint: str
    turn_urls: tuple[str, ...]
    mail_from: str
    aws_endpoint: str | None
    razorpay_url: str
    razorpay_script: str
    razorpayx_account: str
    register_payee: str | None = None
    throttle_factor: int = 1
    payments: bool = False
    fee_bps: int = 1500
    gst_bps: int = 1800
    tds_bps: int = 10
    tcs_bps: int = 0
    company: Company = Company("PeerLearn")
    recording_days: int = 30
    push_hosts: tuple[str, ...] = ()
    mail_set: str = ""


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
        lessons_bucket=environment["LESSONS_BUCKET"],
        mail_queue_url=environment["MAIL_QUEUE_URL"],
        settlement_queue_url=environment["SETTLEMENT_QUEUE_URL"],
        payout_queue_url=environment["PAYOUT_QUEUE_URL"],
        push_queue_url=environment["PUSH_QUEUE_URL"],
        secrets_id=environment["SECRETS_ID"],
        site_origin=environment["SITE_ORIGIN"],
        sockets_endpoint=environment["SOCKETS_ENDPOINT"],
        uploads_endpoint=environment["UPLOADS_ENDPOINT"],
        lessons_endpoint=environment["LESSONS_ENDPOINT"],
        turn_urls=tuple(url for url in environment.get("TURN_URLS", "").split(",") if url),
        mail_from=environment["MAIL_FROM"],
        aws_endpoint=environment.get("AWS_ENDPOINT_URL"),
        razorpay_url=environment["RAZORPAY_URL"],
        razorpay_script=environment["RAZORPAY_SCRIPT"],
        razorpayx_account=environment["RAZORPAYX_ACCOUNT"],
        register_payee=environment.get("REGISTER_PAYEE"),
        throttle_factor=int(environment.get("THROTTLE_FACTOR", "1")),
        payments=environment.get("PAYMENTS", "off") == "on",
        fee_bps=int(environment["FEE_BPS"]),
        gst_bps=int(environment["GST_BPS"]),
        tds_bps=int(environment["TDS_BPS"]),
        tcs_bps=int(environment["TCS_BPS"]),
        company=Company(
            name=environment.get("COMPANY_NAME") or "PeerLearn",
            address=tuple(part.strip() for part in environment.get("COMPANY_ADDRESS", "").split("|") if part.strip()),
            gstin=environment.get("COMPANY_GSTIN", ""),
            contact=environment.get("COMPANY_CONTACT", ""),
        ),
        recording_days=int(environment["RECORDING_DAYS"]),
        push_hosts=tuple(host for host in environment.get("PUSH_HOSTS", "").split(",") if host),
        mail_set=environment.get("MAIL_SET", ""),
    )
