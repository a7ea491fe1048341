"""Every key shape there is: which partition and sort key each kind of item lives under."""

import zlib
from datetime import date, datetime

from chalicelib.stores.writes import Key

DUE_SHARDS = 8
LEDGER_SHARDS = 16
TOPICS = "TOPICS"
PARKED = "PARKED"
NOTE, MAIL, DIGEST = "NOTE#", "MAIL#", "DIGEST#"


def account(user_id: str) -> Key:
    """A person."""
    return Key("core", f"USR#{user_id}", "ACCOUNT")


def login(email: str) -> Key:
    """Who owns a verified address, with all that signing in needs: the one read of a sign-in."""
    return Key("core", f"EML#{email}", "LOGIN")


def device(user_id: str, device_id: str) -> Key:
    """A refresh session."""
    return Key("core", f"USR#{user_id}", f"DEV#{device_id}")


def cards(user_id: str) -> Key:
    """That the copies of a person's card are to be renewed."""
    return Key("core", f"USR#{user_id}", "CARDS")


def mentor(user_id: str) -> Key:
    """A mentor's application and profile."""
    return Key("core", f"USR#{user_id}", "MENTOR")


def slug(slug: str) -> Key:
    """Whose public address this is."""
    return Key("core", f"SLUG#{slug}", "SLUG")


def session(session_id: str) -> Key:
    """A session at a fixed time."""
    return Key("core", f"SES#{session_id}", "SESSION")


def attendance(session_id: str, side: str) -> Key:
    """The minutes in which one side was in the session's room."""
    return Key("core", f"SES#{session_id}", f"ATTENDANCE#{side}")


def booking(booking_id: str) -> Key:
    """A learner's booking of a session."""
    return Key("core", f"BKG#{booking_id}", "BOOKING")


def session_link(mentor_id: str, starts_at: datetime, session_id: str) -> Key:
    """The session in its mentor's own list, by time."""
    return Key("core", f"USR#{mentor_id}", f"SES#{instant(starts_at)}#{session_id}")


def booking_link(learner_id: str, starts_at: datetime, booking_id: str) -> Key:
    """The booking in its learner's own list, by time."""
    return Key("core", f"USR#{learner_id}", f"BKG#{instant(starts_at)}#{booking_id}")


def day(user_id: str, day: date) -> Key:
    """A person's claimed quarter-hours of one UTC date, `q00` to `q95`."""
    return Key("core", f"CAL#{user_id}", f"DAY#{day.isoformat()}")


def offering(mentor_id: str, offering_id: str) -> Key:
    """What a mentor offers at any open time: beside their claims and hours, for the one query of their page."""
    return Key("core", f"CAL#{mentor_id}", f"OFFERING#{offering_id}")


def draft(mentor_id: str, draft_id: str) -> Key:
    """A session that a mentor has begun to describe."""
    return Key("core", f"USR#{mentor_id}", f"DRAFT#{draft_id}")


def topic(name: str, part: int) -> Key:
    """One part of the count of learners who have named a topic."""
    return Key("core", TOPICS, f"{name}#{part}")


def local_day(user_id: str, day: date) -> Key:
    """How many sessions a mentor has on one date of their own zone."""
    return Key("core", f"CAL#{user_id}", f"LOCAL#{day.isoformat()}")


def open_session(mentor_id: str, starts_at: datetime, session_id: str) -> Key:
    """An open session beside its mentor's hours, claims and offerings: their page is read in one piece."""
    return Key("core", f"CAL#{mentor_id}", f"OPEN#{instant(starts_at)}#{session_id}")


def hours(mentor_id: str) -> Key:
    """When a mentor can be booked; it sorts behind the claimed days, before the counted ones and the offerings."""
    return Key("core", f"CAL#{mentor_id}", "HOURS")


def allowance(user_id: str) -> Key:
    """What a learner may still take."""
    return Key("core", f"USR#{user_id}", "ALLOWANCE")


