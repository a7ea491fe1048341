"""What the two stacks promise, read from the templates as they are deployed."""

import json
import re
import subprocess
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import chain
from typing import Any

import pytest

from chalicelib.wiring import PATIENCE
from functions import payout_worker
from infra.build import Release
from infra.paths import ROOT, TEMPLATES
from infra.release.template import named_in, read

Resources = dict[str, Any]
FUNCTIONS = {
    "APIHandler": ("app.app", 1024, 20),
    "WebsocketConnect": ("functions.realtime.connect", 512, 10),
    "WebsocketMessage": ("functions.realtime.message", 512, 10),
    "WebsocketDisconnect": ("functions.realtime.disconnect", 512, 10),
    "React": ("functions.reactions.react", 512, 60),
    "SendMail": ("functions.mail.send_mail", 512, 30),
    "SendPush": ("functions.push.send_push", 512, 30),
    "MailEvents": ("functions.mail_events.mail_events", 512, 20),
    "Sweep": ("functions.due.sweep", 512, 55),
    "Inspect": ("functions.uploads.inspect", 1024, 60),
    "Settle": ("functions.settlement.settle", 512, 60),
    "PayOut": ("functions.payout_worker.pay_out", 512, 30),
    "RegisterPayee": ("functions.payees_worker.register_payee", 512, 20),
    "Reconcile": ("functions.reconciling.reconcile", 512, 900),
}


def of(resources: Resources, kind: str) -> Resources:
    """The properties of the resources of a type, by name."""
    return {name: each.get("Properties", {}) for name, each in resources.items() if each["Type"] == kind}


def test_every_function_has_its_handler_memory_and_time(app: Resources):
    functions = of(app, "AWS::Serverless::Function")
    assert {n: (f["Handler"], f["MemorySize"], f["Timeout"]) for n, f in functions.items()} == FUNCTIONS


def test_what_must_never_be_lost_outlives_its_stack(data: Resources):
    for name, resource in data.items():
        if resource["Type"].endswith(("Table", "Bucket", "Queue", "Secret")) and name != "Live":
            assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain"), name


