"""The two CloudFormation stacks of a stage, put in place the same way on AWS and on the emulator."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, WaiterError
from botocore.session import Session

from infra import secrets
from infra.build import Release
from infra.paths import SITE
from infra.release.template import Template
from infra.site import headers_of, status_of

CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Account:
    """An AWS to deploy to."""

    region: str
    endpoint: str | None = None
    key: str | None = None
    secret: str | None = None

    def client(self, service: str) -> Any:
        """A client of that AWS; without a key of our own it is the environment's."""
        return Session().create_client(
            service,
            region_name=self.region,
            endpoint_url=self.endpoint,
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
        )


@dataclass(frozen=True)
class Stage:
    """A stage's name, its settings, and where it lives."""

    name: str
    account: Account
    settings: Mapping[str, str]
    poll: float = 3.0
    say: Say = print

    def stack(self, kind: str) -> str:
        """What a stack of this stage is called."""
        return f"peerlearn-{self.name}-{kind}"


def deploy(stage: Stage, release: Release, data: Template, app: Template) -> dict[str, str]:
    """Data, secrets, artifact, app, in that order; the app stack's outputs and parameters come back as one mapping."""
    known = {"Stage": stage.name, **stage.settings}
    held = put(stage, "data", data, known, body=json.dumps(data))
    manager = stage.account.client("secretsmanager")
    secrets.hand_out(manager, held["TurnSecretArn"], secrets.ensure(manager, held["SecretsArn"])["turn"])
    key = upload(stage, release, held["ArtifactBucket"], json.dumps(app))
    known |= held | {"Release": release.name, "ArtifactKey": f"{key}/code.zip"}
    made = put(stage, "app", app, known, url=address(stage, held["ArtifactBucket"], f"{key}/app.json"))
    return {**known, **made}


def upload(stage: Stage, release: Release, bucket: str, app: str) -> str:
    """The release's files under its name, where a rollback finds them; what is there already is left."""
    s3, key = stage.account.client("s3"), f"releases/{release.name}"
    try:
        s3.head_object(Bucket=bucket, Key=f"{key}/app.json")
    except ClientError:
        s3.put_object(Bucket=bucket, Key=f"{key}/code.zip", Body=release.zip.read_bytes())
        s3.put_object(Bucket=bucket, Key=f"{key}/data.json", Body=release.data.read_bytes())
        s3.put_object(Bucket=bucket, Key=f"{key}/app.json", Body=app.encode())
    return key


def address(stage: Stage, bucket: str, key: str) -> str:
    """Where CloudFormation finds a template of a bucket."""
    if stage.account.endpoint:
        return f"{stage.account.endpoint}/{bucket}/{key}"
    return f"https://{bucket}.s3.{stage.account.region}.amazonaws.com/{key}"


def put(
    stage: Stage,
    kind: str,
    template: Template,
    known: Mapping[str, str],
    body: str | None = None,
    url: str | None = None,
) -> dict[str, str]:
    """Create or update one stack by a change set, shown before it is carried out; its outputs."""
    cloud, name = stage.account.client("cloudformation"), stage.stack(kind)
    before = describe(cloud, name)
    new = before is None or before["StackStatus"] == "REVIEW_IN_PROGRESS"
    wanted = [{"ParameterKey": key, "ParameterValue": known[key]} for key in template["Parameters"] if key in known]
    made = cloud.create_change_set(
        StackName=name,
        ChangeSetName=f"r{int(time.time() * 1000)}",
        ChangeSetType="CREATE" if new else "UPDATE",
        Parameters=wanted,
        Capabilities=CAPABILITIES,
        Tags=[{"Key": "product", "Value": "peerlearn"}, {"Key": "stage", "Value": stage.name}],
        **({"TemplateBody": body} if body else {"TemplateURL": url}),
    )
    if _has_changes(stage, cloud, made["Id"]):
        cloud.execute_change_set(ChangeSetName=made["Id"])
        waiter = cloud.get_waiter("stack_create_complete" if new else "stack_update_complete")
        try:
            waiter.wait(StackName=name, WaiterConfig={"Delay": stage.poll, "MaxAttempts": int(3600 / stage.poll)})
        except WaiterError:
            raise StackFailed(_reasons(cloud, name)) from None
    return outputs(cloud, name)


class StackFailed(Exception):
    """CloudFormation gave up; the words are its own."""


def _has_changes(stage: Stage, cloud: Any, change_set: str) -> bool:
    while (seen := cloud.describe_change_set(ChangeSetName=change_set))["Status"] in (
        "CREATE_PENDING",
        "CREATE_IN_PROGRESS",
    ):
        time.sleep(stage.poll)
    if seen["Status"] == "FAILED":
        if "didn't contain changes" in seen["StatusReason"] or "No updates" in seen["StatusReason"]:
            return False
        raise StackFailed(seen["StatusReason"])
    for change in (each["ResourceChange"] for each in seen["Changes"]):
        replaced = " (REPLACED)" if change.get("Replacement") == "True" else ""
        stage.say(f"  {change['Action'].lower():7} {change['ResourceType']} {change['LogicalResourceId']}{replaced}")
    return True


def describe(cloud: Any, name: str) -> dict[str, Any] | None:
    """The stack as it stands, or None."""
    try:
        found: dict[str, Any] = cloud.describe_stacks(StackName=name)["Stacks"][0]
        return found
    except ClientError as error:
        if "does not exist" in str(error):
            return None
        raise


def outputs(cloud: Any, name: str) -> dict[str, str]:
    """A stack's outputs by name."""
    return {each["OutputKey"]: each["OutputValue"] for each in (describe(cloud, name) or {}).get("Outputs", [])}


def _reasons(cloud: Any, name: str) -> str:
    events = cloud.describe_stack_events(StackName=name)["StackEvents"]
    failed = [each for each in events if each["ResourceStatus"].endswith("FAILED")]
    told = [f"{each['LogicalResourceId']}: {each.get('ResourceStatusReason', '')}" for each in failed]
    return "; ".join(dict.fromkeys(reversed(told))) or "CloudFormation gave no reason."


def upload_site(stage: Stage, bucket: str, site: Path = SITE) -> None:
    """Hashed files first, then the pages that name them."""
    s3 = stage.account.client("s3")
    files = sorted(each for each in site.rglob("*") if each.is_file())
    for path in sorted(files, key=lambda each: each.suffix == ".html"):
        name = f"/{path.relative_to(site).as_posix()}"
        served, status = headers_of(name), status_of(name)
        s3.put_object(
            Bucket=bucket,
            Key=name[1:],
            Body=path.read_bytes(),
            ContentType=served["Content-Type"],
            CacheControl=served["Cache-Control"],
            Metadata={} if status == 200 else {"status": str(status)},
        )
