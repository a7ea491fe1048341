"""Alerts as a person meets them: switched on in the settings, shown by the browser, ended by the foot of a mail."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.devices import Device
from chalicelib.domain.outgoing import Outgoing
from tests.stack.test_outgoing import eventually

NARROW = {"width": 390, "height": 844}
# A browser without a line to its maker: the stack's own push service takes the place of its maker's.
SUBSCRIBED = """(() => {
const web = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
let held = JSON.parse(localStorage.getItem('held') ?? 'null')
const shown = () => held && {
  options: { applicationServerKey: Uint8Array.from(held.key).buffer },
  toJSON: () => ({ endpoint: held.endpoint, keys: held.keys }),
  unsubscribe: async () => { held = null; localStorage.removeItem('held') },
}
PushManager.prototype.getSubscription = async () => shown()
PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
  const body = JSON.stringify({ applicationServerKey: web(applicationServerKey) })
  const made = await (await fetch('/dev/push', { method: 'POST', body })).json()
  held = { ...made, key: [...new Uint8Array(applicationServerKey)] }
  localStorage.setItem('held', JSON.stringify(held))
  return shown()
}
})()"""
SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration('/')).getNotifications())
  .map(({ title, body, tag, data }) => ({ title, body, tag, link: data.link }))"""


@pytest.fixture
def lena(visit, new_learner, real):
    """At her settings, on a device of hers."""
    someone = new_learner()
    now = datetime.now(UTC)
    device = Device("dev_test", someone.account.id, someone.account.auth_epoch, "-", now, now)
    real.tables.commit([real.devices.adding(device)])
    person = visit("lena")
    person.account = someone.account
    person.context.grant_permissions(["notifications"], origin=person.origin)
    person.context.add_init_script(SUBSCRIBED)
    person.is_signed_in_as(someone.account, someone.browser)
    return person


@pytest.fixture
def happens(real, lena):
    """Lena is to be told of something; its id."""

    def told(template="refund_done", **facts):
        known = {"title": "Decorators", "other": "Meera", "booking_id": "bkg_1", "session_id": "ses_1", "paise": "5000"}
        message = Outgoing(real.new_id("out"), lena.account.id, "", template, datetime.now(UTC), known | facts)
        real.tables.commit([real.outbox.adding(message)])
        return message.id

    return told


def delivered(lena, payload):
    """The browser's push service hands a message over to the page's worker, as Chromium's own does."""
    session = lena.context.new_cdp_session(lena.page)
    found = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    session.send("ServiceWorker.enable")
    lena.waits_for(lambda: bool(found), "has no worker")
    given = {"origin": lena.origin, "registrationId": found[0]["registrationId"], "data": json.dumps(payload)}
    session.send("ServiceWorker.deliverPushMessage", given)


def test_alerts_are_switched_on_shown_once_and_switched_off(lena, happens, real):
    lena.goes("/settings#alerts")
    lena.presses("Turn on alerts")
    lena.sees("Alerts are on for this device.")
    lena.sees("Signing out ends it, too.")
    lena.finds_it_accessible()
    [held] = real.push_subscriptions.of(lena.account.id)
    at = (datetime.now(UTC) + timedelta(hours=4)).isoformat()
    message_id = happens("booking_confirmed_learner", starts_at=at, minutes="60")
    path = held.endpoint.removeprefix(lena.origin) + ".json"
    [came] = eventually(lambda: lena.page.evaluate(f"async () => (await (await fetch('{path}')).json()).items"))
    for _ in range(2):
        delivered(lena, came["payload"])
    lena.waits_for(lambda: bool(lena.page.evaluate(SHOWN)), "is shown nothing")
    [shown] = lena.page.evaluate(SHOWN)
    assert (shown["title"], shown["tag"]) == ("Booked: Decorators", message_id)
    assert shown["link"] == f"{lena.origin}/bookings/bkg_1"
    lena.presses("Turn off alerts")
    lena.sees("Alerts are off for this device.")
    assert real.push_subscriptions.of(lena.account.id) == []


def test_who_has_blocked_them_is_told_what_to_do(lena):
    lena.context.clear_permissions()
    lena.page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
    lena.page.set_viewport_size(NARROW)
    lena.goes("/settings#alerts")
    lena.sees("You have blocked notifications for this site.")
    lena.finds_it_accessible()


def test_the_foot_of_a_mail_switches_its_kind_off_and_on_again(lena, happens, stack):
    happens()
    link = stack.mail(lena.account.email, "Refunded")["text"].partition(f"{stack.base_url}/unsubscribe#")[2].split()[0]
    lena.page.set_viewport_size(NARROW)
    lena.goes(f"/unsubscribe#{link}")
    lena.sees("No more mails about payments and payouts.")
    lena.is_at("/unsubscribe")
    lena.finds_it_accessible()
    lena.page.reload()
    lena.sees("No more mails about payments and payouts.")
    lena.presses("Undo")
    lena.sees("You get mails about payments and payouts.")
    lena.presses("Switch off again")
    lena.sees("No more mails about payments and payouts.")


def test_who_gets_no_mail_any_more_is_told_on_each_page(lena, happens, stack, anyone):
    happens()
    mail = stack.mail(lena.account.email, "Refunded")
    lena.page.request.post(f"{stack.base_url}/dev/mail/{mail['id']}/bounce")
    lena.goes("/dashboard")
    lena.sees(f"Mails to {lena.account.email} come back")
    lena.page.get_by_role("button", name="It works: send me a link").click()
    lena.sees("Sent. It can take a minute to arrive")
    token = stack.mail(lena.account.email, "confirm")["text"].partition("/verify#")[2].split()[0]
    assert anyone().post("/email/verify", {"token": token}).status == 200
    lena.page.reload()
    lena.waits_for(
        lambda: not lena.page.get_by_role("region", name="Our mails do not reach you").is_visible(), "still sees it"
    )
