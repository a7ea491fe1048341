"""Links into the private bucket as AWS signs them: for the address that pages may reach, and for so many bytes."""

from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import Session

from chalicelib.domain.recordings import Part
from chalicelib.gateways.lesson_files import LessonFiles, disposition
from chalicelib.wiring import PATIENCE

HOST = "https://lessons.s3.ap-south-1.amazonaws.com"


def files(endpoint=HOST, aws=None):
    client = Session().create_client(
        "s3",
        "ap-south-1",
        endpoint_url=aws,
        aws_access_key_id="AKIA",
        aws_secret_access_key="x",
        config=Config(**PATIENCE["s3"]),
    )
    return LessonFiles(lambda: client, "lessons", endpoint)


def test_a_link_is_signed_for_the_buckets_regional_address_which_is_the_one_pages_may_reach(monkeypatch):
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)  # a stack that runs beside the tests has one
    client = files()._open_s3()
    signed = client.generate_presigned_url("get_object", {"Bucket": "lessons", "Key": "a"})
    assert signed.startswith(f"{HOST}/a?"), "the host is part of what is signed"
    assert files().link("a/b", "text/plain").startswith(f"{HOST}/a/b?")


def test_on_a_developers_machine_it_is_the_sites_own_address():
    link = files("/lessons", "http://127.0.0.1:8001").link("documents/bkg_1/mentor", "text/plain")
    assert link.startswith("/lessons/documents/bkg_1/mentor?")


@pytest.mark.parametrize(
    "link", [files().upload_link("documents/bkg_1/mentor", 12), files().part_link("recordings/b/r", "u", 1, 12)]
)
def test_a_length_is_part_of_what_is_signed_and_no_checksum_of_nothing(link):
    query = parse_qs(urlsplit(link).query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;host"]
    assert query["X-Amz-Expires"] == ["600"]
    assert not [name for name in query if "checksum" in name.lower()]


@pytest.mark.parametrize("name", ['a"; evil="1.pdf', "a\r\nSet-Cookie: x.pdf", "日本語.pdf", "notes.pdf"])
def test_no_name_ends_the_header(name):
    said = disposition(name)
    assert said.isascii() and said.isprintable() and said.count('"') == 2
    assert said.split(";")[0] == "attachment"


class Bucket:
    """A bucket that holds what was put together before, and refuses empty lists as S3 does."""

    class exceptions:  # noqa: N801 (botocore names it so)
        ClientError = ClientError

    def complete_multipart_upload(self, **asked):
        empty = not asked["MultipartUpload"]["Parts"]
        raise ClientError({"Error": {"Code": "MalformedXML" if empty else "NoSuchUpload"}}, "CompleteMultipartUpload")

    def head_object(self, **_):
        return {"ContentLength": 7}


@pytest.mark.parametrize("parts", [[], [Part(1, "etag")]])
def test_what_was_put_together_before_is_found_even_by_whoever_knows_no_parts_of_it_any_more(parts):
    assert LessonFiles(Bucket, "lessons", HOST).complete("recordings/b/r", "u", parts) == 7
