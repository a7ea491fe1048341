"""Signing up, in and out, and staying signed in."""

from datetime import date

import msgspec

from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.mentors import Person
from chalicelib.services.accounts import devices, signing_in, signing_up
from chalicelib.services.accounts.devices import Admission
from functions import cookies
from functions.access import PUBLIC
from functions.accounts.shapes import Input, Line, Me, Secret, me
from functions.http import REFRESH_COOKIE, Answer, Call, Routes, refused

routes = Routes(__name__)


class NewAccount(Input):
    """The first step of both sign-up flows; the later ones are changes of the profile."""

    name: Line
    email: Line
    password: Secret
    birth_date: date
    zone: Line
    terms_version: Line


class Credentials(Input):
    """`code` is from the authenticator app, or a recovery code."""

    email: Line
    password: Secret
    code: Line | None = None


@routes.add("POST", "/signup/learner", PUBLIC, body=NewAccount, answer=Me, status=201)
def sign_up_learner(call: Call) -> Answer:
    """A learner's account, signed in at once; the address is claimed when it is verified."""
    return _signed_up(call, mentor=False)


@routes.add("POST", "/signup/mentor", PUBLIC, body=NewAccount, answer=Me, status=201)
def sign_up_mentor(call: Call) -> Answer:
    """The same, with an empty mentor application."""
    return _signed_up(call, mentor=True)


@routes.add("POST", "/auth/sign-in", PUBLIC, body=Credentials, answer=Me)
def sign_in(call: Call) -> Answer:
    """Sign this device in."""
    given: Credentials = call.body
    person, admission = signing_in.sign_in(
        call.deps,
        email=given.email,
        password=given.password,
        code=given.code,
        ip=call.ip,
        user_agent=call.user_agent,
    )
    return _welcome(call, person, admission)


@routes.add("POST", "/auth/refresh", PUBLIC, status=204)
def refresh(call: Call) -> Answer:
    """New tokens for the refresh cookie; used again after 30 seconds, it signs its device out."""
    try:
        admission = devices.refresh(call.deps, cookie=call.cookies.get(REFRESH_COOKIE), user_agent=call.user_agent)
    except Unauthenticated as refusal:  # the hint goes with the tokens, or static pages would greet someone still
        return refused(refusal, cookies=cookies.signed_out())
    return Answer(cookies=cookies.signed_in(admission))


@routes.add("POST", "/auth/sign-out", PUBLIC, status=204)
def sign_out(call: Call) -> Answer:
    """Sign this device out, even when its access token has expired."""
    devices.sign_out(call.deps, cookie=call.cookies.get(REFRESH_COOKIE))
    return Answer(cookies=cookies.signed_out())


def _signed_up(call: Call, *, mentor: bool) -> Answer:
    form = signing_up.SignUp(**msgspec.structs.asdict(call.body))
    person, admission = signing_up.sign_up(call.deps, form, mentor=mentor, ip=call.ip, user_agent=call.user_agent)
    return _welcome(call, person, admission)


def _welcome(call: Call, person: Person, admission: Admission) -> Answer:
    return Answer(me(person, call.deps.clock()), cookies=cookies.signed_in(admission))