def calendar_feed(user_id: str) -> Key:
    """That a person's sessions can be read by a link."""
    return Key("core", f"USR#{user_id}", "CALENDAR-FEED")


def standing(user_id: str) -> Key:
    """A mentor's strikes."""
    return Key("core", f"USR#{user_id}", "STANDING")


def waiting(session_id: str, since: datetime, user_id: str) -> Key:
    """A learner who waits for a taken session, in order of coming."""
    return Key("core", f"SES#{session_id}", f"WAIT#{instant(since)}#{user_id}")


def waiting_link(user_id: str, session_id: str) -> Key:
    """That somebody waits for a session: once, and since when."""
    return Key("core", f"USR#{user_id}", f"WAIT#{session_id}")


def past_booking(session_id: str, booking_id: str) -> Key:
    """A booking that its session no longer has: its learner's list still shows the session."""
    return Key("core", f"SES#{session_id}", f"BKG#{booking_id}")


def request(request_id: str) -> Key:
    """A learner's request for a session."""
    return Key("core", f"REQ#{request_id}", "REQUEST")


def request_link(user_id: str, side: str, state: str, created_at: datetime, request_id: str) -> Key:
    """The request in the list of one of its two people: those they made, or were asked, `open` or `closed`."""
    return Key("core", f"USR#{user_id}", f"REQ#{side}#{state}#{instant(created_at)}#{request_id}")


def request_message(request_id: str, message_id: str) -> Key:
    """A word beside a request's moves."""
    return Key("core", f"REQ#{request_id}", f"MSG#{message_id}")


def pair(learner_id: str, mentor_id: str) -> Key:
    """That a learner has an open request with a mentor: one at a time."""
    return Key("core", f"USR#{learner_id}", f"PAIR#{mentor_id}")


def push_subscription(user_id: str, subscription_id: str) -> Key:
    """A browser that shows a person's pushes."""
    return Key("core", f"USR#{user_id}", f"PUSH#{subscription_id}")


def push_endpoint(subscription_id: str) -> Key:
    """Whose pushes a browser shows: one person's at a time."""
    return Key("core", f"PUSH#{subscription_id}", "ENDPOINT")


def listed_mentor(domain: str, user_id: str) -> Key:
    """An approved mentor's card, once under `all` and once under each domain."""
    return Key("core", f"LIST#mentors#{domain}", user_id)


def listed_session(domain: str, starts_at: datetime, session_id: str) -> Key:
    """An open session's card, once under `all` and once under its domain."""
    return Key("core", f"LIST#sessions#{domain}", f"{instant(starts_at)}#{session_id}")


def erasure(user_id: str) -> Key:
    """A person who has left, until their name is off what they once did."""
    return Key("core", f"ERS#{user_id}", "ERASURE")


def note(user_id: str, message_id: str) -> Key:
    """A notification in its person's own list; ids sort as time does."""
    return Key("core", f"USR#{user_id}", NOTE + message_id)


def mail(user_id: str, message_id: str) -> Key:
    """A notification that is a mail and nothing else: it stands in no list."""
    return Key("core", f"USR#{user_id}", MAIL + message_id)


def all_read(user_id: str) -> Key:
    """Until which notification a person has read all; it sorts behind every one of them."""
    return Key("core", f"USR#{user_id}", f"{NOTE}~")


def digest(user_id: str, message_id: str) -> Key:
    """A notification that waits for its person's daily mail."""
    return Key("core", f"USR#{user_id}", DIGEST + message_id)


def preferences(user_id: str) -> Key:
    """What a person wants to be told, and how."""
    return Key("core", f"USR#{user_id}", "PREFERENCES")


def payment(booking_id: str) -> Key:
    """The money of a booking."""
    return Key("core", f"BKG#{booking_id}", "PAYMENT")


def order(order_id: str) -> Key:
    """Which booking an order at the gateway is for."""
    return Key("core", f"ORDER#{order_id}", "ORDER")


