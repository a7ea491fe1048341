"""AWS clients that answer as theirs do and remember what they were asked."""

from typing import Any


class FakeS3:
    """Signs nothing, deletes nothing."""

    def __init__(self) -> None:
        self.deleted: list[str] = []

    def generate_presigned_post(self, bucket: str, key: str, **form: Any) -> dict[str, Any]:
        return {"url": f"https://{bucket}.s3", "fields": {"key": key, **form["Fields"], "policy": "signed"}}

    def delete_object(self, *, Bucket: str, Key: str) -> None:  # noqa: N803 (AWS names them so)
        self.deleted.append(Key)
