"""Pictures on their way in (a signed form, straight to the quarantine bucket) and out of the public one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.config import Config
from chalicelib.domain.uploads import UploadForm

FORM_LIFE = timedelta(minutes=10)
SIZES = (256, 96)


class Uploads:
    """The S3 client is opened at the first use: most calls never need it."""

    def __init__(self, config: Config, open_s3: Callable[[], Any]):
        self._config, self._open_s3 = config, open_s3

    def presigned_post(self, key: str, content_type: str, max_bytes: int) -> UploadForm:
        """Leave to put one file of this kind, no larger, in this one place, for ten minutes."""
        form = self._open_s3().generate_presigned_post(
            self._config.uploads_bucket,
            key,
            Fields={"Content-Type": content_type},
            Conditions=[{"Content-Type": content_type}, ["content-length-range", 1, max_bytes]],
            ExpiresIn=int(FORM_LIFE.total_seconds()),
        )
        return UploadForm(self._config.uploads_endpoint, form["fields"])

    def remove_photo(self, photo: str) -> None:
        """A public picture in all its sizes; one that is gone already is no fault."""
        for size in SIZES:
            self._open_s3().delete_object(Bucket=self._config.media_bucket, Key=f"media/{photo}-{size}.jpg")
