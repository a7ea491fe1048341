"""Deps: the only module that knows all the others, and builds them once a process."""

import secrets as randomness
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from ulid import ULID

from chalicelib import config as configuration
from chalicelib.config import Config
from chalicelib.domain.errands import MoneyErrand
from chalicelib.domain.outgoing import Errand
from chalicelib.gateways import secrets
from chalicelib.gateways.alarms import Alarms
from chalicelib.gateways.aws import Aws
from chalicelib.gateways.calendar_files import CalendarFiles
from chalicelib.gateways.feed_tokens import FeedTokens
from chalicelib.gateways.lesson_files import LessonFiles
from chalicelib.gateways.mail import Mail
from chalicelib.gateways.papers import Papers
from chalicelib.gateways.passwords import Passwords
from chalicelib.gateways.payee_registrar import PayeeRegistrar
from chalicelib.gateways.peer_tokens import PeerTokens
from chalicelib.gateways.pictures import Pictures
from chalicelib.gateways.queue import Queue
from chalicelib.gateways.razorpay import Razorpay, RazorpayX
from chalicelib.gateways.sealing import Sealing
from chalicelib.gateways.second_factors import SecondFactors
from chalicelib.gateways.secrets import Secrets
from chalicelib.gateways.sockets import Sockets
from chalicelib.gateways.tokens import Tokens
from chalicelib.gateways.turn import Turn
from chalicelib.gateways.unsubscribe_tokens import UnsubscribeTokens
from chalicelib.gateways.uploads import Uploads
from chalicelib.gateways.web_push import WebPush
from chalicelib.stores.accounts import Accounts
from chalicelib.stores.admin_acts import AdminActs
from chalicelib.stores.allowances import Allowances
from chalicelib.stores.answered import Answered
from chalicelib.stores.attendances import Attendances
from chalicelib.stores.availabilities import Availabilities
from chalicelib.stores.blocks import Blocks
from chalicelib.stores.bookings import Bookings
from chalicelib.stores.calendar_feeds import CalendarFeeds
from chalicelib.stores.calendars import Calendars
from chalicelib.stores.cards import Cards
from chalicelib.stores.chats import Chats
from chalicelib.stores.connection import connected
from chalicelib.stores.connections import Connections
from chalicelib.stores.correspondents import Correspondents
from chalicelib.stores.coupons import Coupons
from chalicelib.stores.devices import Devices
from chalicelib.stores.digests import Digests
from chalicelib.stores.disputes import Disputes
from chalicelib.stores.drafts import Drafts
from chalicelib.stores.due import Due
from chalicelib.stores.inbox import Inbox
from chalicelib.stores.ledger import Ledger
from chalicelib.stores.materials import Materials
from chalicelib.stores.mentors import Mentors
from chalicelib.stores.messages import Messages
from chalicelib.stores.notes import Notes
from chalicelib.stores.offerings import Offerings
from chalicelib.stores.outbox import Outbox
from chalicelib.stores.paces import Paces
from chalicelib.stores.payees import Payees
from chalicelib.stores.payments import Payments
from chalicelib.stores.payouts import Payouts
from chalicelib.stores.plans import Plans
from chalicelib.stores.postings import Postings
from chalicelib.stores.preferences import AllPreferences
from chalicelib.stores.presences import Presences
from chalicelib.stores.push_subscriptions import PushSubscriptions
from chalicelib.stores.reconciliations import Reconciliations
from chalicelib.stores.recordings import Recordings
from chalicelib.stores.refund_wishes import RefundWishes
from chalicelib.stores.reports import Reports
from chalicelib.stores.requests import Requests
from chalicelib.stores.reviews import Reviews
from chalicelib.stores.rooms import Rooms
from chalicelib.stores.sessions import Sessions
from chalicelib.stores.standings import Standings
from chalicelib.stores.table import Tables
from chalicelib.stores.throttles import Throttles
from chalicelib.stores.topics import Topics
from chalicelib.stores.waitlists import Waitlists

