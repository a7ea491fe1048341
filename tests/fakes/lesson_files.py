"""The private bucket of lessons in memory: a test plays the browser that writes through links."""

from typing import Any

from chalicelib.domain.errors import Conflict, Gone
from chalicelib.domain.recordings import SMALLEST_PART, Part
from chalicelib.gateways.lesson_files import LINK_LIFE, UPLOAD_LIFE, LessonFiles


class FakeLessonFiles(LessonFiles):
    """`objects` by key; `uploads` holds each open upload's parts; what is named in `broken` fails when it is asked."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.uploads: dict[str, dict[int, Part]] = {}
        self.broken: set[str] = set()

    def upload_link(self, key: str, size: int, life: Any = UPLOAD_LIFE) -> str:
        self._work("upload_link")
        return f"/lessons/{key}?bytes={size}"

    def link(self, key: str, content_type: str, name: str | None = None, life: Any = LINK_LIFE) -> str:
        self._work("link")
        return f"/lessons/{key}?type={content_type}&name={name or ''}&seconds={int(life.total_seconds())}"

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self._work("put")
        self.objects[key] = content

    def there(self, prefix: str) -> set[str]:
        self._work("there")
        return {key for key in self.objects if key.startswith(prefix)}

    def remove(self, keys: Any) -> None:
        self._work("remove")
        for key in keys:
            self.objects.pop(key, None)

    def begin(self, key: str, content_type: str) -> str:
        self._work("begin")
        self.uploads[upload_id := f"upload-{len(self.uploads) + 1}"] = {}
        return upload_id

    def part_link(self, key: str, upload_id: str, number: int, size: int) -> str:
        self._work("part_link")
        return f"/lessons/{key}?uploadId={upload_id}&partNumber={number}&bytes={size}"

    def arrives(self, upload_id: str, number: int, size: int = SMALLEST_PART) -> Part:
        """A browser has sent a part."""
        self.uploads[upload_id][number] = part = Part(number, f'"etag-{number}"', size)
        return part

    def parts(self, key: str, upload_id: str) -> list[Part]:
        self._work("parts")
        return [part for _, part in sorted(self.uploads.get(upload_id, {}).items())]

    def complete(self, key: str, upload_id: str, parts: Any) -> int:
        self._work("complete")
        if parts and upload_id in self.uploads:
            known = self.uploads[upload_id]
            if any(known.get(part.number, part).etag != part.etag for part in parts):
                raise Conflict("wrong_parts", "The parts of this recording do not make a whole.")
            self.objects[key] = b"." * sum(known[part.number].size for part in parts)
            del self.uploads[upload_id]
        self._work("complete_answer")
        if key not in self.objects:
            raise Gone("recording_lost", "This recording was not finished in time.")
        return len(self.objects[key])

    def abort(self, key: str, upload_id: str) -> None:
        self._work("abort")
        self.uploads.pop(upload_id, None)

    def _work(self, what: str) -> None:
        if what in self.broken:
            raise ConnectionError("the bucket is not there")
