"""What AWS's own SDK would sign: the measure of our signatures."""

from datetime import datetime

import pytest
from botocore import auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from chalicelib.gateways import signing

KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"


@pytest.fixture
def own(monkeypatch):
    """Credentials in the environment, as Lambda has them."""

    def made(token=""):
        held = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_SESSION_TOKEN": token}
        for name, value in held.items():
            monkeypatch.setenv(name, value)
        signing.own_credentials.cache_clear()

    yield made
    signing.own_credentials.cache_clear()


@pytest.fixture
def as_the_sdk_asks(monkeypatch):
    """The proof that botocore puts on the same request, at the same second."""

    def proof(method, url, body, headers, service):
        at = datetime.strptime(headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
        monkeypatch.setattr(auth, "get_current_datetime", lambda *_, **__: at)
        ours = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token")
        bare = {name: value for name, value in headers.items() if name not in ours}
        request = AWSRequest(method, url, data=body, headers=bare)
        signer = auth.SigV4Auth(Credentials(KEY, SECRET, headers.get("X-Amz-Security-Token")), service, "ap-south-1")
        signer.add_auth(request)
        return request.headers["Authorization"]

    return proof
