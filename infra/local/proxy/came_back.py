"""What SES would say of a mail that came back, said by hand: on a machine whose mails leave it for nowhere."""

import json
from typing import Any

from infra.local.place import REGION
from infra.local.proxy.front import Front

HANDLER = "functions.mail_events.mail_events"
EVENTS = {  # by what a developer presses
    "bounce": {"eventType": "Bounce", "bounceType": "Permanent", "bounceSubType": "General"},
    "delay": {"eventType": "Bounce", "bounceType": "Transient", "bounceSubType": "MailboxFull"},
    "complaint": {"eventType": "Complaint", "complaintFeedbackType": "abuse"},
}


def event(what: str, mail: dict[str, Any]) -> dict[str, Any]:
    """As EventBridge hands it over; tests/events has what AWS itself sent."""
    chosen = dict(EVENTS[what])
    kind = chosen.pop("eventType")
    to = [{"emailAddress": each} for each in mail["to"]]
    fate = chosen | {"bouncedRecipients" if kind == "Bounce" else "complainedRecipients": to}
    tags = {each["Name"]: [each["Value"]] for each in mail["tags"]}
    tags["ses:configuration-set"] = [mail["set"]]
    detail = {"eventType": kind, kind.lower(): fate, "mail": {"destination": mail["to"], "tags": tags}}
    about = {"version": "0", "id": mail["id"], "account": "000000000000", "region": REGION, "time": mail["at"]}
    return about | {"source": "aws.ses", "detail-type": kind, "resources": [], "detail": detail}


def tell(front: Front, what: str, mail: dict[str, Any]) -> str:
    """The function's answer: whether mail to the address has stopped."""
    functions = front.account.client("lambda")
    [name] = [each["FunctionName"] for each in functions.list_functions()["Functions"] if each["Handler"] == HANDLER]
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event(what, mail)).encode())
    outcome: str = json.loads(answer["Payload"].read()).get("outcome", "failed")
    return outcome
