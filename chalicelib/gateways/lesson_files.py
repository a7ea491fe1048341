"""What two people share, in its private bucket: written and read by their browsers through links that soon lapse."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from chalicelib.domain.errors import Conflict, Gone
from chalicelib.domain.recordings import Part

LINK_LIFE, UPLOAD_LIFE = timedelta(minutes=5), timedelta(minutes=10)
# What S3 says of parts that make no whole: the browser's list of them is wrong, or one in the middle is too small.
WRONG_PARTS = ("InvalidPart", "InvalidPartOrder", "EntityTooSmall", "MalformedXML", "InvalidRequest")
NO_UPLOAD = ("NoSuchUpload",)
NOT_THERE = ("404", "NoSuchKey", "NotFound")


class LessonFiles:
    """The S3 client is opened at the first use; `endpoint` is where browsers find the bucket."""

    def __init__(self, open_s3: Callable[[], Any], bucket: str, endpoint: str):
        self._open_s3, self._bucket, self._endpoint = open_s3, bucket, endpoint

    def upload_link(self, key: str, size: int, life: timedelta = UPLOAD_LIFE) -> str:
        """Leave to put exactly so many bytes in this one place."""
        return self._signed("put_object", life, Key=key, ContentLength=size)

    def link(self, key: str, content_type: str, name: str | None = None, life: timedelta = LINK_LIFE) -> str:
        """Leave to read one object; with a name it is saved under it, never opened as a page."""
        saved = {"ResponseContentDisposition": disposition(name)} if name else {}
        return self._signed("get_object", life, Key=key, ResponseContentType=content_type, **saved)

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """What was inspected."""
        self._open_s3().put_object(Bucket=self._bucket, Key=key, Body=content, ContentType=content_type)

    def there(self, prefix: str) -> set[str]:
        """The keys below a prefix that a session can fill: a page of a thousand is more than there are."""
        answer = self._open_s3().list_objects_v2(Bucket=self._bucket, Prefix=prefix)
        return {each["Key"] for each in answer.get("Contents", ())}

    def remove(self, keys: Iterable[str]) -> None:
        """Gone; what is gone already is no fault."""
        for key in keys:
            self._open_s3().delete_object(Bucket=self._bucket, Key=key)

    def begin(self, key: str, content_type: str) -> str:
        """An upload in parts; its id."""
        begun = self._open_s3().create_multipart_upload(Bucket=self._bucket, Key=key, ContentType=content_type)
        return str(begun["UploadId"])

    def part_link(self, key: str, upload_id: str, number: int, size: int) -> str:
        """Leave to put one part of exactly so many bytes."""
        part = {"UploadId": upload_id, "PartNumber": number, "ContentLength": size}
        return self._signed("upload_part", UPLOAD_LIFE, Key=key, **part)

    def parts(self, key: str, upload_id: str) -> list[Part]:
        """The parts that have arrived, in order; none if the upload is over."""
        found: list[Part] = []
        client, after = self._open_s3(), 0
        while True:
            try:
                answer = client.list_parts(Bucket=self._bucket, Key=key, UploadId=upload_id, PartNumberMarker=after)
            except client.exceptions.ClientError as error:
                if _code(error) in NO_UPLOAD:
                    return found
                raise
            found += [Part(each["PartNumber"], each["ETag"], each["Size"]) for each in answer.get("Parts", ())]
            if not answer.get("IsTruncated"):
                return found
            after = answer["NextPartNumberMarker"]

    def complete(self, key: str, upload_id: str, parts: Sequence[Part]) -> int:
        """One object of all the parts; its size. Asked for again, or with no parts left, what was made then."""
        if parts:  # S3 takes no empty list, be the upload over or not
            self._join(key, upload_id, parts)
        size = self._size(key)
        if size is None:
            raise Gone("recording_lost", "This recording was not finished in time.")
        return size

    def abort(self, key: str, upload_id: str) -> None:
        """What has arrived is thrown away; what is over already is no fault."""
        client = self._open_s3()
        try:
            client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)
        except client.exceptions.ClientError as error:
            if _code(error) not in NO_UPLOAD:
                raise

    def _join(self, key: str, upload_id: str, parts: Sequence[Part]) -> None:
        client = self._open_s3()
        listed = {"Parts": [{"PartNumber": part.number, "ETag": part.etag} for part in parts]}
        try:
            client.complete_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id, MultipartUpload=listed)
        except client.exceptions.ClientError as error:
            if _code(error) in WRONG_PARTS:
                raise Conflict("wrong_parts", "The parts of this recording do not make a whole.") from None
            if _code(error) not in NO_UPLOAD:
                raise

    def _size(self, key: str) -> int | None:
        client = self._open_s3()
        try:
            return int(client.head_object(Bucket=self._bucket, Key=key)["ContentLength"])
        except client.exceptions.ClientError as error:
            if _code(error) in NOT_THERE:
                return None
            raise

    def _signed(self, operation: str, life: timedelta, **wanted: Any) -> str:
        """At the address browsers know: S3's own, or on a developer's machine the site's."""
        client, seconds = self._open_s3(), int(life.total_seconds())
        parts = urlsplit(
            client.generate_presigned_url(operation, {"Bucket": self._bucket, **wanted}, ExpiresIn=seconds)
        )
        return f"{self._endpoint}{parts.path.removeprefix(f'/{self._bucket}')}?{parts.query}"


def disposition(name: str) -> str:
    """RFC 6266: the name as it is for browsers of today, plainly for others, with no sign that would end the header."""
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _code(error: Any) -> str:
    return str(error.response["Error"]["Code"])
