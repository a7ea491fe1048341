"""Accounts as people have them: real mails, cookies through the proxy, the operator's command line."""

import re
import threading
import time
import uuid

import pyotp
import pytest

from infra.admin.__main__ import main as admin_tool
from infra.admin.stages import deployed

PASSWORD, OTHER = "river tall lamp 42", "seven quiet harbours"
MENTOR = {
    "domains": ["music"],
    "skills": ["Sitar"],
    "languages": ["Hindi", "English"],
    "experience_years": 12,
    "phone": "+919876543210",
    "headline": "Sitar for people who read no notes",
    "bio": "I have been teaching the sitar by ear for twelve years, mostly to grown-ups.",
}


@pytest.fixture
def sign_up(anyone):
    """A browser in which somebody new has just signed up, and their address."""

    def made(kind="learner", name="Asha Verma"):
        browser, email = anyone(), f"{uuid.uuid4().hex[:12]}@example.com"
        reply = browser.post(
            f"/signup/{kind}",
            {
                "name": name,
                "email": email,
                "password": PASSWORD,
                "birth_date": "1990-01-01",
                "zone": "Asia/Kolkata",
                "terms_version": browser.get("/config").data["terms_version"],
            },
        )
        assert reply.status == 201, reply.text
        return browser, email

    return made


@pytest.fixture
def token_from(stack):
    """The token of the link in the latest mail to someone, as its subject says."""

    def found(email, subject):
        return re.search(r"#(\S+)", stack.mail(email, subject)["text"]).group(1)

    return found


def test_from_sign_up_to_deletion(sign_up, anyone, token_from):
    asha, email = sign_up()
    reply = anyone().post("/email/verify", {"token": token_from(email, "confirm")})
    assert (reply.status, reply.data) == (200, {"email": email})
    phone = anyone()
    assert phone.post("/auth/sign-in", {"email": email.upper(), "password": PASSWORD}).status == 200
    assert phone.patch("/me", {"interests": ["Sitar"]}).status == 200
    assert asha.get("/me").data["interests"] == ["Sitar"]
    assert phone.post("/auth/refresh").status == 204
    anyone().post("/auth/reset", {"email": email})
    reset = {"token": token_from(email, "password"), "password": OTHER}
    assert anyone().post("/auth/reset/confirm", reset).status == 204
    assert anyone().post("/auth/reset/confirm", reset).code == "link_spent"
    assert (asha.post("/auth/refresh").status, phone.post("/auth/refresh").status) == (401, 401)
    assert phone.post("/auth/sign-in", {"email": email, "password": OTHER}).status == 200
    held = phone.get("/me/export")
    assert "attachment" in held.headers["Content-Disposition"] and email in held.text
    assert phone.post("/me/delete", {"password": OTHER}).status == 204
    assert phone.post("/auth/sign-in", {"email": email, "password": OTHER}).code == "wrong_credentials"


def test_two_step_sign_in(sign_up, anyone, token_from):
    asha, email = sign_up()
    asha.post("/email/verify", {"token": token_from(email, "confirm")})
    begun = asha.post("/me/totp", {"password": PASSWORD}).data
    assert begun["qr_svg"].startswith("<svg")
    totp, then = pyotp.TOTP(begun["secret"]), int(time.time())
    codes = asha.post("/me/totp/confirm", {"code": totp.at(then)}).data["recovery_codes"]
    phone, both = anyone(), {"email": email, "password": PASSWORD}
    assert phone.post("/auth/sign-in", both).code == "code_needed"
    assert phone.post("/auth/sign-in", both | {"code": totp.at(then)}).code == "wrong_code"
    assert phone.post("/auth/sign-in", both | {"code": totp.at(then + 30)}).status == 200
    assert phone.post("/auth/sign-in", both | {"code": codes[0]}).status == 200
    assert phone.post("/auth/sign-in", both | {"code": codes[0]}).code == "wrong_code"


def test_a_mentor_applies_and_the_operator_approves(sign_up, anyone, token_from, real, capsys):
    name = f"Ravi {uuid.uuid4().hex[:8].translate(str.maketrans('0123456789', 'ghijklmnop'))}"
    ravi, email = sign_up("mentor", name)
    ravi.post("/email/verify", {"token": token_from(email, "confirm")})
    assert ravi.patch("/me/mentor", MENTOR).status == 200
    assert ravi.post("/me/mentor/submit").status == 200
    admin_tool(["pending"])
    assert email in capsys.readouterr().out
    admin_tool(["return-mentor", email, "Please say more about yourself."])
    assert ravi.get("/me").data["mentor"]["reason"] == "Please say more about yourself."
    assert ravi.post("/me/mentor/submit").status == 200
    admin_tool(["approve-mentor", email])
    slug = ravi.get("/me").data["mentor"]["slug"]
    assert f"/m/{slug}" in capsys.readouterr().out
    assert anyone().get(f"/mentors/{slug}").data["headline"] == MENTOR["headline"]
    with pytest.raises(SystemExit):
        admin_tool(["approve-mentor", email])


def test_the_operator_makes_an_admin_who_must_turn_two_step_sign_in_on(anyone, real, capsys):
    email = f"{uuid.uuid4().hex[:12]}@example.com"
    with pytest.raises(SystemExit):
        admin_tool(["create-admin", email])
    admin_tool(["create-admin", email, "--name", "Root", "--born", "1980-01-01"])
    token = re.search(r"#(\S+)", capsys.readouterr().out).group(1)
    root = anyone()
    assert root.post("/auth/reset/confirm", {"token": token, "password": PASSWORD}).status == 204
    assert root.post("/auth/sign-in", {"email": email, "password": PASSWORD}).data["roles"] == ["admin"]
    assert root.get("/admin/mentors").code == "second_factor_needed"
    secret = root.post("/me/totp", {"password": PASSWORD}).data["secret"]
    assert root.post("/me/totp/confirm", {"code": pyotp.TOTP(secret).now()}).status == 200
    assert root.get("/admin/mentors").status == 200


def test_the_operators_tool_finds_a_stages_settings_by_its_name(stack, real):
    found = deployed("local")
    wanted = ("STAGE", "CORE_TABLE", "SECRETS_ID", "SITE_ORIGIN")
    assert {name: found[name] for name in wanted} == {name: stack.environment[name] for name in wanted}


def test_tabs_that_refresh_at_once_stay_signed_in_with_one_token(sign_up):
    asha, _ = sign_up()
    tabs = [type(asha)(asha.origin, dict(asha.cookies)) for _ in range(6)]
    threads = [threading.Thread(target=tab.post, args=("/auth/refresh",)) for tab in tabs]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len({tab.cookies["__Host-refresh"] for tab in tabs}) == 1
    assert tabs[0].cookies["__Host-refresh"] != asha.cookies["__Host-refresh"]
    assert tabs[0].post("/auth/refresh").status == 204
