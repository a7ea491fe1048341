"""The release on the emulator: the production templates, less what an emulator cannot play."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from infra import stacks
from infra.build import Release, build, build_code
from infra.local.place import Place
from infra.release import target
from infra.release.template import Template, without

# Left out, and who plays its part instead.
NOT_HERE = (
    "AWS::CloudFront::*",  # the front proxy, which reads this very template
    "AWS::ApiGateway::Account",  # the emulator writes access logs without asking for a role
    "AWS::CloudWatch::*",  # nobody is woken by a laptop
    "AWS::SNS::*",
)
# Bucket policies: two let CloudFront in, the others let in only HTTPS, which the emulator does not speak.
POLICIES = ("SiteReadable", "MediaReadable", "UploadsPolicy", "LessonsPolicy")
STAGE = "local"
MAIL_FROM = "hello@peerlearn.example"


def make() -> Release:
    """Build for this machine's interpreter, which is the emulator's too."""
    return build(target.local(), quiet=True)


def templates(release: Release) -> tuple[Template, Template]:
    """The data and app templates as the emulator gets them."""
    data, app = json.loads(release.data.read_text()), json.loads(release.app.read_text())
    for template in (data, app):
        for name in template["Resources"].keys() & set(POLICIES):
            del template["Resources"][name]
    return data, without(app, NOT_HERE)


def settings(place: Place, turn_urls: str) -> dict[str, str]:
    """What production's stage file says, said for this machine."""
    return {
        "SiteOrigin": place.origin,
        "SocketsOrigin": place.origin.replace("http", "ws", 1),
        "AwsEndpoint": place.emulator,
        "UploadsEndpoint": "/uploads",
        "LessonsEndpoint": "/lessons",
        "TurnUrls": turn_urls,
        "PushHosts": place.origin.partition("//")[2],
        "MailFrom": MAIL_FROM,
        "ThrottleFactor": "100",
        "Payments": "on",
        "RazorpayUrl": place.razorpay,
        "RazorpayScript": "/dev/razorpay/checkout.js",
        "RazorpayxAccount": "7878780080316316",
    }


def deploy(place: Place, release: Release, turn_urls: str) -> dict[str, str]:
    """Both stacks in place; everything known about them, for the proxy and the printed summary."""
    stage = stacks.Stage(STAGE, place.account, settings(place, turn_urls), poll=0.05, say=lambda _: None)
    data, app = templates(release)
    known = stacks.deploy(stage, release, data, app)
    place.account.client("sesv2").create_email_identity(EmailIdentity="peerlearn.example")
    forget_old_code(place, known)
    return known


def try_code(place: Place, known: Mapping[str, str]) -> None:
    """The functions run the code as it is now; routes and rights stay those of the last deployment."""
    code, bucket = build_code(target.local()), known["ArtifactBucket"]
    place.account.client("s3").put_object(Bucket=bucket, Key=f"edits/{code.name}", Body=code.read_bytes())
    functions = place.account.client("lambda")
    for each in functions.list_functions()["Functions"]:
        functions.update_function_code(FunctionName=each["FunctionName"], S3Bucket=bucket, S3Key=f"edits/{code.name}")


def forget_old_code(place: Place, known: Mapping[str, str]) -> None:
    """Every edit leaves a zip behind, and a developer's disk is not S3."""
    s3, bucket = place.account.client("s3"), known["ArtifactBucket"]
    for each in s3.list_objects_v2(Bucket=bucket).get("Contents", []):
        if not each["Key"].startswith(f"releases/{known['Release']}/"):
            s3.delete_object(Bucket=bucket, Key=each["Key"])


def for_proxy(place: Place, release: Release, known: Mapping[str, str], site: Path) -> Path:
    """What the proxy needs, written where it looks again whenever it changes."""
    path = place.state / "proxy.json"
    wanted: dict[str, Any] = {
        "port": place.port,
        "emulator": place.emulator,
        "razorpay": place.razorpay,
        "template": str(release.app),
        "known": dict(known),
    }
    wanted["site"] = str(site)
    path.with_suffix(".new").write_text(json.dumps(wanted, indent=1))
    path.with_suffix(".new").replace(path)
    return path
