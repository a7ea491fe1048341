"""Mail through SES."""

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.domain.outgoing import Template
from chalicelib.gateways import letters


class Mail:
    """`client` makes the SES client when it is first needed."""

    def __init__(self, client: Callable[[], Any], sender: str):
        self._client = client
        self._sender = sender if "<" in sender else f"PeerLearn <{sender}>"

    def send(self, to: str, template: Template, facts: Mapping[str, str]) -> None:
        """One mail to one person; SES's refusal is raised."""
        letter = letters.write(template, facts)
        self._client().send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [to]},
            Content={
                "Simple": {
                    "Subject": _utf8(letter.subject),
                    "Body": {"Text": _utf8(letter.text), "Html": _utf8(letter.html)},
                }
            },
        )


def _utf8(text: str) -> dict[str, str]:
    return {"Data": text, "Charset": "UTF-8"}
