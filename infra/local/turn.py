"""coturn on loopback, where it is installed; two browsers on one machine find each other without it too."""

import shutil
import subprocess
from collections.abc import Mapping

from infra import secrets
from infra.local import children
from infra.local.place import HOST, Place, taken

MISSING = (
    "coturn is not installed (apt-get install coturn, brew install coturn): calls work, but never through a relay."
)
CONFIGURATION = """# Time-limited credentials: user name <expiry>:<user>, password base64(HMAC-SHA1(secret, user name)).
listening-ip={host}
relay-ip={host}
listening-port={port}
min-port={first}
max-port={last}
realm=peerlearn.local
use-auth-secret
static-auth-secret={secret}
fingerprint
no-cli
no-tls
no-dtls
no-multicast-peers
# Only here: both sides of a call are this machine. Production denies every private range.
allow-loopback-peers
user-quota=12
total-quota=200
stale-nonce=600
log-file=stdout
simple-log
pidfile={state}/turn.pid
userdb={state}/turn.db
"""
RELAYS = 200


def urls(place: Place) -> str:
    """What browsers are told, or nothing."""
    if not shutil.which("turnserver"):
        return ""
    return ",".join(f"turn:{HOST}:{place.turn_port}?transport={way}" for way in ("udp", "tcp"))


def start(place: Place, known: Mapping[str, str]) -> subprocess.Popen[bytes] | None:
    """The relay, or None where it is not installed."""
    program = shutil.which("turnserver")
    if not program:
        return None
    secret = secrets.ensure(place.account.client("secretsmanager"), known["SecretsArn"])["turn"]
    first = 49160 + (place.turn_port * RELAYS) % 16000
    config = place.state / "turnserver.conf"
    config.touch(mode=0o600)
    config.write_text(
        CONFIGURATION.format(
            host=HOST, port=place.turn_port, first=first, last=first + RELAYS - 1, secret=secret, state=place.state
        )
    )
    log = place.logs / "turn.log"
    child = children.start([program, "-c", str(config)], log)
    if not children.wait(lambda: taken(place.turn_port), child):
        children.stop(child)
        raise children.Failed(f"coturn did not start on port {place.turn_port}; its log is {log}")
    return child
