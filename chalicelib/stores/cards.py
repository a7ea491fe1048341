"""That copies of a person's card are to be renewed: noted with the change of the person, due until it is done."""

from datetime import datetime, timedelta

from chalicelib.stores import keys
from chalicelib.stores.writes import Delete, Put

FAST_PATH = timedelta(minutes=2)


class Cards:
    """The stream renews them at once; the sweep makes sure, and forgets the note."""

    def renewing(self, user_id: str, now: datetime) -> Put:
        """The person looks different from now on; a later change takes the note over."""
        due = keys.due(user_id, now + FAST_PATH)
        return Put(key=keys.cards(user_id), item={"kind": "cards", "id": user_id} | due)

    def renewed(self, user_id: str, due: str) -> Delete:
        """Done, unless the person has changed again; `due` is the note's own."""
        return Delete(key=keys.cards(user_id), when={"g2sk": due})