PATIENCE: Mapping[str, Mapping[str, Any]] = {
    # A function that registers a payee has two calls to make, while a person waits; asked twice, it makes them twice.
    "lambda": {"connect_timeout": 1, "read_timeout": 16, "retries": {"total_max_attempts": 1}},
    # A mail asked for twice is sent twice, and the sweep asks again by itself. Two fit into the sender's time.
    "sesv2": {"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 1}},
    # What a queue does not take is still due; a stream that waits for one holds up everybody's news.
    "sqs": {"connect_timeout": 2, "read_timeout": 5, "retries": {"total_max_attempts": 2}},
    # Links are signed for the bucket's own address in its region, which is the one that pages may reach.
    "s3": {"s3": {"addressing_style": "virtual"}},
}


@dataclass(frozen=True, eq=False, repr=False)
class Outside:
    """The parties beyond our tables; a test has its own."""

    sockets: Sockets
    queue: Queue[Errand]
    settlement_queue: Queue[MoneyErrand]
    payout_queue: Queue[MoneyErrand]
    push_queue: Queue[Errand]
    mail: Mail
    pictures: Pictures
    razorpay: Razorpay
    razorpayx: RazorpayX
    payee_registrar: PayeeRegistrar
    alarms: Alarms
    web_push: WebPush
    lesson_files: LessonFiles


@dataclass(frozen=True, eq=False, repr=False)
class Deps(Outside):
    """What use cases need of the world: stores, gateways, the clock (UTC), new ids and random text."""

    config: Config
    secrets: Callable[[], Secrets]
    clock: Callable[[], datetime]
    new_id: Callable[[str], str]
    random: Callable[[], str]
    tables: Tables
    tokens: Tokens
    throttles: Throttles
    outbox: Outbox
    preferences: AllPreferences
    digests: Digests
    notes: Notes
    peer_tokens: PeerTokens
    turn: Turn
    connections: Connections
    rooms: Rooms
    attendances: Attendances
    due: Due
    accounts: Accounts
    devices: Devices
    mentors: Mentors
    sessions: Sessions
    bookings: Bookings
    calendars: Calendars
    calendar_feeds: CalendarFeeds
    calendar_files: CalendarFiles
    feed_tokens: FeedTokens
    offerings: Offerings
    drafts: Drafts
    topics: Topics
    availabilities: Availabilities
    cards: Cards
    allowances: Allowances
    standings: Standings
    payments: Payments
    coupons: Coupons
    disputes: Disputes
    refund_wishes: RefundWishes
    admin_acts: AdminActs
    postings: Postings
    ledger: Ledger
    payees: Payees
    payouts: Payouts
    inbox: Inbox
    reconciliations: Reconciliations
    waitlists: Waitlists
    requests: Requests
    answered: Answered
    papers: Papers
    passwords: Passwords
    second_factors: SecondFactors
    sealing: Sealing
    uploads: Uploads
    messages: Messages
    correspondents: Correspondents
    blocks: Blocks
    reports: Reports
    presences: Presences
    push_subscriptions: PushSubscriptions
    unsubscribe_tokens: UnsubscribeTokens
    plans: Plans
    materials: Materials
    recordings: Recordings
    reviews: Reviews
    chats: Chats
    paces: Paces


@cache
def deps() -> Deps:
    """This process's parts, wired by its environment."""
    config = configuration.from_environment()
    aws = Aws(config.region, config.aws_endpoint)
    open_client = cache(lambda service: client(config, service))
    read_secrets = cache(lambda: secrets.read(aws.ask, config.secrets_id))
    return assemble(
        config=config,
        tables=Tables(
            connected(aws.ask), {"core": config.core_table, "ledger": config.ledger_table, "live": config.live_table}
        ),
        read_secrets=read_secrets,
        clock=now,
        open_client=open_client,
        outside=Outside(
            sockets=Sockets(config.sockets_endpoint, config.region),
            queue=Queue(lambda: open_client("sqs"), config.mail_queue_url),
            settlement_queue=Queue(lambda: open_client("sqs"), config.settlement_queue_url),
            payout_queue=Queue(lambda: open_client("sqs"), config.payout_queue_url),
            push_queue=Queue(lambda: open_client("sqs"), config.push_queue_url),
            mail=Mail(lambda: open_client("sesv2"), config.mail_from, config.mail_set),
            pictures=Pictures(lambda: open_client("s3"), config.uploads_bucket, config.media_bucket),
            razorpay=Razorpay(read_secrets, config.razorpay_url),
            razorpayx=RazorpayX(read_secrets, config.razorpay_url, config.razorpayx_account),
            payee_registrar=PayeeRegistrar(lambda: open_client("lambda"), config.register_payee),
            alarms=Alarms(),
            web_push=WebPush(read_secrets, now, f"mailto:{config.mail_from}", config.push_hosts),
            lesson_files=LessonFiles(lambda: open_client("s3"), config.lessons_bucket, config.lessons_endpoint),
        ),
    )


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def assemble(
    *,
    config: Config,
    tables: Tables,
    read_secrets: Callable[[], Secrets],
    clock: Callable[[], datetime],
    open_client: Callable[[str], Any],
    outside: Outside,
) -> Deps:
    """The parts around given tables and clock: the same wiring for a process and for a test."""
    return Deps(
        config=config,
        secrets=read_secrets,
        clock=clock,
        new_id=lambda prefix: f"{prefix}_{ULID()}",
        random=lambda: randomness.token_urlsafe(32),
        tables=tables,
        tokens=Tokens(read_secrets, clock),
        throttles=Throttles(tables, config.throttle_factor),
        outbox=Outbox(tables),
        preferences=AllPreferences(tables),
        digests=Digests(tables),
        notes=Notes(tables),
        peer_tokens=PeerTokens(read_secrets),
        turn=Turn(config.turn_urls, read_secrets),
        connections=Connections(tables),
        rooms=Rooms(tables),
        attendances=Attendances(tables),
        due=Due(tables),
        accounts=Accounts(tables),
        devices=Devices(tables),
        mentors=Mentors(tables),
        sessions=Sessions(tables),
        bookings=Bookings(tables),
        calendars=Calendars(tables),
        calendar_feeds=CalendarFeeds(tables),
        calendar_files=CalendarFiles(config.mail_from),
        feed_tokens=FeedTokens(read_secrets),
        offerings=Offerings(tables),
        drafts=Drafts(tables),
        topics=Topics(tables),
        availabilities=Availabilities(tables),
        cards=Cards(),
        allowances=Allowances(tables),
        standings=Standings(tables),
        payments=Payments(tables),
        coupons=Coupons(tables),
        disputes=Disputes(tables),
        refund_wishes=RefundWishes(tables),
        admin_acts=AdminActs(tables),
        postings=Postings(tables),
        ledger=Ledger(tables),
        payees=Payees(tables),
        payouts=Payouts(tables),
        inbox=Inbox(tables),
        reconciliations=Reconciliations(tables),
        waitlists=Waitlists(tables),
        requests=Requests(tables),
        answered=Answered(tables),
        papers=Papers(config.company),
        passwords=Passwords(),
        second_factors=SecondFactors(read_secrets),
        sealing=Sealing(read_secrets),
        uploads=Uploads(config, lambda: open_client("s3")),
        messages=Messages(tables),
        correspondents=Correspondents(tables),
        blocks=Blocks(tables),
        reports=Reports(tables),
        presences=Presences(tables),
        push_subscriptions=PushSubscriptions(tables),
        unsubscribe_tokens=UnsubscribeTokens(read_secrets),
        plans=Plans(tables),
        materials=Materials(tables),
        recordings=Recordings(tables),
        reviews=Reviews(tables),
        chats=Chats(tables),
        paces=Paces(config.throttle_factor),
        **vars(outside),
    )


def client(config: Config, service: str) -> Any:
    """Another AWS service's client; the SDK is imported by those alone who need one."""
    patience = client_config(**PATIENCE[service]) if service in PATIENCE else None
    return session().create_client(service, config.region, endpoint_url=config.aws_endpoint, config=patience)


def client_config(**options: Any) -> Any:
    """How patient a client is."""
    from botocore.config import Config as ClientConfig

    return ClientConfig(**options)


@cache
def session() -> Any:
    """One for all clients of a process: its loader and credentials are warm after the first."""
    from botocore.session import get_session

    return get_session()
