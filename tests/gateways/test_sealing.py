"""What is sealed can be opened with the deployment's secret alone."""

from dataclasses import replace

import pytest
from nacl.exceptions import CryptoError

from chalicelib.gateways.sealing import Sealing
from tests.fakes.world import SECRETS


def test_it_comes_back_as_it_was_and_never_looks_the_same():
    sealing = Sealing(lambda: SECRETS)
    one, other = sealing.sealed("ABCDE1234F"), sealing.sealed("ABCDE1234F")
    assert one != other and "ABCDE" not in one
    assert sealing.opened(one) == sealing.opened(other) == "ABCDE1234F"


def test_another_secret_does_not_open_it():
    sealed = Sealing(lambda: SECRETS).sealed("ABCDE1234F")
    with pytest.raises(CryptoError):
        Sealing(lambda: replace(SECRETS, pan=SECRETS.totp)).opened(sealed)
