"""/media/*: pictures from their bucket. /uploads and /lessons/*: what is presigned, on its way to S3."""

from aiohttp import ClientError, ClientSession, web
from yarl import URL

from infra.local.proxy.front import Front
from infra.local.proxy.gateway import HOP_BY_HOP

ABOUT_THE_FORM = ("Content-Type", "Content-Length", "Origin")
CONDITIONS = ("If-None-Match", "If-Modified-Since", "Range")


class Objects:
    """What S3 does for the site."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def media(self, front: Front, request: web.Request) -> web.StreamResponse:
        """An object of the media bucket, fetched with the rights CloudFront has there."""
        wanted = {"Bucket": front.known["MediaBucket"], "Key": request.path[1:]}
        address = front.s3.generate_presigned_url("get_object", Params=wanted, ExpiresIn=60)
        headers = {name: request.headers[name] for name in CONDITIONS if name in request.headers}
        return await self._fetch(front, "GET", address, headers, None)

    async def upload(self, front: Front, request: web.Request) -> web.StreamResponse:
        """The form as the browser sent it; S3 checks the policy in it."""
        headers = {name: request.headers[name] for name in ABOUT_THE_FORM if name in request.headers}
        address = f"{front.emulator}/{front.known['UploadsBucket']}"
        return await self._fetch(front, "POST", address, headers, await request.read())

    async def lesson(self, front: Front, request: web.Request) -> web.StreamResponse:
        """An object that two people share; S3 checks the signature, which is for its own address."""
        headers = {name: request.headers[name] for name in (*ABOUT_THE_FORM, *CONDITIONS) if name in request.headers}
        path = request.raw_path.removeprefix("/lessons")
        address = f"{front.emulator}/{front.known['LessonsBucket']}{path}"
        body = await request.read() if request.method == "PUT" else None
        return await self._fetch(front, request.method, address, headers, body)

    async def _fetch(
        self, front: Front, method: str, address: str, headers: dict[str, str], body: bytes | None
    ) -> web.StreamResponse:
        try:
            async with self._session.request(method, URL(address, encoded=True), headers=headers, data=body) as answer:
                response = web.Response(status=answer.status, body=await answer.read())
                response.headers.clear()
                kept = {
                    k: v
                    for k, v in answer.headers.items()
                    if k.lower() not in HOP_BY_HOP and not k.lower().startswith("access-")
                }
                response.headers.update(kept | front.data_headers)
                return response
        except (ClientError, OSError, TimeoutError):
            return web.Response(status=503, headers={"Retry-After": "2"})
