"""The tokens in calendar links: made anew whenever they are shown or tried, so that none is ever stored."""

import base64
import hashlib
import hmac
from collections.abc import Callable

from chalicelib.domain.calendar_feeds import CalendarFeed
from chalicelib.gateways.secrets import Secrets

SEAL = 43  # letters of 256 bits


class FeedTokens:
    """A person's id, and a seal over it and their feed's seed: no copy of the tables is enough to make one."""

    def __init__(self, secrets: Callable[[], Secrets]):
        self._secrets = secrets

    def token(self, feed: CalendarFeed) -> str:
        """What stands in the link."""
        key = hmac.digest(self._secrets().refresh.encode(), b"calendar-feed", hashlib.sha256)
        seal = hmac.digest(key, f"{feed.user_id} {feed.seed}".encode(), hashlib.sha256)
        return f"{feed.user_id}-{base64.urlsafe_b64encode(seal).rstrip(b'=').decode()}"

    def holder(self, token: str) -> str | None:
        """Whose feed it claims to open; None for what is no token at all."""
        user_id, hyphen, seal = token[: -SEAL - 1], token[-SEAL - 1 : -SEAL], token[-SEAL:]
        return user_id if user_id and hyphen == "-" and len(seal) == SEAL else None

    def opens(self, token: str, feed: CalendarFeed) -> bool:
        """It is the feed's present one."""
        return hmac.compare_digest(self.token(feed).encode(), token.encode())
