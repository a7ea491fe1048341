"""Pictures that people upload: read from quarantine, made anew, published; the original is never shown."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any

from chalicelib.domain.errors import Invalid

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 24_000_000  # a decoded WebP takes four times four bytes for each, and there are 512 MB
SIZES = (256, 96)
ENOUGH = 2 * max(SIZES)
REDUCIBLE = ("RGB", "RGBA", "L", "LA", "CMYK")
TOO_MANY_PIXELS = "The picture has too many pixels: 24 megapixels at most."
FORMATS = ("JPEG", "PNG", "WEBP")
MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
QUALITY = 86
FOR_EVER = "public, max-age=31536000, immutable"


class Pictures:
    """`client` makes the S3 client when it is first needed."""

    def __init__(self, client: Callable[[], Any], uploads: str, media: str):
        self._client, self._uploads, self._media = client, uploads, media

    def take(self, key: str, most: int = MOST_BYTES) -> bytes | None:
        """What was uploaded, or None if it is no longer there; more than the limit is never read."""
        client = self._client()
        try:
            answer = client.get_object(Bucket=self._uploads, Key=key)
        except client.exceptions.NoSuchKey:
            return None
        with answer["Body"] as body:
            content: bytes = body.read(most + 1)
        return content

    def squares(self, content: bytes) -> Mapping[int, bytes]:
        """The picture made anew in each size, or refused in words."""
        return squares(content)

    def drawing(self, content: bytes) -> bytes:
        """What was drawn, made anew, or refused in words."""
        return drawing(content)

    def publish(self, key: str, jpeg: bytes) -> None:
        """For everyone to see; a key is made of what it names, so it may be kept for ever."""
        self._client().put_object(
            Bucket=self._media, Key=key, Body=jpeg, ContentType="image/jpeg", CacheControl=FOR_EVER
        )

    def withdraw(self, keys: Iterable[str]) -> None:
        """No longer for anyone to see."""
        for key in keys:
            self._client().delete_object(Bucket=self._media, Key=key)

    def discard(self, key: str) -> None:
        """Out of quarantine, whatever came of it."""
        self._client().delete_object(Bucket=self._uploads, Key=key)


def squares(content: bytes) -> Mapping[int, bytes]:
    """The picture upright, cut to a square and made anew in each size: only its pixels survive."""
    if len(content) > MOST_BYTES:
        raise _refused("The picture is larger than 5 MB.")
    if not content.startswith(MAGIC):
        raise _refused("This is not a JPEG, PNG or WebP picture.")
    from PIL import Image  # only who makes pictures needs it

    try:
        return _made_anew(content)
    except Invalid:
        raise
    except Image.DecompressionBombError:
        raise _refused(TOO_MANY_PIXELS) from None
    except Exception:  # whatever a decoder stumbles over
        raise _refused("The picture is damaged and cannot be read.") from None


def drawing(content: bytes) -> bytes:
    """A board's picture as a PNG of the same size: only its pixels survive."""
    if not content.startswith(MAGIC[1]):
        raise _refused("This is not a PNG picture.")
    from PIL import Image

    try:
        with Image.open(BytesIO(content), formats=("PNG",)) as opened:
            _must_not_be_huge(*opened.size)
            made, image = BytesIO(), _opaque(opened)
            image.info = {}
            image.save(made, "PNG", optimize=True)
            return made.getvalue()
    except Invalid:
        raise
    except Exception:  # whatever a decoder stumbles over
        raise _refused("The picture is damaged and cannot be read.") from None


def _made_anew(content: bytes) -> Mapping[int, bytes]:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        _must_fit(*opened.size)
        opened.draft("RGB", (ENOUGH, ENOUGH))
        upright = _opaque(ImageOps.exif_transpose(_smaller(opened)))
    return {size: _jpeg(ImageOps.fit(upright, (size, size), Image.Resampling.LANCZOS)) for size in SIZES}


def _smaller(image: Any) -> Any:
    """No more pixels than are needed, before each step copies them all; whole numbers keep the sides' proportion."""
    factor = min(image.size) // ENOUGH
    if factor < 2:
        return image
    if image.mode in ("P", "PA"):  # numbers of colours have no mean
        image = image.convert("RGBA" if image.mode == "PA" or "transparency" in image.info else "RGB")
    return image.reduce(factor) if image.mode in REDUCIBLE else image


def _must_not_be_huge(width: int, height: int) -> None:
    """Asked before a pixel is decoded: a few kilobytes can claim to be gigabytes."""
    if width * height > MOST_PIXELS:
        raise _refused(TOO_MANY_PIXELS)


def _must_fit(width: int, height: int) -> None:
    """A face needs some pixels, too."""
    _must_not_be_huge(width, height)
    if min(width, height) < min(SIZES):
        raise _refused(f"The picture is too small: at least {min(SIZES)} pixels each way.")


def _opaque(image: Any) -> Any:
    """Transparent parts become white; colours outside the web's own range are brought into it."""
    from PIL import Image

    image = _web_colours(image)
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, "white")
    return Image.alpha_composite(ground, layer).convert("RGB")


def _web_colours(image: Any) -> Any:
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        return ImageCms.profileToProfile(image, BytesIO(profile), ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError):
        return image


def _jpeg(image: Any) -> bytes:
    made = BytesIO()
    image.info = {}  # a comment would be written again
    image.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue()


def _refused(words: str) -> Invalid:
    return Invalid({"photo": words})
