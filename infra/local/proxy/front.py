"""What the proxy is told, and what it reads out of the production template, looked at again whenever either changes."""

import json
import os
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from infra import secrets
from infra.local.place import KEY, REGION, SECRET
from infra.paths import SITE
from infra.release.template import Template, value_of
from infra.stacks import Account

# A browser keeps to HTTPS for two years once it is told to, and nothing else on this machine's port 8000 would work.
LEFT_OUT = "StrictTransportSecurity"
NAMES = {
    "ContentSecurityPolicy": "Content-Security-Policy",
    "ContentTypeOptions": "X-Content-Type-Options",
    "FrameOptions": "X-Frame-Options",
    "ReferrerPolicy": "Referrer-Policy",
}


@dataclass(frozen=True)
class Limits:
    """API Gateway's quotas; a test may shorten the long ones."""

    payload: int = 10 * 1024 * 1024
    frame: int = 32 * 1024
    message: int = 128 * 1024
    idle: float = 10 * 60.0
    connection: float = 2 * 60 * 60.0

    @classmethod
    def from_environment(cls) -> "Limits":
        """LIMIT_IDLE=2 and the like."""
        given = {name: os.environ.get(f"LIMIT_{name.upper()}") for name in cls.__annotations__}
        return cls(**{name: type(getattr(cls, name))(value) for name, value in given.items() if value})


@dataclass(frozen=True)
class Front:
    """One deployment as the proxy sees it."""

    emulator: str
    known: dict[str, str]
    template: Template
    site: Path = SITE
    razorpay: str = ""

    @cached_property
    def account(self) -> Account:
        """The emulated AWS."""
        return Account(REGION, self.emulator, KEY, SECRET)

    @cached_property
    def origin_secret(self) -> str:
        """What the API knows its front door by."""
        held: str = secrets.ensure(self.account.client("secretsmanager"), self.known["SecretsArn"])["origin"]
        return held

    @cached_property
    def s3(self) -> Any:
        """For signing: buckets let in only who may read them."""
        return self.account.client("s3")

    def page_headers(self, path: str) -> dict[str, str]:
        """The response headers of the site, which its checkout has of its own."""
        config = self.template["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
        own = [each for each in config["CacheBehaviors"] if each["TargetOriginId"] == "site"]
        on_path = (each for each in own if fnmatchcase(path, each["PathPattern"]))
        behaviour = next(on_path, config["DefaultCacheBehavior"])
        return self._headers[behaviour["ResponseHeadersPolicyId"]["Ref"]]

    @cached_property
    def data_headers(self) -> dict[str, str]:
        """The response headers of what is not a page."""
        return self._headers["DataHeaders"]

    @cached_property
    def _headers(self) -> dict[str, dict[str, str]]:
        resources = self.template["Resources"].items()
        policies = [name for name, each in resources if each["Type"] == "AWS::CloudFront::ResponseHeadersPolicy"]
        return {name: self._response_headers(name) for name in policies}

    def _response_headers(self, policy: str) -> dict[str, str]:
        config = self._properties(policy)["ResponseHeadersPolicyConfig"]
        headers = {each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]}
        for kind, setting in config["SecurityHeadersConfig"].items():
            if kind != LEFT_OUT:
                headers[NAMES[kind]] = setting.get(kind) or setting.get("FrameOption") or "nosniff"
        return headers

    def passed_on(self, policy: str) -> set[str]:
        """The request headers CloudFront lets through to an origin, in lower case."""
        return {each.lower() for each in self._requests(policy)["HeadersConfig"]["Headers"]}

    @cached_property
    def cookies(self) -> set[str]:
        """The cookies CloudFront lets through to the API."""
        return set(self._requests("ApiRequests")["CookiesConfig"]["Cookies"])

    def _requests(self, policy: str) -> dict[str, Any]:
        config: dict[str, Any] = self._properties(policy)["OriginRequestPolicyConfig"]
        return config

    def gateway_answer(self, kind: str) -> tuple[int, str]:
        """The gateway's own answer of a kind, as the template words it."""
        answer = self.template["Resources"]["RestAPI"]["Properties"]["GatewayResponses"][kind]
        return answer["StatusCode"], answer["ResponseTemplates"]["application/json"]

    def _properties(self, name: str) -> dict[str, Any]:
        place = {"AWS::Region": REGION, "AWS::URLSuffix": "amazonaws.com", "AWS::StackName": "local", **self.known}
        found: dict[str, Any] = value_of(self.template["Resources"][name]["Properties"], place)
        return found


class Settings:
    """The settings file, read again when it changes."""

    def __init__(self, path: Path) -> None:
        self._path, self._seen = path, (0, 0)
        self._front: Front | None = None

    @property
    def port(self) -> int:
        """Where to listen."""
        port: int = json.loads(self._path.read_text())["port"]
        return port

    @property
    def front(self) -> Front:
        """The deployment as of now."""
        now = (self._path.stat().st_mtime_ns, self._path.stat().st_ino)
        if self._front is None or now != self._seen:
            told = json.loads(self._path.read_text())
            template = json.loads(Path(told["template"]).read_text())
            site, razorpay = Path(told["site"]), told["razorpay"]
            self._front, self._seen = Front(told["emulator"], told["known"], template, site, razorpay), now
        return self._front
