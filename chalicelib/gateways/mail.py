"""Mail through SES."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain.outgoing import Template
from chalicelib.gateways import letters
from chalicelib.gateways.calendar_files import CalendarFiles, Invitation
from chalicelib.gateways.letters import Letter


class Mail:
    """`client` makes the SES client when it is first needed."""

    def __init__(self, client: Callable[[], Any], sender: str, mail_set: str = ""):
        self._client, self._set = client, mail_set
        self._sender = sender if "<" in sender else f"PeerLearn <{sender}>"
        self._files = CalendarFiles(self._sender)

    def send(self, to: str, template: Template, facts: Mapping[str, str]) -> None:
        """One mail to one person; SES's refusal is raised; what becomes of the mail is told with the person's id."""
        letter, headers = compose(self._files, to, template, facts), headers_of(facts)
        told = {"ConfigurationSetName": self._set} if self._set else {}
        self._client().send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [to]},
            Content=_with_file(letter, letter.invitation, self._sender, to, headers)
            if letter.invitation
            else _simple(letter, headers),
            EmailTags=[{"Name": "user", "Value": facts["user_id"]}] if "user_id" in facts else [],
            **told,
        )


def compose(files: CalendarFiles, to: str, template: Template, facts: Mapping[str, str]) -> Letter:
    """The letter, with an invitation if its facts say that calendars are to know."""
    letter = letters.write(template, facts)
    return replace(letter, invitation=files.invitation(to, facts)) if facts.get("calendar") else letter


def headers_of(facts: Mapping[str, str]) -> dict[str, str]:
    """No answering machine is to answer; what is not about security is stopped by one press (RFC 8058)."""
    headers = {"Auto-Submitted": "auto-generated"}
    if one_press := facts.get("one_press"):
        headers |= {"List-Unsubscribe": f"<{one_press}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def _simple(letter: Letter, headers: Mapping[str, str]) -> dict[str, Any]:
    body = {"Text": _utf8(letter.text), "Html": _utf8(letter.html)}
    named = [{"Name": name, "Value": value} for name, value in headers.items()]
    return {"Simple": {"Subject": _utf8(letter.subject), "Body": body, "Headers": named}}


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}


def _with_file(
    letter: Letter, invitation: Invitation, sender: str, to: str, headers: Mapping[str, str]
) -> dict[str, Any]:
    """Mail programs act on the calendar part; the attachment is for whoever has another one."""
    from email.message import EmailMessage  # only for mails with an invitation
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # refuses line breaks in a header
    message["From"], message["To"], message["Subject"] = sender, to, letter.subject
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    message.add_alternative(invitation.text, subtype="calendar", params={"method": invitation.method})
    message.add_attachment(invitation.text.encode(), "application", "ics", filename="invite.ics")
    return {"Raw": {"Data": _head(headers) + message.as_bytes()}}


def _head(headers: Mapping[str, str]) -> bytes:
    """Headers of ours as they are: the message itself would fold and encode a link of more than 78 letters."""
    return b"".join(f"{name}: {value}\r\n".encode("ascii") for name, value in headers.items())