def test_tables_are_keyed_encrypted_and_where_it_matters_recoverable(data: Resources):
    tables = of(data, "AWS::DynamoDB::Table")
    assert set(tables) == {"Core", "Ledger", "Live"}
    for name, table in tables.items():
        assert [each["AttributeName"] for each in table["KeySchema"]] == ["pk", "sk"]
        assert table["BillingMode"] == "PAY_PER_REQUEST"
        assert table["SSESpecification"]["SSEEnabled"]
        kept = table.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled", False)
        assert (kept, table.get("DeletionProtectionEnabled", False)) == (name != "Live",) * 2
    assert tables["Core"]["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert {each["IndexName"] for each in tables["Core"]["GlobalSecondaryIndexes"]} == {"gsi1", "gsi2"}
    assert [name for name in tables if "TimeToLiveSpecification" in tables[name]] == ["Core", "Live"]


def test_no_bucket_is_open(data: Resources):
    for bucket in of(data, "AWS::S3::Bucket").values():
        assert all(bucket["PublicAccessBlockConfiguration"].values())
        assert len(bucket["PublicAccessBlockConfiguration"]) == 4
        assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_what_two_people_share_is_sealed_ends_in_time_and_is_written_from_our_pages_only(data: Resources):
    bucket = of(data, "AWS::S3::Bucket")["Lessons"]
    [sealed] = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert sealed["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    [cors] = bucket["CorsConfiguration"]["CorsRules"]
    assert cors["AllowedOrigins"] == [{"Ref": "SiteOrigin"}]
    assert (set(cors["AllowedMethods"]), cors["ExposedHeaders"]) == ({"GET", "PUT", "POST"}, ["ETag"])
    rules = {each["Id"]: each for each in bucket["LifecycleConfiguration"]["Rules"]}
    ends = rules["recordings-end"]
    assert (ends["Prefix"], ends["ExpirationInDays"]) == ("recordings/", {"Ref": "RecordingDays"})
    assert rules["broken-uploads-end"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 2}
    [policy] = [each for each in of(data, "AWS::S3::BucketPolicy").values() if each["Bucket"] == {"Ref": "Lessons"}]
    [denied] = policy["PolicyDocument"]["Statement"]
    assert (denied["Effect"], denied["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


@pytest.mark.parametrize(
    ("name", "writes", "reads"),
    [
        ("APIHandler", {"documents/*", "recordings/*"}, {"documents/*", "materials/*", "recordings/*"}),
        ("Inspect", {"materials/*"}, set()),
        ("Sweep", {"recordings/*"}, {"recordings/*"}),
    ],
)
def test_nobody_writes_a_material_that_was_not_inspected(app: Resources, name: str, writes: set[str], reads: set[str]):
    assert in_lessons(app, name, "s3:PutObject") == writes
    assert in_lessons(app, name, "s3:GetObject") == reads


def in_lessons(app: Resources, name: str, action: str) -> set[str]:
    """Below which prefixes of the lessons' bucket a function may do something."""
    resources: list[Any] = []
    for each in statements(app)[name]:
        if action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"]):
            resources += each["Resource"] if isinstance(each["Resource"], list) else [each["Resource"]]
    places = [each["Fn::Sub"].partition("${LessonsBucket}/") for each in resources if isinstance(each, dict)]
    return {rest for _, found, rest in places if found}


def test_every_working_queue_has_a_place_for_what_fails_and_every_such_place_an_alarm(app: Resources, data: Resources):
    queues = of(data, "AWS::SQS::Queue")
    working = {name for name, queue in queues.items() if "RedrivePolicy" in queue}
    targets = {queues[name]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0] for name in working}
    dead = set(queues) - working
    assert working == {"Mail", "Settlement", "Payouts", "Push"}
    assert targets <= dead
    watched = set(
        chain.from_iterable(named_in(a.get("Dimensions", [])) for a in of(app, "AWS::CloudWatch::Alarm").values())
    )
    assert {f"{name}Name" for name in dead} <= watched


ENDS = [
    ("SendMail", "Mail", "MailQueueArn", 2, 2),
    ("SendPush", "Push", "PushQueueArn", 1, 10),
    ("Settle", "Settlement", "SettlementQueueArn", 5, None),
    ("PayOut", "Payouts", "PayoutQueueArn", 1, 2),  # with 0.4 s a message, five a second
]


@pytest.mark.parametrize(("function", "queue", "arn", "batch", "at_once"), ENDS)
def test_a_queues_end_takes_what_it_can_and_gives_back_what_failed(
    app: Resources, data: Resources, function: str, queue: str, arn: str, batch: int, at_once: int | None
):
    properties = app[function]["Properties"]
    [source] = properties["Events"].values()
    assert source["Type"] == "SQS"
    assert source["Properties"]["Queue"] == {"Ref": arn}
    assert source["Properties"]["BatchSize"] == batch
    assert source["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["Properties"].get("ScalingConfig") == ({"MaximumConcurrency": at_once} if at_once else None)
    assert data[queue]["Properties"]["VisibilityTimeout"] >= 6 * properties["Timeout"]
    assert data[queue]["Properties"]["RedrivePolicy"]["maxReceiveCount"] == 5


def test_mails_that_wait_for_a_service_that_hangs_fit_into_their_function(app: Resources):
    patience, properties = PATIENCE["sesv2"], app["SendMail"]["Properties"]
    [source] = properties["Events"].values()
    one = (patience["connect_timeout"] + patience["read_timeout"]) * patience["retries"]["total_max_attempts"]
    assert one * source["Properties"]["BatchSize"] < properties["Timeout"]


def test_razorpayx_is_asked_for_five_payouts_a_second_at_most(app: Resources):
    source = app["PayOut"]["Properties"]["Events"]["PayOutSqsEventSource"]["Properties"]
    assert source["BatchSize"] * source["ScalingConfig"]["MaximumConcurrency"] / payout_worker.LEAST <= 5


def test_alarms_speak_and_are_heard(app: Resources):
    alarms = of(app, "AWS::CloudWatch::Alarm")
    assert len(alarms) >= 9
    for alarm in alarms.values():
        assert re.search(r" - |:", alarm["AlarmDescription"]) and alarm["AlarmDescription"].endswith(".")
        assert alarm["AlarmActions"] == [{"Ref": "Alarms"}]
        assert alarm["TreatMissingData"] in ("breaching", "notBreaching")


def test_money_that_does_not_move_is_heard_of(app: Resources):
    alarms = {name: each["AlarmDescription"] for name, each in of(app, "AWS::CloudWatch::Alarm").items()}
    assert alarms["StuckPayoutsAlarm"].startswith("Money owed to a mentor is not moving")
    assert "StuckSettlementsAlarm" in alarms
    words = app["MoneyTrouble"]["Properties"]["FilterPattern"].partition('"')[2].partition('"')[0]
    assert f'error("{words}"' in (ROOT / "chalicelib" / "gateways" / "alarms.py").read_text()
    told = app["MoneyTroubleAlarm"]["Properties"]
    [metric] = app["MoneyTrouble"]["Properties"]["MetricTransformations"]
    assert (told["Namespace"], told["MetricName"]) == (metric["MetricNamespace"], metric["MetricName"])


def test_alarms_reach_their_topic(app: Resources):
    (topic,) = of(app, "AWS::SNS::Topic").values()
    assert "KmsMasterKeyId" not in topic, "AWS's own key lets no alarm publish"


def test_a_function_that_dies_without_a_word_is_heard_of(app: Resources):
    alarms = of(app, "AWS::CloudWatch::Alarm").values()
    on_errors = [each for each in alarms if (each.get("Namespace"), each.get("MetricName")) == ("AWS/Lambda", "Errors")]
    watched = sorted(name for each in on_errors for name in named_in(each["Dimensions"]))
    assert watched == sorted(FUNCTIONS)
    assert len({each["AlarmDescription"] for each in alarms}) == len(alarms)


def test_an_event_that_fails_in_its_function_is_kept(app: Resources):
    configs = of(app, "AWS::Lambda::EventInvokeConfig").values()
    assert {each["FunctionName"]["Ref"] for each in configs} == {"Inspect", "MailEvents"}
    for each in configs:
        assert each["DestinationConfig"] == {"OnFailure": {"Destination": {"Ref": "MissedEventsArn"}}}
        allowed = statements(app)[each["FunctionName"]["Ref"]]
        assert {"Action": "sqs:SendMessage", "Resource": {"Ref": "MissedEventsArn"}} in [
            {"Action": one["Action"], "Resource": one["Resource"]} for one in allowed
        ]


def test_what_becomes_of_our_mails_and_of_nobody_elses_is_heard(app: Resources):
    [event] = app["MailEvents"]["Properties"]["Events"].values()
    ours = {"tags": {"ses:configuration-set": [{"Ref": "MailSet"}]}}
    heard = {"source": ["aws.ses"], "detail": {"eventType": ["Bounce", "Complaint"], "mail": ours}}
    assert event["Properties"]["Pattern"] == heard
    told = app["MailSetEvents"]["Properties"]["EventDestination"]
    assert (told["Enabled"], told["MatchingEventTypes"]) == (True, ["bounce", "complaint"])
    assert app["MailSet"]["Properties"]["SuppressionOptions"] == {"SuppressedReasons": []}


def test_sources_of_events_retry_within_bounds_and_lose_nothing(app: Resources):
    stream = app["React"]["Properties"]["Events"]["Changes"]["Properties"]
    assert stream["BatchSize"] == 25
    assert stream["BisectBatchOnFunctionError"]
    assert stream["MaximumRetryAttempts"] == 3
    assert stream["DestinationConfig"]["OnFailure"]["Destination"] == {"Ref": "LostReactionsArn"}
    [heard] = stream["FilterCriteria"]["Filters"]
    assert json.loads(heard["Pattern"]) == {
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"NewImage": {"kind": {"S": [{"exists": True}]}}},  # a mark of attendance each minute has none
    }
    assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    for name, event in (("Sweep", "SweepEvent"), ("Reconcile", "ReconcileEvent"), ("Inspect", "InspectEvent")):
        properties = app[name]["Properties"]["Events"][event]["Properties"]
        assert properties["DeadLetterConfig"] == {"Arn": {"Ref": "MissedEventsArn"}}
    assert app["Sweep"]["Properties"]["Events"]["SweepEvent"]["Properties"]["Schedule"] == "rate(1 minute)"
    pattern = app["Inspect"]["Properties"]["Events"]["InspectEvent"]["Properties"]["Pattern"]
    assert pattern["detail"] == {
        "bucket": {"name": [{"Ref": "UploadsBucket"}]},
        "object": {"key": [{"prefix": "quarantine/"}]},
    }


def statements(app: Resources) -> dict[str, list[dict[str, Any]]]:
    """What each function's role allows, by the function's name."""
    allowed = {}
    for name, function in of(app, "AWS::Serverless::Function").items():
        role = app[function["Role"]["Fn::GetAtt"][0]]["Properties"]
        allowed[name] = list(chain.from_iterable(p["PolicyDocument"]["Statement"] for p in role["Policies"]))
    return allowed


def test_rights_name_their_actions_and_things(app: Resources):
    unbounded = {"xray:PutTraceSegments", "xray:PutTelemetryRecords", "ses:SendEmail", "ses:SendRawEmail"}
    for name, allowed in statements(app).items():
        for each in allowed:
            actions = [each["Action"]] if isinstance(each["Action"], str) else each["Action"]
            assert each["Effect"] == "Allow"
            assert not any("*" in action for action in actions), name
            assert each["Resource"] != "*" or set(actions) <= unbounded, name


@pytest.mark.parametrize(
    ("action", "who"),
    [
        ("ses:SendEmail", {"SendMail"}),
        ("sqs:ReceiveMessage", {"SendMail", "SendPush", "Settle", "PayOut"}),
        ("dynamodb:GetRecords", {"React"}),
        ("s3:GetObject", {"APIHandler", "Inspect", "Sweep"}),
        ("s3:PutObject", {"APIHandler", "Inspect", "Sweep"}),
        ("s3:AbortMultipartUpload", {"APIHandler", "Sweep"}),
        (
            "secretsmanager:GetSecretValue",
            {
                "APIHandler",
                "WebsocketConnect",
                "WebsocketMessage",
                "SendMail",
                "SendPush",
                "Settle",
                "PayOut",
                "RegisterPayee",
                "Reconcile",
            },
        ),
        (
            "execute-api:ManageConnections",
            {"APIHandler", "WebsocketMessage", "WebsocketDisconnect", "React", "Sweep"},
        ),
        ("lambda:InvokeFunction", {"APIHandler"}),
    ],
)
def test_only_who_needs_a_right_has_it(app: Resources, action: str, who: set[str]):
    assert {name for name, allowed in statements(app).items() if f'"{action}"' in json.dumps(allowed)} == who


READ, WRITE = {"GetItem", "BatchGetItem", "Query"}, {"PutItem", "UpdateItem", "ConditionCheckItem"}
POST = {"GetItem", "Query", *WRITE}  # add a posting, move a balance
FORGET = {"GetItem", "Query", "UpdateItem", "DeleteItem"}  # a socket found to be gone, and its place in a room
ON_TABLES = {
    "WebsocketConnect": {"LiveTable": {"PutItem", "UpdateItem"}},
    "WebsocketMessage": {"CoreTable": {"GetItem", "PutItem", "UpdateItem"}, "LiveTable": FORGET},
    "WebsocketDisconnect": {"LiveTable": FORGET},
    "React": {"CoreTable": {"GetItem", "BatchGetItem", "Query", "PutItem"}, "LiveTable": FORGET},
    "SendMail": {"CoreTable": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem"}},
    "SendPush": {"CoreTable": {"GetItem", "BatchGetItem", "Query", "UpdateItem", "DeleteItem"}},
    "MailEvents": {"CoreTable": {"BatchGetItem", "PutItem"}},
    "Sweep": {
        "CoreTable": {"GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"},
        "LiveTable": FORGET,
    },
    "Inspect": {"CoreTable": {"BatchGetItem", "GetItem", "PutItem", "UpdateItem"}},
    "Settle": {"CoreTable": READ | WRITE | {"DeleteItem"}, "LedgerTable": POST},
    "PayOut": {"CoreTable": READ | WRITE, "LedgerTable": POST},
    "RegisterPayee": {},
    "Reconcile": {"CoreTable": READ | WRITE | {"DeleteItem"}, "LedgerTable": {"GetItem", "Query"}},
}


@pytest.mark.parametrize("name", ON_TABLES)
def test_a_function_may_do_to_a_table_what_its_code_does_and_no_more(app: Resources, name: str):
    assert on_tables(app, name) == ON_TABLES[name]


def on_tables(app: Resources, name: str) -> dict[str, set[str]]:
    """What a function may do to each table."""
    held: dict[str, set[str]] = {}
    for each in statements(app)[name]:
        for table in named_in(each["Resource"]) & {"CoreTable", "LedgerTable", "LiveTable"}:
            held.setdefault(table, set()).update(action.removeprefix("dynamodb:") for action in each["Action"])
    return held


def test_only_settlement_and_payouts_write_the_ledger_and_nobody_takes_anything_out_of_it(app: Resources):
    held = {name: on_tables(app, name).get("LedgerTable", set()) for name in FUNCTIONS}
    changes = {"PutItem", "UpdateItem", "BatchWriteItem", "ConditionCheckItem"}
    assert {name for name, rights in held.items() if rights & changes} == {"Settle", "PayOut"}
    assert held["APIHandler"] == {"GetItem", "Query"}
    assert {name for name, rights in held.items() if rights} == {"APIHandler", "Settle", "PayOut", "Reconcile"}
    assert not any("DeleteItem" in rights for rights in held.values())


def test_who_puts_what_into_which_queue(app: Resources):
    senders: dict[str, set[str]] = {}
    for name, allowed in statements(app).items():
        for each in allowed:
            if "sqs:SendMessage" in json.dumps(each["Action"]):
                for queue in named_in(each["Resource"]):
                    senders.setdefault(queue, set()).add(name)
    assert senders == {
        "MailQueueArn": {"React", "Sweep"},
        "SettlementQueueArn": {"React", "Sweep", "Reconcile"},
        "PayoutQueueArn": {"Settle", "Reconcile"},
        "LostReactionsArn": {"React"},
        "PushQueueArn": {"React", "Sweep"},
        "MissedEventsArn": {"Inspect", "MailEvents"},
    }


def test_a_mentors_bank_details_pass_through_a_function_that_can_keep_nothing(app: Resources):
    actions = {each["Sid"] for each in statements(app)["RegisterPayee"]}
    assert actions == {"WriteItsLog", "SendItsTraces", "ReadTheSecrets"}
    [called] = [each for each in statements(app)["APIHandler"] if each["Action"] == "lambda:InvokeFunction"]
    assert called["Resource"] == {"Fn::GetAtt": ["RegisterPayee", "Arn"]}


def test_every_function_has_a_policy_file_of_its_own():
    config = json.loads((ROOT / ".chalice" / "config.json").read_text())
    files = [each["iam_policy_file"] for each in config["stages"]["release"]["lambda_functions"].values()]
    assert config["autogen_policy"] is False
    assert len(set(files)) == len(files) == len(FUNCTIONS)
    assert {path.name for path in (ROOT / ".chalice").glob("policy-*.json")} == set(files)


def test_logs_end_after_a_month_and_functions_write_to_ours(app: Resources, release: Release):
    groups = of(app, "AWS::Logs::LogGroup")
    assert {each["RetentionInDays"] for each in groups.values()} == {30}
    settings = json.loads(release.app.read_text())["Globals"]["Function"]
    assert settings["LoggingConfig"] == {"LogGroup": {"Ref": "FunctionLogs"}}


def test_every_setting_the_code_reads_is_given(app: Resources, release: Release):
    variables = json.loads(release.app.read_text())["Globals"]["Function"]["Environment"]["Variables"]
    read = set(re.findall(r'environment(?:\.get\(|\[)"([A-Z_]+)"', (ROOT / "chalicelib" / "config.py").read_text()))
    given_by_lambda = {"AWS_REGION", "AWS_DEFAULT_REGION"}
    own = app["APIHandler"]["Properties"]["Environment"]["Variables"].keys()
    assert len(read) > 10
    assert own == {"REGISTER_PAYEE"}
    assert read <= variables.keys() | given_by_lambda | own


def test_no_secret_is_in_a_template(release: Release):
    text = release.app.read_text() + release.data.read_text()
    assert not re.search(r'"(Secret(String|AccessKey)|Password|GenerateSecretString)":', text)
    assert text.count("{{resolve:secretsmanager:") == 2


def test_what_one_stack_puts_out_another_takes_in(release: Release, relay: Resources):
    outputs = json.loads(release.data.read_text())["Outputs"].keys()
    parameters = json.loads(release.app.read_text())["Parameters"].keys()
    assert outputs <= parameters | relay["Parameters"].keys()


@pytest.fixture(scope="module")
def relay() -> Resources:
    """The template of a TURN relay of our own."""
    return read(TEMPLATES / "turn.yaml")


def test_a_relay_can_read_its_own_secret_and_no_other(relay: Resources, data: Resources):
    (policy,) = relay["Resources"]["Role"]["Properties"]["Policies"]
    (allowed,) = policy["PolicyDocument"]["Statement"]
    assert (allowed["Action"], allowed["Resource"]) == ("secretsmanager:GetSecretValue", {"Ref": "TurnSecretArn"})
    assert "SecretsArn" not in relay["Parameters"]
    assert set(of(data, "AWS::SecretsManager::Secret")) == {"Secrets", "TurnSecret"}


def test_a_relay_reaches_no_network_of_ours(relay: Resources):
    script = relay["Resources"]["Relay"]["Properties"]["UserData"]["Fn::Base64"]["Fn::Sub"]
    lines = script.splitlines()
    assert "no-tcp-relay" in lines and "$around" in lines
    assert any(line.startswith("wall=") and "! --dport 49152:65535 -j REJECT" in line for line in lines)
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
    assert [line for line in lines if line.startswith("allowed-peer-ip")] == ["allowed-peer-ip=$inner"]
    denied = [line.partition("=")[2].split("-") for line in lines if line.startswith("denied-peer-ip=")]
    for inside in ("10.1.2.3", "172.31.0.9", "192.168.1.1", "169.254.169.254", "127.0.0.1", "100.64.0.1", "fd00::1"):
        address = ip_address(inside)
        assert any(_between(each[0], address, each[-1]) for each in denied), inside


def _between(first: str, address: IPv4Address | IPv6Address, last: str) -> bool:
    low, high = ip_address(first), ip_address(last)
    return low.version == address.version and int(low) <= int(address) <= int(high)


def test_gateway_answers_are_in_our_shape(app: Resources):
    answers = app["RestAPI"]["Properties"]["GatewayResponses"]
    assert {
        "MISSING_AUTHENTICATION_TOKEN",
        "REQUEST_TOO_LARGE",
        "THROTTLED",
        "DEFAULT_4XX",
        "DEFAULT_5XX",
    } <= answers.keys()
    for answer in answers.values():
        error = json.loads(answer["ResponseTemplates"]["application/json"])["error"]
        assert error.keys() == {"code", "message"}


def test_both_apis_are_throttled_and_logged(app: Resources):
    rest, sockets = app["RestAPI"]["Properties"], app["WebsocketAPIStage"]["Properties"]
    assert rest["MethodSettings"][0]["ThrottlingBurstLimit"] > 0
    assert sockets["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    assert rest["StageName"] == sockets["StageName"] == "api"
    for settings in (rest["AccessLogSetting"], sockets["AccessLogSettings"]):
        assert json.loads(settings["Format"])
        assert "sourceIp" not in settings["Format"]


def test_the_gateway_keeps_no_paths_for_a_calendars_link_is_one(app: Resources):
    assert app["RestAPI"]["Properties"]["TracingEnabled"] is False