def money(reference: str) -> Key:
    """What a change has to have posted in the ledger, exactly once."""
    return Key("core", f"MONEY#{reference}", "MONEY")


def inbox(event_id: str) -> Key:
    """What the gateway has told us of, until it is seen to."""
    return Key("core", f"INBOX#{event_id}", "EVENT")


def waiting_earning(mentor_id: str, booking_id: str) -> Key:
    """That a mentor's earning waits for a decision."""
    return Key("core", f"USR#{mentor_id}", f"FROZEN#{booking_id}")


def dispute(booking_id: str) -> Key:
    """What a learner says went wrong with a booking."""
    return Key("core", f"BKG#{booking_id}", "DISPUTE")


def payee(mentor_id: str) -> Key:
    """Where a mentor is paid out."""
    return Key("core", f"USR#{mentor_id}", "PAYEE")


def payout(payout_id: str) -> Key:
    """A sum on its way to a mentor."""
    return Key("core", f"PAYOUT#{payout_id}", "PAYOUT")


def payout_link(mentor_id: str, asked_at: datetime, payout_id: str) -> Key:
    """The payout in its mentor's list."""
    return Key("core", f"USR#{mentor_id}", f"PAYOUT#{instant(asked_at)}#{payout_id}")


def coupon(code: str) -> Key:
    """A coupon and what is left of its budget."""
    return Key("core", f"COUPON#{code}", "COUPON")


def coupon_use(code: str, user_id: str) -> Key:
    """That a person has used a coupon."""
    return Key("core", f"COUPON#{code}", f"USE#{user_id}")


def reconciliation(report_id: str) -> Key:
    """One comparison of our books with the gateway's."""
    return Key("core", f"REC#{report_id}", "RECONCILIATION")


def refund_wish(booking_id: str) -> Key:
    """A large refund that one admin has asked for, until another does too."""
    return Key("core", f"BKG#{booking_id}", "REFUND-WISH")


def admin_act(at: datetime, act_id: str) -> Key:
    """One line of what admins did, month by month."""
    return Key("core", f"AUDIT#{at:%Y-%m}", f"{instant(at)}#{act_id}")


def posting(reference: str) -> Key:
    """One event of money in the ledger."""
    return Key("ledger", f"POSTING#{reference}", "POSTING")


def line(account: str, at: datetime, reference: str) -> Key:
    """What an event moved on one account; those of the system are spread, so that no key is everybody's."""
    return Key("ledger", f"ACC#{account}", f"{instant(at)}#{reference}")


def system_line(account: str, shard: int, at: datetime, reference: str) -> Key:
    """A line of an account that every payment touches."""
    return line(f"{account}#{shard:02d}", at, reference)


def balance(mentor_id: str) -> Key:
    """What a mentor has with us; all of them can be gone through, shard by shard."""
    return Key("ledger", f"BAL#{ledger_shard(mentor_id):02d}", mentor_id)


def ledger_shard(what: str) -> int:
    """Where among the parts of a spread account something lies."""
    return zlib.crc32(what.encode()) % LEDGER_SHARDS


def ticket(ticket_id: str) -> Key:
    """A socket ticket that has been used."""
    return Key("live", f"TKT#{ticket_id}", "TICKET")


def connection(connection_id: str) -> Key:
    """Whose socket this is."""
    return Key("live", f"CON#{connection_id}", "CONNECTION")


def connection_link(user_id: str, connection_id: str) -> Key:
    """The socket in its owner's list of open ones."""
    return Key("live", f"USR#{user_id}", f"CON#{connection_id}")


def room(session_id: str) -> Key:
    """Who is in a session's room, on which connection."""
    return Key("live", f"ROOM#{session_id}", "ROOM")


def room_link(user_id: str, session_id: str) -> Key:
    """A room in the list of those that a person has been let into."""
    return Key("live", f"USR#{user_id}", f"ROOM#{session_id}")


