"""What each function's own role is let do with money, asked of the emulated AWS as that role."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError
from botocore.session import Session

from infra.local.place import REGION
from infra.local.release import STAGE
from infra.local.stack import Stack

As = Callable[[str, str], Any]
NOWHERE = {"pk": {"S": "POSTING#none"}, "sk": {"S": "POSTING"}}
IF_THERE = {"ConditionExpression": "attribute_exists(pk)"}  # it is not, so nothing is written
WRITERS = ("Settle", "PayOut")
OTHERS = ("APIHandler", "React", "Sweep", "SendMail", "Reconcile", "RegisterPayee")


@pytest.fixture(scope="session")
def as_role(stack: Stack) -> As:
    """A client of a service with the rights of a function."""
    app = f"peerlearn-{STAGE}-app"

    def client(function: str, service: str) -> Any:
        found = stack.client("cloudformation").describe_stack_resource(StackName=app, LogicalResourceId=function)
        name = found["StackResourceDetail"]["PhysicalResourceId"]
        role = stack.client("lambda").get_function_configuration(FunctionName=name)["Role"]
        lent = stack.client("sts").assume_role(RoleArn=role, RoleSessionName="rights")["Credentials"]
        return Session().create_client(
            service,
            region_name=REGION,
            endpoint_url=stack.emulator_url,
            aws_access_key_id=lent["AccessKeyId"],
            aws_secret_access_key=lent["SecretAccessKey"],
            aws_session_token=lent["SessionToken"],
        )

    return client


def outcome(act: Callable[[], object]) -> str:
    """Denied, or done as far as there was anything to do."""
    try:
        act()
    except ClientError as error:
        return "denied" if error.response["Error"]["Code"].startswith("AccessDenied") else "let"
    return "let"


@pytest.mark.parametrize(
    ("function", "expected"), [*((each, "let") for each in WRITERS), *((each, "denied") for each in OTHERS)]
)
def test_only_settlement_and_payouts_put_into_the_ledger(stack: Stack, as_role: As, function: str, expected: str):
    tables, ledger = as_role(function, "dynamodb"), stack.known["LedgerTable"]
    put = {"Put": {"TableName": ledger, "Item": NOWHERE, **IF_THERE}}
    assert outcome(lambda: tables.transact_write_items(TransactItems=[put])) == expected
    assert outcome(lambda: tables.put_item(TableName=ledger, Item=NOWHERE, **IF_THERE)) == expected


@pytest.mark.parametrize("function", [*WRITERS, *OTHERS])
def test_nobody_takes_anything_out_of_the_ledger(stack: Stack, as_role: As, function: str):
    tables, ledger = as_role(function, "dynamodb"), stack.known["LedgerTable"]
    taken = {"Delete": {"TableName": ledger, "Key": NOWHERE}}
    assert outcome(lambda: tables.transact_write_items(TransactItems=[taken])) == "denied"
    assert outcome(lambda: tables.delete_item(TableName=ledger, Key=NOWHERE)) == "denied"


@pytest.mark.parametrize("function", ["APIHandler", "RegisterPayee", "PayOut"])
@pytest.mark.parametrize("queue", ["MailQueueUrl", "SettlementQueueUrl", "PayoutQueueUrl"])
def test_who_faces_people_or_the_bank_sets_nothing_off(stack: Stack, as_role: As, function: str, queue: str):
    sqs = as_role(function, "sqs")
    assert outcome(lambda: sqs.send_message(QueueUrl=stack.known[queue], MessageBody="{}")) == "denied"


@pytest.mark.parametrize("table", ["CoreTable", "LedgerTable", "LiveTable"])
def test_who_sees_bank_details_sees_no_table(stack: Stack, as_role: As, table: str):
    tables = as_role("RegisterPayee", "dynamodb")
    assert outcome(lambda: tables.get_item(TableName=stack.known[table], Key=NOWHERE)) == "denied"
    assert outcome(lambda: tables.put_item(TableName=stack.known[table], Item=NOWHERE, **IF_THERE)) == "denied"
