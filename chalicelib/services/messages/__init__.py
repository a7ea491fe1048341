"""Messages: writing to somebody one has a request or booking in common with, reading, and people who leave."""

from chalicelib.services.messages.people import exported, forget
from chalicelib.services.messages.reading import mute, opened, see, threads, unread
from chalicelib.services.messages.writing import write

__all__ = ["exported", "forget", "mute", "opened", "see", "threads", "unread", "write"]
