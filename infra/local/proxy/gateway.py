"""/api/*: to the REST API, with what CloudFront lets through and what API Gateway refuses."""

from http.cookies import CookieError, SimpleCookie

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from multidict import CIMultiDict
from yarl import URL

from infra.local.proxy.front import Front, Limits

HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "content-length",
    "content-encoding",
    "upgrade",
    "te",
    "server",
    "date",
}
# Sent on whatever the policy says.
ALWAYS = ("Content-Type", "Accept-Encoding")
# What the client would say if the browser did not.
NOT_ADDED = ("Content-Type", "User-Agent", "Accept")
GATEWAY_PATIENCE = 29


class RestApi:
    """One emulated REST API behind its distribution."""

    def __init__(self, session: ClientSession, limits: Limits) -> None:
        self._session, self._limits = session, limits

    async def answer(self, front: Front, request: web.Request) -> web.StreamResponse:
        """Pass a call on and its answer back."""
        if (request.content_length or 0) > self._limits.payload:
            return refused(front, "REQUEST_TOO_LARGE")
        body = await request.content.read(self._limits.payload + 1)
        while not request.content.at_eof() and len(body) <= self._limits.payload:
            body += await request.content.read(self._limits.payload + 1 - len(body))
        if len(body) > self._limits.payload:
            return refused(front, "REQUEST_TOO_LARGE")
        address = f"{front.emulator}/_aws/execute-api/{front.known['RestAPIId']}{request.raw_path}"
        try:
            async with self._session.request(
                request.method,
                URL(address, encoded=True),
                headers=let_through(front, request, "ApiRequests"),
                data=body or None,
                skip_auto_headers=NOT_ADDED,
                allow_redirects=False,
                timeout=ClientTimeout(total=GATEWAY_PATIENCE),
            ) as answer:
                response = web.Response(status=answer.status, body=await answer.read())
                response.headers.clear()
                for name, value in answer.headers.items():
                    if name.lower() not in HOP_BY_HOP:
                        response.headers.add(name, value)
        except TimeoutError:
            return refused(front, "INTEGRATION_TIMEOUT")
        except (ClientError, OSError):
            return refused(front, "DEFAULT_5XX", 503)
        response.headers.update(front.data_headers)
        return response


def let_through(front: Front, request: web.Request, policy: str) -> CIMultiDict[str]:
    """The headers an origin behind CloudFront sees; the two that say where the request came from are ours alone."""
    wanted = front.passed_on(policy) | {each.lower() for each in ALWAYS}
    headers = CIMultiDict((name, value) for name, value in request.headers.items() if name.lower() in wanted)
    headers["CloudFront-Viewer-Address"] = viewer(request)
    headers["X-PeerLearn-Origin"] = front.origin_secret
    if kept := _cookies(request.headers.get("Cookie", ""), front.cookies):
        headers["Cookie"] = kept
    return headers


def viewer(request: web.Request) -> str:
    """address:port, as CloudFront writes it."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return f"{peer[0]}:{peer[1]}" if peer else "127.0.0.1:0"


def _cookies(header: str, names: set[str]) -> str:
    try:
        return "; ".join(
            f"{name}={morsel.coded_value}" for name, morsel in SimpleCookie(header).items() if name in names
        )
    except CookieError:
        return ""


def refused(front: Front, kind: str, status: int | None = None) -> web.Response:
    """One of the gateway's own answers."""
    headers = {**front.data_headers, "Retry-After": "2"}
    if kind.startswith("DEFAULT"):
        words = front.template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"][kind]["ResponseTemplates"]
        return web.Response(
            status=status or 500, text=words["application/json"], content_type="application/json", headers=headers
        )
    given, text = front.gateway_answer(kind)
    return web.Response(status=given, text=text, content_type="application/json", headers=headers)
