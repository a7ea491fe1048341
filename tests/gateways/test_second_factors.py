"""Authenticator apps and recovery codes."""

from datetime import UTC, datetime, timedelta

import pytest
from nacl.exceptions import CryptoError

from chalicelib.gateways.second_factors import SecondFactors
from tests.fakes.world import SECRETS

FACTORS = SecondFactors(lambda: SECRETS)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", RFC 6238 appendix B
THEN = datetime.fromtimestamp(1111111109, UTC)


def test_codes_are_those_of_rfc_6238():
    assert FACTORS.step_of(FACTORS.sealed(RFC_SECRET), "081804", THEN) == 1111111109 // 30


@pytest.mark.parametrize(("off", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_phone_may_be_half_a_minute_off(off, taken):
    step = FACTORS.step_of(FACTORS.sealed(RFC_SECRET), "081804", THEN + timedelta(seconds=off))
    assert (step is not None) == taken


def test_a_sealed_secret_is_of_no_use_without_the_deployments_own():
    sealed = FACTORS.sealed(RFC_SECRET)
    assert RFC_SECRET not in sealed
    other = SecondFactors(lambda: type(SECRETS)(**vars(SECRETS) | {"totp": "QUJD" * 10 + "QUI="}))
    with pytest.raises((CryptoError, ValueError)):
        other.step_of(sealed, "081804", THEN)


def test_recovery_codes_differ_and_are_stored_as_hashes():
    codes = FACTORS.new_recovery_codes(10)
    hashes = FACTORS.recovery_hashes(codes)
    assert len(set(codes)) == len(set(hashes)) == 10
    assert FACTORS.recovery_hashes([codes[0].upper().replace("-", " ")]) == hashes[:1]


def test_the_picture_is_an_svg_that_can_stand_in_a_page():
    svg = FACTORS.qr_svg(FACTORS.uri(RFC_SECRET, "lena@example.com"))
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')  # without, no browser shows it as a picture
    assert "<script" not in svg