def throttle(what: str, whom: str, window: int) -> Key:
    """How often something was tried in one window of time."""
    return Key("live", f"THR#{what}#{whom}#{window}", "THROTTLE")


def nobody(message_id: str) -> Key:
    """A mail that was not written: it only takes as long as one that was."""
    return Key("live", f"NOBODY#{message_id}", "NOBODY")


def answered(user_id: str, key: str) -> Key:
    """What a client's Idempotency-Key has already led to."""
    return Key("live", f"IDM#{user_id}#{key}", "ANSWERED")


def thread(user_id: str, other_id: str) -> Key:
    """One person's side of what they and another write to each other."""
    return Key("core", f"USR#{user_id}", f"THREAD#{other_id}")


def message(thread_id: str, number: int) -> Key:
    """One message, in the order of the thread."""
    return Key("core", f"THREAD#{thread_id}", f"MSG#{number:09d}")


def block(user_id: str, other_id: str) -> Key:
    """That somebody has blocked another."""
    return Key("core", f"USR#{user_id}", f"BLOCK#{other_id}")


def report(report_id: str) -> Key:
    """What somebody has told us of."""
    return Key("core", f"REPORT#{report_id}", "REPORT")


def presence(user_id: str) -> Key:
    """When a mentor was last there, and until when they count as being so."""
    return Key("live", "PRESENT#mentors", user_id)


def plan(booking_id: str) -> Key:
    """What two people want to do in their session."""
    return Key("core", f"BKG#{booking_id}", "PLAN")


def material(booking_id: str, material_id: str) -> Key:
    """A file that two people share."""
    return Key("core", f"BKG#{booking_id}", f"MATERIAL#{material_id}")


def materials(booking_id: str) -> Key:
    """How many files a booking has."""
    return Key("core", f"BKG#{booking_id}", "MATERIALS")


def recording_consent(booking_id: str) -> Key:
    """Whether both agree to a recording."""
    return Key("core", f"BKG#{booking_id}", "CONSENT")


def recording(booking_id: str, recording_id: str) -> Key:
    """One file of a session's recording."""
    return Key("core", f"BKG#{booking_id}", f"RECORDING#{recording_id}")


def review(booking_id: str) -> Key:
    """What a learner says of a session."""
    return Key("core", f"BKG#{booking_id}", "REVIEW")


def review_link(mentor_id: str, at: datetime, booking_id: str) -> Key:
    """The review in its mentor's public list."""
    return Key("core", f"USR#{mentor_id}", f"REVIEW#{instant(at)}#{booking_id}")


def learner_rating(booking_id: str) -> Key:
    """A mentor's private word about a learner: not among what is handed out to that learner."""
    return Key("core", f"BKG#{booking_id}", "LEARNER-RATING")


def chat(session_id: str, booking_id: str, message_id: str) -> Key:
    """One message of a room's chat, in the order of the ids that pages make."""
    return Key("core", f"SES#{session_id}", f"CHAT#{booking_id}#{message_id}")


def chat_seen(session_id: str, booking_id: str, side: str) -> Key:
    """How far one side has read a room's chat."""
    return Key("core", f"SES#{session_id}", f"CHAT-SEEN#{booking_id}#{side}")


def due(entity_id: str, at: datetime | None) -> dict[str, str | None]:
    """The index attributes that make an item due work at a time; with None, that stop it being so."""
    if at is None:
        return {"g2pk": None, "g2sk": None}
    return {"g2pk": f"DUE#{zlib.crc32(entity_id.encode()) % DUE_SHARDS}", "g2sk": f"{instant(at)}#{entity_id}"}


def parked(message_id: str, at: datetime | None) -> dict[str, str | None]:
    """The index attributes that put a notification before an admin; with None, that take it away again."""
    if at is None:
        return {"g1pk": None, "g1sk": None}
    return {"g1pk": PARKED, "g1sk": f"{instant(at)}#{message_id}"}


def instant(at: datetime) -> str:
    """A UTC time as text that sorts as time does."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
