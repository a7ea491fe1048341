"""What wakes a person stands in the runbook."""

import re

from infra.paths import ROOT, TEMPLATES

RUNBOOK = (ROOT / "docs" / "operations.md").read_text()
RUNG = re.compile(r'alarms\.money\(\s*"(\w+)"')


def test_whatever_is_said_about_money_has_its_line():
    code = "\n".join(path.read_text() for path in (ROOT / "chalicelib").rglob("*.py"))
    said = set(RUNG.findall(code))
    assert said, "nothing is ever said"
    assert said <= set(re.findall(r"`(\w+)`", RUNBOOK))


def test_alarms_about_money_are_found_by_their_words():
    alarms = (TEMPLATES / "app" / "watch.yaml").read_text()
    for words in (
        "Money owed to a mentor is not moving",
        "A payment, refund or posting is not settled",
        "Bank details do not reach the gateway",
        "Something about money needs a person",
    ):
        assert words in alarms
        assert f"| {words} |" in RUNBOOK
