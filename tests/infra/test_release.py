"""The zip: whole, lean, the same each time, and able to stand alone."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import build as building
from infra.build import BuildFailed, Release
from infra.release import archive, target
from infra.release.template import assemble, overlay, without

HANDLERS = (
    "app",
    "functions.realtime",
    "functions.reactions",
    "functions.mail",
    "functions.mail_events",
    "functions.push",
    "functions.due",
    "functions.uploads",
    "functions.settlement",
    "functions.payout_worker",
    "functions.payees_worker",
    "functions.reconciling",
)
# Only the standard library and the zip: neither this environment nor the emulator's lends a hand.
ALONE = """
import importlib, sys
sys.path[:] = [each for each in sys.path if "site-packages" not in each] + [sys.argv[1]]
importlib.import_module(sys.argv[2])
print(sorted(sys.modules))
"""


@pytest.fixture(scope="module")
def unpacked(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip as Lambda unpacks it."""
    folder = tmp_path_factory.mktemp("task")
    zipfile.ZipFile(release.zip).extractall(folder)
    return folder


def imported(unpacked: Path, module: str) -> set[str]:
    """What is in memory once a handler's module is."""
    command = [sys.executable, "-I", "-S", "-c", ALONE, str(unpacked), module]
    environment = {"PATH": "/usr/bin:/bin", "AWS_REGION": "ap-south-1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.strip().splitlines()[-1].replace("'", '"')))


@pytest.mark.parametrize("module", HANDLERS)
def test_the_zip_alone_can_import_each_handler(unpacked: Path, module: str):
    assert "chalice" in imported(unpacked, module)


@pytest.mark.parametrize("module", HANDLERS[1:])
def test_an_event_function_never_imports_the_app(unpacked: Path, module: str):
    assert "app" not in imported(unpacked, module)


@pytest.mark.parametrize("module", HANDLERS)
def test_razorpays_client_is_in_the_zip_but_costs_no_start(unpacked: Path, module: str):
    assert {"razorpay", "requests"} <= {path.name for path in unpacked.iterdir()}
    assert not {"razorpay", "requests", "charset_normalizer"} & imported(unpacked, module)


@pytest.mark.parametrize("module", HANDLERS)
def test_what_is_asked_for_now_and_then_costs_no_start(unpacked: Path, module: str):
    seldom = {
        "chalicelib.domain.papers",
        "chalicelib.domain.statements",
        "chalicelib.gateways.papers.paper",
        "chalicelib.services.audit",
        "chalicelib.services.earnings",
        "chalicelib.services.receipts",
        "chalicelib.services.reconciling",
        "cryptography",
        "fpdf",
        "icalendar",
        "PIL",
    }
    assert not seldom & imported(unpacked, module)


def test_byte_code_is_taken_as_it_is(unpacked: Path):
    compiled = list((unpacked / "functions").rglob("*.pyc"))
    assert compiled
    for path in compiled:
        assert path.read_bytes()[4:8] == (1).to_bytes(4, "little"), "hash-based and unchecked"


def test_what_no_function_reads_is_left_out(unpacked: Path):
    assert not [each for each in ("boto3", "moto", "pytest", "pip", "tests", "infra") if (unpacked / each).exists()]
    assert not list(unpacked.rglob("*.pyi"))
    models = {path.name for path in (unpacked / "botocore" / "data").iterdir() if path.is_dir()}
    assert models <= {
        "apigatewaymanagementapi",
        "dynamodb",
        "lambda",
        "s3",
        "secretsmanager",
        "sesv2",
        "sqs",
        "sts",
    }
    text = next((unpacked / "botocore" / "data" / "dynamodb").rglob("service-2.json")).read_text()
    assert not re.search(r'"documentation":"[^"]', text)


def test_the_same_files_give_the_same_zip(tmp_path: Path):
    folder = tmp_path / "folder"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "one.py").write_text("1")
    (folder / "two.py").write_text("2")
    archive.append(tmp_path / "first.zip", folder)
    (folder / "two.py").touch()
    archive.append(tmp_path / "second.zip", folder)
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_a_file_that_did_not_get_into_the_zip_stops_the_build(release: Release, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(building, "CODE", (*building.CODE, "Makefile"))
    with pytest.raises(BuildFailed, match="not in the zip: Makefile"):
        building._assert_whole(release)


def test_a_release_for_lambda_asks_for_its_own_wheels():
    options = target.arm64().pip_options if _has_lambda_python() else ()
    assert not options or {"--platform", "manylinux2014_aarch64", "cp313"} <= set(options)


def _has_lambda_python() -> bool:
    try:
        return bool(target.arm64())
    except SystemExit:
        return False


def test_overlay_merges_mappings_replaces_the_rest_and_takes_away_by_null():
    base = {"a": {"b": 1, "c": [1], "d": {"Ref": "X"}}, "e": 1}
    part = {"a": {"c": [2], "d": {"Fn::Sub": "${Y}"}}, "e": None}
    assert overlay(base, part) == {"a": {"b": 1, "c": [2], "d": {"Fn::Sub": "${Y}"}}}
    with pytest.raises(ValueError, match="nothing is taken away but is not there"):
        overlay(base, {"nothing": None})


def test_a_misspelt_function_is_not_a_new_resource(tmp_path: Path):
    part = tmp_path / "part.yaml"
    part.write_text("Resources: {Swep: {Properties: {Timeout: 1}}}")
    with pytest.raises(ValueError, match="Swep"):
        assemble({"Resources": {"Sweep": {"Type": "T"}}}, [part])


def test_what_is_left_out_takes_its_outputs_and_dependencies_along():
    template = {
        "Resources": {
            "Site": {"Type": "AWS::CloudFront::Distribution"},
            "Other": {"Type": "AWS::SQS::Queue", "DependsOn": ["Site", "Third"]},
            "Third": {"Type": "AWS::SQS::Queue"},
        },
        "Outputs": {
            "Address": {"Value": {"Fn::Sub": "https://${Site.DomainName}"}},
            "Queue": {"Value": {"Ref": "Third"}},
        },
    }
    left = without(template, ["AWS::CloudFront::*"])
    assert left["Resources"] == {
        "Other": {"Type": "AWS::SQS::Queue", "DependsOn": ["Third"]},
        "Third": {"Type": "AWS::SQS::Queue"},
    }
    assert list(left["Outputs"]) == ["Queue"]
