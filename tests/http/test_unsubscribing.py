"""The links that switch mail off, over HTTP: one press without a page, a page's choice, and nothing by looking."""

import pytest

FORM = {"content_type": "application/x-www-form-urlencoded", "x_peerlearn": None}


@pytest.fixture
def link(deps, lena):
    """The address of Lena's reminders."""
    return f"/unsubscribe/{deps.unsubscribe_tokens.token(lena.get('/me').data['id'], 'reminders')}"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
        (
            b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--',
            "multipart/form-data; boundary=x",
        ),
        (b"", None),
    ],
)
def test_a_mail_program_presses_once_without_cookies_or_our_header(browser, new_browser, link, body, kind):
    program = new_browser()
    pressed = program.send("POST", link, raw=body, content_type=kind, x_peerlearn=None, user_agent="Gmail")
    assert (pressed.status, pressed.data) == (200, {"groups": ["reminders"], "mail": "off", "choices": ["on", "off"]})
    assert program.send("POST", link, raw=body, content_type=kind, x_peerlearn=None).data["mail"] == "off"


def test_looking_switches_nothing_off(link, new_browser):
    assert new_browser().get(link).data["mail"] == "on"
    assert new_browser().get(link).data["mail"] == "on"


def test_a_page_switches_off_and_on_again(link, new_browser):
    page = new_browser()
    assert page.put(link, {"mail": "off"}).data["mail"] == "off"
    assert page.put(link, {"mail": "on"}).data["mail"] == "on"


def test_choosing_takes_a_page_of_ours(link, new_browser):
    assert new_browser().put(link, {"mail": "off"}, x_peerlearn=None).code == "csrf"


def test_what_cannot_be_chosen_is_refused(link, new_browser):
    assert new_browser().put(link, {"mail": "daily"}).status == 422
    assert new_browser().put(link, {"mail": "never"}).status == 422


def test_a_made_up_link_says_so_in_words(new_browser, link):
    for path in (link[:-3] + "xxx", "/unsubscribe/x", link.replace("reminders", "money")):
        answer = new_browser().send("POST", path, raw=b"List-Unsubscribe=One-Click", **FORM)
        assert (answer.status, answer.data["error"]["message"]) == (404, "There is no such link.")


def test_the_link_stands_in_no_log(link, new_browser, caplog):
    new_browser().send("POST", link, raw=b"", **FORM)
    assert link.rpartition("-")[2] not in repr([vars(record) for record in caplog.records])
