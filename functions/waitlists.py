"""The sessions somebody waits for, over HTTP; joining and leaving stand beside the session itself."""

from functions.access import SELF
from functions.http import Call, Routes
from functions.sessions import SessionPage
from functions.shapes import PageQuery, session_card

routes = Routes(__name__)


@routes.add("GET", "/me/waitlist", SELF, query=PageQuery, answer=SessionPage)
def list_own_waitlist(call: Call) -> SessionPage:
    """Taken sessions that the caller waits for."""
    query: PageQuery = call.query
    deps, me = call.deps, call.user.user_id
    page = deps.waitlists.waited_for(me, deps.clock(), query.limit, query.cursor)
    return SessionPage([session_card(session) for session in page.items], page.next)
