"""`make deploy STAGE=prod` puts a release on AWS; `make rollback STAGE=prod RELEASE=…` puts an earlier one back."""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra import check, secrets, stacks
from infra.build import BuildFailed, Release, build
from infra.paths import INFRA, ROOT, SITE
from infra.release import target
from infra.stacks import Account, StackFailed, Stage

NEEDED = ("SiteDomain", "CertificateArn", "MailFrom")
FOR_MONEY = ("RazorpayxAccount", "CompanyAddress", "CompanyGstin")


def stage_named(name: str) -> Stage:
    """A stage as its settings file describes it; the account is the environment's."""
    path = INFRA / "stages" / f"{name}.json"
    if not path.exists():
        raise SystemExit(f"There is no {path.relative_to(ROOT)}: copy prod.json, which lists the settings.")
    settings = {key: value for key, value in json.loads(path.read_text()).items() if value}
    if missing := [each for each in NEEDED if each not in settings]:
        raise SystemExit(f"Please fill in {', '.join(missing)} in {path.relative_to(ROOT)}.")
    origin = f"https://{settings['SiteDomain']}"
    settings |= {"SiteOrigin": origin, "SocketsOrigin": origin.replace("https", "wss", 1)}
    return Stage(name, Account(settings.pop("region")), settings)


def say(words: str) -> None:
    """A line of progress."""
    print(f"== {words}", flush=True)


def forward(stage: Stage) -> None:
    """Build, check, deploy, upload, try."""
    say("Building the site and the release")
    origin = stage.settings["SiteOrigin"]
    subprocess.run([sys.executable, "-m", "frontend.build", "--origin", origin], cwd=ROOT, check=True)
    release = build(target.arm64())
    check_money(stage)
    if complaint := check.lint_templates(release):
        raise SystemExit(f"The templates are not right:\n{complaint}")
    before = running(stage)
    say("Putting the stacks in place")
    data, app = json.loads(release.data.read_text()), json.loads(release.app.read_text())
    known = stacks.deploy(stage, release, data, app)
    keep_site(stage, release, known["ArtifactBucket"])
    finish(stage, known, before)


def check_money(stage: Stage) -> None:
    """What prices need, said before anything is deployed: Razorpay's own keys, and an address that RazorpayX knows."""
    if stage.settings.get("Payments") != "on":
        return
    missing = [each for each in FOR_MONEY if each not in stage.settings]
    missing += [] if stage.settings.get("FixedEgress") == "on" else ["FixedEgress"]
    held = stacks.outputs(stage.account.client("cloudformation"), stage.stack("data"))
    if not held:
        raise SystemExit("Please deploy once with Payments off: then the secret is there for Razorpay's keys.")
    manager = stage.account.client("secretsmanager")
    missing += [f"razorpay.{name}" for name in secrets.made_up(secrets.ensure(manager, held["SecretsArn"]))]
    if missing:
        raise SystemExit(f"Payments are on, but not filled in: {', '.join(missing)} (see docs/operations.md).")


def back(stage: Stage, name: str) -> None:
    """The app stack and the site of an earlier release; data stays as it is."""
    before = running(stage)
    held = stacks.outputs(stage.account.client("cloudformation"), stage.stack("data"))
    bucket, key = held["ArtifactBucket"], f"releases/{name}"
    s3 = stage.account.client("s3")
    say(f"Putting release {name} back")
    app = json.loads(s3.get_object(Bucket=bucket, Key=f"{key}/app.json")["Body"].read())
    known = {"Stage": stage.name, **stage.settings, **held, "Release": name, "ArtifactKey": f"{key}/code.zip"}
    made = stacks.put(stage, "app", app, known, url=stacks.address(stage, bucket, f"{key}/app.json"))
    with tempfile.TemporaryDirectory() as folder:
        site = s3.get_object(Bucket=bucket, Key=f"{key}/site.zip")["Body"].read()
        zipfile.ZipFile(io.BytesIO(site)).extractall(folder)
        finish(stage, {**known, **made}, before, Path(folder))


def running(stage: Stage) -> str | None:
    """The release that is deployed now."""
    found = stacks.describe(stage.account.client("cloudformation"), stage.stack("app"))
    held = {each["ParameterKey"]: each["ParameterValue"] for each in (found or {}).get("Parameters", [])}
    return held.get("Release")


def keep_site(stage: Stage, release: Release, bucket: str) -> None:
    """The site as it is now, beside the release it was made with."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in sorted(each for each in SITE.rglob("*") if each.is_file()):
            zipped.write(path, path.relative_to(SITE))
    key = f"releases/{release.name}/site.zip"
    stage.account.client("s3").put_object(Bucket=bucket, Key=key, Body=packed.getvalue())


def finish(stage: Stage, known: dict[str, str], before: str | None, site: Path = SITE) -> None:
    """The site into its bucket, the old pages out of CloudFront, and a first look at the whole."""
    say("Uploading the site")
    stacks.upload_site(stage, known["SiteBucket"], site)
    stage.account.client("cloudfront").create_invalidation(
        DistributionId=known["DistributionId"],
        InvalidationBatch={"CallerReference": os.urandom(8).hex(), "Paths": {"Quantity": 1, "Items": ["/*"]}},
    )
    say("Trying it")
    with _or_undo(stage, before):
        smoke(known["SiteAddress"], known["Release"])
    say(f"Release {known['Release']} is live at {stage.settings['SiteOrigin']}")
    if "EgressAddress" in known:
        say(f"RazorpayX is called from {known['EgressAddress']}: its allow-list has to name it")


def smoke(address: str, release: str) -> None:
    """The API answers as this release, the site comes with its headers, a strange page is a 404."""
    with urllib.request.urlopen(f"{address}/api/health", timeout=30) as answer:
        version = json.load(answer)["version"]
        assert version == release, f"the API is release {version}, not {release}"
    with urllib.request.urlopen(f"{address}/", timeout=30) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"], "the site has no policy"
    try:
        urllib.request.urlopen(f"{address}/there-is-no-such-page", timeout=30)
    except urllib.error.HTTPError as missing:
        assert missing.code == 404, f"a missing page answers {missing.code}"
    else:
        raise AssertionError("a missing page answers 200")


@contextmanager
def _or_undo(stage: Stage, before: str | None) -> Iterator[None]:
    try:
        yield
    except (AssertionError, OSError) as failure:
        undo = f" Put the last one back: make rollback STAGE={stage.name} RELEASE={before}" if before else ""
        raise SystemExit(f"The release is deployed but not well: {failure}.{undo}") from None


def main() -> None:
    """Forward, or back to a release by name."""
    parser = argparse.ArgumentParser(prog="python -m infra.deploy", description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("--release", help="an earlier release to put back")
    chosen = parser.parse_args()
    stage = stage_named(chosen.stage)
    try:
        back(stage, chosen.release) if chosen.release else forward(stage)
    except (BuildFailed, StackFailed, ValueError) as failure:
        raise SystemExit(f"Not deployed: {failure}") from None


if __name__ == "__main__":
    main()
