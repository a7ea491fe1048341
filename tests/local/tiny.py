"""A Lambda that tells about itself, for trying the emulator out; it runs in the emulator, not in the tests."""

import json
import os
import tempfile
import time
from pathlib import Path

import botocore.session


def rest(event, context):
    """What an API call looked like when it came in."""
    seen = {"headers": {k.lower(): v for k, v in event["headers"].items()}, "length": len(event["body"] or "")}
    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": json.dumps(seen)}


def socket(event, context):
    """Echo; `pair` waits for another one first, `huge` answers with more than a socket may carry."""
    kind, body = event["requestContext"]["eventType"], event.get("body") or ""
    if kind == "MESSAGE":
        print(f"begins {body[:20]}")
        if body.startswith("pair"):
            _meet(Path(tempfile.gettempdir()) / body)
        print(f"ends {body[:20]}")
        _post(event, "x" * 140_000 if body == "huge" else body)
    refused = kind == "CONNECT" and (event.get("queryStringParameters") or {}).get("ticket") == "bad"
    return {"statusCode": 403 if refused else 200}


def _meet(where):
    """Until two are there, whatever the machine has to do besides, or until one has waited long enough."""
    where.mkdir(exist_ok=True)
    (where / str(os.getpid())).touch()
    give_up = time.monotonic() + 8
    while len(list(where.iterdir())) < 2 and time.monotonic() < give_up:
        time.sleep(0.01)


def _post(event, text):
    where = event["requestContext"]
    endpoint = f"{os.environ['AWS_ENDPOINT_URL']}/_aws/execute-api/{where['apiId']}/{where['stage']}"
    client = botocore.session.get_session().create_client("apigatewaymanagementapi", endpoint_url=endpoint)
    client.post_to_connection(ConnectionId=where["connectionId"], Data=text.encode())


def itself(event, context):
    """Which process, run from where; `say` is logged, `seconds` are slept."""
    if event.get("say"):
        print(event["say"])
    time.sleep(event.get("seconds", 0))
    return {"pid": os.getpid(), "code": os.path.realpath(__file__), "environment": sorted(os.environ)}


def stream(event, context):
    """Each record's key, logged."""
    for record in event["Records"]:
        print(f"came {record['dynamodb']['Keys']['pk']['S']}")
