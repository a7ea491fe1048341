"""How the site is served: CloudFront's behaviours, headers and functions, and the list of pages."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra import site
from infra.paths import ROOT
from infra.site import file_of, headers_of, routes, status_of

Resources = dict[str, Any]
PATHS = [
    "/",
    "/mentors",
    "/m/asha-rao",
    "/m/",
    "/m",
    "/s/ses_01",
    "/s/ses_01/more",
    "/room/ses_01",
    "/checkout",
    "/checkout/bkg_01",
    "/mentor",
    "/mentor/new-session",
    "/settings/mentor",
    "/nowhere",
    "/a/b/c",
    "/assets/app.0f3a.js",
    "/assets/old.0f3a.js",
    "/robots.txt",
    "/x.png",
    "/m/asha.rao",
    "/index.html",
    "/assets",
]


def behaviours(app: Resources) -> dict[str, Resources]:
    """By path pattern."""
    config = app["Distribution"]["Properties"]["DistributionConfig"]
    return {"*": config["DefaultCacheBehavior"], **{each["PathPattern"]: each for each in config["CacheBehaviors"]}}


def test_each_behaviour_leads_to_its_origin(app: Resources):
    found = behaviours(app)
    assert {path: each["TargetOriginId"] for path, each in found.items()} == {
        "*": "site",
        "/checkout/*": "site",
        "/api/*": "api",
        "/ws": "sockets",
        "/media/*": "media",
    }
    assert all(each["ViewerProtocolPolicy"] in ("https-only", "redirect-to-https") for each in found.values())


def test_a_picture_taken_away_is_gone_from_the_edge_within_minutes(app: Resources):
    assert behaviours(app)["/media/*"]["CachePolicyId"] == {"Ref": "Pictures"}
    config = app["Pictures"]["Properties"]["CachePolicyConfig"]
    assert config["MinTTL"] <= config["DefaultTTL"] <= config["MaxTTL"] <= 300


@pytest.mark.parametrize("policy", ["SiteReadable", "MediaReadable"])
def test_what_is_missing_is_not_called_forbidden(app: Resources, policy: str):
    properties = app[policy]["Properties"]
    allowed = {each["Action"]: each for each in properties["PolicyDocument"]["Statement"]}
    assert allowed.keys() == {"s3:GetObject", "s3:ListBucket"}
    assert allowed["s3:ListBucket"]["Resource"]["Fn::Sub"].endswith(f":::${{{properties['Bucket']['Ref']}}}")
    for each in allowed.values():
        assert each["Condition"]["StringEquals"]["aws:SourceArn"]["Fn::Sub"].endswith("distribution/${Distribution}")


def test_no_error_page_of_the_distribution_stands_in_for_the_apis_json(app: Resources):
    assert "CustomErrorResponses" not in app["Distribution"]["Properties"]["DistributionConfig"]


def test_apis_prove_that_they_were_reached_through_cloudfront(app: Resources):
    origins = app["Distribution"]["Properties"]["DistributionConfig"]["Origins"]
    for origin in origins:
        if origin["Id"] in ("api", "sockets"):
            (header,) = origin["OriginCustomHeaders"]
            assert header["HeaderName"] == "X-PeerLearn-Origin"
            assert header["HeaderValue"]["Fn::Sub"].startswith("{{resolve:secretsmanager:")
        else:
            assert "OriginAccessControlId" in origin


def test_every_header_and_cookie_the_code_reads_is_let_through(app: Resources):
    allowed = set()
    for policy in ("ApiRequests", "SocketRequests"):
        config = app[policy]["Properties"]["OriginRequestPolicyConfig"]
        assert len(config["HeadersConfig"]["Headers"]) <= 10  # CloudFront's quota
        allowed |= {each.lower() for each in config["HeadersConfig"]["Headers"]}
    code = "\n".join(path.read_text() for path in (ROOT / "functions").rglob("*.py"))
    ways = (r'headers(?:\.get\(|\[)"([a-z-]+)"', r'_HEADER\b.*?"([a-z-]+)"', r'\.lower\(\) == "([a-z-]+)"')
    read = {name for way in ways for name in re.findall(way, code)}
    assert {"origin", "user-agent", "x-peerlearn", "cloudfront-viewer-address"} <= read
    assert read <= allowed | {"cookie", "x-peerlearn-origin"}
    cookies = set(app["ApiRequests"]["Properties"]["OriginRequestPolicyConfig"]["CookiesConfig"]["Cookies"])
    assert set(re.findall(r'"(__Host-[a-z]+)"', code)) <= cookies


def test_pages_may_load_nothing_but_their_own(app: Resources):
    security = app["PageHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    policy = dict(part.strip().split(" ", 1) for part in _policy(security).split(";"))
    assert policy["default-src"] == "'none'"
    for kind in ("script-src", "style-src", "font-src", "form-action", "manifest-src", "worker-src"):
        assert policy[kind] == "'self'", kind
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in _policy(security)
    assert policy["connect-src"].split()[:2] == ["'self'", "${SocketsOrigin}"]
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
    assert all(setting["Override"] for setting in security.values())


def test_razorpays_script_runs_on_the_checkout_and_nowhere_else(app: Resources):
    found = behaviours(app)
    headers = {path: each.get("ResponseHeadersPolicyId", {}).get("Ref") for path, each in found.items()}
    assert [path for path, name in headers.items() if name == "CheckoutHeaders"] == ["/checkout/*"]
    assert found["/checkout/*"]["FunctionAssociations"] == found["*"]["FunctionAssociations"]
    others = [each for name, each in app.items() if name != "CheckoutHeaders" and name.endswith("Headers")]
    assert "razorpay" not in json.dumps(others)


def test_the_checkout_allows_what_razorpays_script_needs_and_no_more(app: Resources):
    config = app["CheckoutHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy = dict(part.strip().split(" ", 1) for part in _policy(config["SecurityHeadersConfig"]).split(";"))
    razorpay = {
        kind: {each.removeprefix("https://") for each in value.split() if "razorpay" in each}
        for kind, value in policy.items()
    }
    assert {kind: hosts for kind, hosts in razorpay.items() if hosts} == {
        "script-src": {"checkout.razorpay.com", "cdn.razorpay.com"},
        "img-src": {"cdn.razorpay.com"},
        "connect-src": {"api.razorpay.com", "lumberjack.razorpay.com", "lumberjack-metrics.razorpay.com"},
        "frame-src": {"api.razorpay.com", "checkout.razorpay.com"},
        "form-action": {"api.razorpay.com"},
    }
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert [kind for kind, value in policy.items() if "unsafe" in value] == ["style-src-attr"]
    assert "upi:" in policy["frame-src"].split()
    own = {each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]}
    assert own["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert "camera=()" in own["Permissions-Policy"]


def test_a_webhook_reaches_the_api_with_its_signature(app: Resources):
    api = behaviours(app)["/api/*"]
    assert "POST" in api["AllowedMethods"]
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "AWS's CachingDisabled"
    headers = app["ApiRequests"]["Properties"]["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
    assert {"X-Razorpay-Signature", "X-Razorpay-Event-Id"} <= set(headers)


def _policy(security: Resources) -> str:
    text: str = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    return text


def test_functions_fit_into_cloudfront(app: Resources):
    for name, code in site.functions().items():
        assert app[name]["Properties"]["FunctionCode"] == code
        assert len(code.encode()) <= 10 * 1024


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as built now."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "frontend.build", "--out", str(out), "--origin", "https://peerlearn.example"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


def test_the_list_of_pages_is_what_is_built(dist: Path):
    listed = {file for group in routes().values() for file in group.values()}
    built = {f"/{path.relative_to(dist).as_posix()}" for path in dist.rglob("*") if path.is_file()}
    assert listed == {file for file in built if not file.startswith("/assets/")}
    assert all(address == file for address, file in routes()["files"].items())


def test_every_file_has_a_type_a_browser_takes(dist: Path):
    for path in dist.rglob("*"):
        if path.is_file():
            served = headers_of(f"/{path.relative_to(dist).as_posix()}")
            assert not served["Content-Type"].startswith("application/octet-stream"), path


def test_a_page_that_stands_for_a_missing_one_has_its_status():
    for path in ("/nowhere", "/x.png", "/m/a.b", "/index.html"):
        assert status_of(file_of(path)) == 404, path
    assert status_of(file_of("/mentors")) == 200


@pytest.mark.skipif(not shutil.which("node"), reason="CloudFront's functions are JavaScript, and Node is not installed")
def test_the_function_at_cloudfront_says_what_the_proxy_does():
    each = "(uri) => handler({request: {uri, querystring: {}}})"
    asked = f"console.info(JSON.stringify({json.dumps(PATHS)}.map({each})))"
    code = site.functions()["PagesFunction"] + asked
    said = json.loads(subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True).stdout)
    for path, answer in zip(PATHS, said, strict=True):
        if answer.get("statusCode") == 301:
            assert path.endswith("/")
        else:
            assert answer["uri"] == file_of(path), path


@pytest.mark.skipif(not shutil.which("node"), reason="CloudFront's functions are JavaScript, and Node is not installed")
def test_a_redirect_keeps_the_question():
    query = '{a: {value: "1"}, b: {value: "2", multiValue: [{value: "2"}, {value: "3"}]}}'
    asked = (
        f'console.info(JSON.stringify(handler({{request: {{uri: "//evil.example/mentors//", querystring: {query}}}}})))'
    )
    code = site.functions()["PagesFunction"] + asked
    said = json.loads(subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True).stdout)
    assert said["headers"]["location"]["value"] == "/evil.example/mentors?a=1&b=2&b=3"
