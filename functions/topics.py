"""What learners want to learn, over HTTP."""

from typing import Annotated

import msgspec

from chalicelib.services import topics
from functions.access import SIGNED_IN
from functions.http import Call, Routes

routes = Routes(__name__)


class TopicQuery(msgspec.Struct, forbid_unknown_fields=True):
    """Letters to look for; none: what is wanted most."""

    q: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Topic(msgspec.Struct):
    """A topic and how many learners have named it among their interests."""

    topic: str
    learners: int


class TopicList(msgspec.Struct):
    """The most wanted first."""

    items: list[Topic]


@routes.add("GET", "/topics", SIGNED_IN, query=TopicQuery, answer=TopicList)
def suggest_topics(call: Call) -> TopicList:
    """Up to twelve topics that learners have named."""
    query: TopicQuery = call.query
    return TopicList([Topic(each.topic, each.learners) for each in topics.suggest(call.deps, query.q)])
