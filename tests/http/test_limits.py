"""What an outsider cannot learn or overdo: equal answers, request budgets, throttles."""

from tests.http.browser import LENA, PASSWORD

SIGN_IN = {"email": "lena@example.com", "password": PASSWORD}


class TestWhatIsKnownOfAddresses:
    """Answers and work are the same for an address that is somebody's and one that is nobody's."""

    @staticmethod
    def asked(deps, act):
        deps.tables.requests.clear()
        work = []
        passwords = type(deps.passwords)
        originals = passwords.hash, passwords.matches
        passwords.hash = lambda self, *given: work.append("hash") or originals[0](self, *given)
        passwords.matches = lambda self, *given: work.append("matches") or originals[1](self, *given)
        try:
            reply = act()
        finally:
            passwords.hash, passwords.matches = originals
        return reply, list(deps.tables.requests), work

    def test_at_sign_up(self, lena, new_browser, deps, mails):
        known = self.asked(deps, lambda: new_browser().post("/signup/learner", LENA | {"name": "Eve"}))
        assert mails()[-1][:2] == ("already_registered", "Lena@Example.com")
        new = self.asked(deps, lambda: new_browser().post("/signup/learner", LENA | {"email": "new@example.com"}))
        assert mails()[-1][:2] == ("verify_email", "new@example.com")
        assert known[1:] == new[1:] == (["TransactWriteItems", "GetItem", "TransactWriteItems"], ["hash"])
        assert known[0].status == new[0].status == 201
        own = {"id", "name", "email"}
        assert {k: v for k, v in known[0].data.items() if k not in own} == {
            k: v for k, v in new[0].data.items() if k not in own
        }

    def test_at_sign_in(self, lena, new_browser, deps):
        wrong = SIGN_IN | {"password": "not this one"}
        known = self.asked(deps, lambda: new_browser().post("/auth/sign-in", wrong))
        new = self.asked(deps, lambda: new_browser().post("/auth/sign-in", wrong | {"email": "new@example.com"}))
        assert (known[0].status, known[0].data, known[1:]) == (new[0].status, new[0].data, new[1:])
        assert known[1:] == (["TransactWriteItems", "GetItem"], ["matches"])

    def test_at_a_reset(self, lena, new_browser, deps):
        known = self.asked(deps, lambda: new_browser().post("/auth/reset", {"email": "lena@example.com"}))
        new = self.asked(deps, lambda: new_browser().post("/auth/reset", {"email": "new@example.com"}))
        assert (known[0].status, known[0].data, known[1:]) == (new[0].status, new[0].data, new[1:])
        assert known[1] == ["TransactWriteItems", "GetItem", "TransactWriteItems"]

    def test_at_sending_the_link_again(self, lena, new_browser, deps, mails):
        eve = new_browser()
        eve.post("/signup/learner", LENA)
        known = self.asked(deps, lambda: eve.post("/email/verify/resend"))
        assert mails()[-1][:2] == ("already_registered", "Lena@Example.com")
        max_ = new_browser()
        max_.post("/signup/learner", LENA | {"email": "max@example.com"})
        new = self.asked(deps, lambda: max_.post("/email/verify/resend"))
        assert (known[0].status, known[0].data, known[1:]) == (new[0].status, new[0].data, new[1:])

    def test_at_a_change_of_address(self, lena, new_browser, deps, mails):
        max_ = new_browser()
        max_.post("/signup/learner", LENA | {"email": "max@example.com"})
        max_.post("/email/verify", {"token": mails()[-1][2]})
        to = {"password": PASSWORD}
        known = self.asked(deps, lambda: max_.post("/me/email", to | {"email": "lena@example.com"}))
        new = self.asked(deps, lambda: max_.post("/me/email", to | {"email": "new@example.com"}))
        assert (known[0].status, known[0].data, known[1:]) == (new[0].status, new[0].data, new[1:])


class TestBudgets:
    """How often DynamoDB is asked; ARCHITECTURE has the numbers."""

    def test_signing_in_takes_three_requests(self, lena, new_browser, deps):
        deps.tables.requests.clear()
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 200
        assert deps.tables.requests == ["TransactWriteItems", "GetItem", "TransactWriteItems"]

    def test_a_mentor_takes_one_more_for_the_application_in_the_answer(self, browser, new_browser, deps, mails):
        browser.post("/signup/mentor", LENA)
        browser.post("/email/verify", {"token": mails()[-1][2]})
        deps.tables.requests.clear()
        assert new_browser().post("/auth/sign-in", SIGN_IN).data["mentor"]["status"] == "draft"
        assert deps.tables.requests == ["TransactWriteItems", "GetItem", "TransactWriteItems", "GetItem"]

    def test_refreshing_takes_one_batch_and_one_conditional_write(self, lena, deps):
        deps.tables.requests.clear()
        lena.post("/auth/refresh")
        assert deps.tables.requests == ["BatchGetItem", "UpdateItem"]

    def test_being_signed_in_takes_none_beyond_ones_own_data(self, lena, deps):
        deps.tables.requests.clear()
        lena.get("/me")
        assert deps.tables.requests == ["BatchGetItem"]
        lena.patch("/me", {"bio": "Hello."})
        assert len(deps.tables.requests) <= 4


class TestThrottles:
    def test_ten_guesses_at_one_address_in_a_quarter_of_an_hour(self, lena, new_browser, clock):
        wrong = SIGN_IN | {"password": "not this one"}
        replies = [new_browser(ip=f"198.51.100.{n}").post("/auth/sign-in", wrong) for n in range(11)]
        assert [reply.status for reply in replies] == [401] * 10 + [429]
        assert replies[-1].headers["Retry-After"] == "900"
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 429
        clock.now = clock.now.replace(minute=15)
        assert new_browser().post("/auth/sign-in", SIGN_IN).status == 200

    def test_five_mails_to_one_address_in_an_hour(self, new_browser):
        asked = [new_browser(ip=f"198.51.100.{n}").post("/auth/reset", {"email": "x@y.zz"}) for n in range(6)]
        assert [reply.status for reply in asked] == [202] * 5 + [429]

    def test_twenty_mails_from_one_ip_in_an_hour(self, browser):
        asked = [browser.post("/auth/reset", {"email": f"x{n}@y.zz"}) for n in range(21)]
        assert [reply.status for reply in asked] == [202] * 20 + [429]

    def test_an_ipv6_customer_is_one_network(self, new_browser):
        asked = [new_browser(ip=f"2001:db8::{n}").post("/auth/reset", {"email": f"x{n}@y.zz"}) for n in range(21)]
        assert asked[-1].status == 429

    def test_five_mails_to_one_address_by_signing_up_with_it_whoever_has_it(self, lena, new_browser, clock):
        clock.now = clock.now.replace(hour=13)
        for address in ("lena@example.com", "nobody@example.com"):
            forms = [(f"198.51.100.{n}", LENA | {"email": address}) for n in range(6)]
            made = [new_browser(ip=ip).post("/signup/learner", form) for ip, form in forms]
            assert [reply.status for reply in made] == [201] * 5 + [429]

    def test_ten_accounts_from_one_ip_in_an_hour(self, new_browser):
        made = [new_browser().post("/signup/learner", LENA | {"email": f"x{n}@y.zz"}) for n in range(11)]
        assert [reply.status for reply in made] == [201] * 10 + [429]
