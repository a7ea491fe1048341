"""The whole path: two people sign up, one is approved and publishes, the other books, and they meet."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyotp
from playwright.sync_api import expect

from chalicelib.domain.accounts import SecondFactor
from tests.fakes import people

PASSWORD = "quiet copper lantern 42"
KOLKATA = ZoneInfo("Asia/Kolkata")


def signs_up(person, stack, path, name):
    """The first step of either flow, and the link in the real mail; returns the address."""
    email = f"{name.split()[0].lower()}.{uuid.uuid4().hex[:8]}@example.com"
    person.goes(path)
    person.fills("Your name", name)
    person.fills("E-mail", email)
    person.fills("Password", PASSWORD)
    person.fills("Date of birth", "1990-05-17")
    person.page.get_by_role("checkbox").check()
    person.finds_it_accessible()
    person.presses("Create account")
    return email


def confirms(person, stack, email):
    """Opens the link of the mail in another tab, as people do."""
    link = next(word for word in stack.mail(email, "confirm")["text"].split() if "/verify#" in word)
    tab = person.context.new_page()
    tab.goto(link)
    expect(tab.get_by_text("your address is confirmed")).to_be_visible()
    tab.close()


def applies(mentor):
    """Steps two to five of the mentor's sign-up."""
    mentor.page.locator("label", has_text="Programming").click()
    mentor.finds_it_accessible()
    mentor.presses("Continue")
    mentor.adds("Skills you can teach", "Python", "Testing")
    mentor.adds("Languages you teach in", "English", "Hindi")
    mentor.fills("Years of experience", "9")
    mentor.fills("Phone", "+91 98765 43210")
    mentor.finds_it_accessible()
    mentor.presses("Continue")
    mentor.fills("Headline", "Takes Python apart with you")
    mentor.fills("About you", "I have built and mended Python services for nine years, and like to show how.")
    mentor.finds_it_accessible()
    mentor.presses("Continue")
    mentor.finds_it_accessible()
    mentor.presses("Send my application")
    mentor.sees("Your application is with us")


def approves(admin, name):
    """The admin reads the application and approves it."""
    card = admin.page.get_by_role("article").filter(has_text=name)
    expect(card).to_be_visible()
    admin.finds_it_accessible()
    card.get_by_role("button", name="Approve").click()
    admin.sees(f"{name} is approved and listed.")


def publishes(mentor, title):
    """The wizard, for the next quarter-hour."""
    start = datetime.now(UTC) + timedelta(minutes=15)
    start = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0).astimezone(KOLKATA)
    mentor.presses("New session")
    mentor.fills("Title", title)
    mentor.fills("Description", "Bring a function you are not sure about. We write its tests together.")
    mentor.picks("Field", "programming")
    mentor.adds("Topics", "python", "testing")
    mentor.finds_it_accessible()
    mentor.presses("Continue")
    mentor.fills("Date", start.strftime("%Y-%m-%d"))
    mentor.picks("Start", start.strftime("%H:%M"))
    mentor.picks("Duration", "30")
    mentor.finds_it_accessible()
    mentor.presses("Continue")
    mentor.sees("Empty means free")
    mentor.presses("Continue")
    mentor.finds_it_accessible()
    mentor.presses("Publish session")
    mentor.sees(f"Published: {title}")


def test_two_people_sign_up_and_meet(stack, real, visit):
    mentor, learner, admin = visit("mentor"), visit("learner"), visit("admin")
    title = f"Tests that help {uuid.uuid4().hex[:6]}"
    name = f"Meera {uuid.uuid4().hex[:6]}"

    address = signs_up(mentor, stack, "/sign-up/mentor", name)
    applies(mentor)
    confirms(mentor, stack, address)
    mentor.presses("Go to my mentoring page")
    mentor.sees("Your application")
    mentor.finds_it_accessible()

    admin_signs_in(admin, real)
    approves(admin, name)
    mentor.button("New session").wait_for()  # live: nobody reloaded the page
    publishes(mentor, title)

    address = signs_up(learner, stack, "/sign-up/learner", "Lena Weber")
    learner.adds("Your interests", "Python")
    learner.presses("Continue")
    learner.fills("Where do you want to get to? (optional)", "Write code that I trust.")
    learner.presses("Continue")
    learner.finds_it_accessible()
    learner.presses("Finish")
    learner.is_at("/dashboard")
    learner.finds_it_accessible()
    confirms(learner, stack, address)
    books(learner, title)

    mentor.goes("/mentor")
    mentor.sees("With Lena Weber")
    mentor.finds_it_accessible()
    mentor.presses("Go live")
    learner.goes("/dashboard")
    learner.sees(title)
    learner.presses("Join")
    meet(real, mentor, learner)


def admin_signs_in(admin, real):
    """With a password and the second factor, as admins must."""
    secret = real.second_factors.new_secret()
    factor = SecondFactor(real.second_factors.sealed(secret), confirmed=True)
    known = {"password_hash": real.passwords.hash(PASSWORD), "roles": ("learner", "admin"), "second_factor": factor}
    account = people.learner(real, f"Ada{uuid.uuid4().hex[:8]}", **known)
    admin.goes("/sign-in?next=/admin")
    admin.fills("E-mail", account.email)
    admin.fills("Password", PASSWORD)
    admin.finds_it_accessible()
    admin.presses("Sign in")
    admin.fills("Code", pyotp.TOTP(secret).now())
    admin.presses("Sign in")
    admin.is_at("/admin")


def books(learner, title):
    """Discovers the session and books it."""
    learner.goes("/sessions")
    learner.finds_it_accessible()
    learner.page.get_by_role("link", name=title).first.click()
    learner.finds_it_accessible()
    learner.presses("Book this session")
    learner.sees("This session is yours")
    learner.finds_it_accessible()


def meet(real, mentor, learner):
    """Device check, call, a reload, a cut socket, and the end."""
    for person in (mentor, learner):
        join = person.page.locator("[data-join]:enabled")
        join.wait_for()
        person.finds_it_accessible()
        join.click()
    mentor.page.locator("[data-knock] button").click()  # before the start, who comes is let in
    for person in (mentor, learner):
        person.page.locator("[data-phase=in-call]").wait_for()
        person.watches_and_hears()
    mentor.finds_it_accessible()

    learner.page.reload()  # goes straight back into the call
    for person in (learner, mentor):
        person.page.locator("[data-phase=in-call]").wait_for()
        person.watches_and_hears()

    hang_up_on(real, learner)
    for person in (learner, mentor):
        person.watches_and_hears()

    mentor.page.locator("[data-end]").click()
    mentor.presses("End the session")
    mentor.sees("You ended the session")
    mentor.finds_it_accessible()
    learner.sees("The session has ended")
    learner.finds_it_accessible()


def hang_up_on(real, person):
    """API Gateway closes all of a person's sockets, as it does after two hours; their pages open new ones."""
    user_id = person.page.evaluate("document.cookie.match(/signed_in=([^;]+)/)[1]")
    old = set(real.connections.of(user_id))
    assert old
    for connection in old:
        assert real.sockets.close(connection) == "delivered"
    for _ in range(100):
        if set(real.connections.of(user_id)) - old:
            return
        person.page.wait_for_timeout(100)
    raise AssertionError("no new socket was opened")
