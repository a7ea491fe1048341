"""Upload forms, signed as S3 wants them."""

import base64
import json

from botocore.session import Session

from chalicelib.gateways.uploads import Uploads
from tests.fakes.world import CONFIG


def test_a_form_allows_one_key_one_type_and_one_size_for_ten_minutes():
    s3 = Session().create_client("s3", "ap-south-1", aws_access_key_id="k", aws_secret_access_key="s")
    form = Uploads(CONFIG, lambda: s3).presigned_post("quarantine/photos/u/1", "image/png", 500)
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    assert form.url == "/uploads"
    for condition in (
        {"Content-Type": "image/png"},
        ["content-length-range", 1, 500],
        {"bucket": "uploads"},
        {"key": "quarantine/photos/u/1"},
    ):
        assert condition in policy["conditions"]
    assert form.fields["Content-Type"] == "image/png" and "x-amz-signature" in form.fields
