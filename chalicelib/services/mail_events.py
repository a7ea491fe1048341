"""What becomes of mails: an address that does not exist, or does not want them, is not written to any more."""

from typing import TYPE_CHECKING, Literal

from chalicelib.domain import entries
from chalicelib.domain.accounts import Account, Stopped
from chalicelib.domain.errors import NotFound
from chalicelib.domain.mentors import Person
from chalicelib.services.accounts import people
from chalicelib.services.accounts.letters import letter
from chalicelib.stores.writes import Write

if TYPE_CHECKING:
    from chalicelib.wiring import Deps

Outcome = Literal["stopped", "nothing"]


def stop(deps: "Deps", user_id: str, address: str, why: Stopped) -> Outcome:
    """Once, however often it is heard; the person is told where they are still reached."""
    changed = False

    def decide(account: Account) -> Account:
        nonlocal changed
        stopped = account.stopping_mail(entries.address_key(address), why)
        changed = stopped != account
        return stopped

    def tell(old: Person, new: Person) -> list[Write]:
        told = old.account.mail_stopped is None and new.account.mail_stopped is not None
        return [letter(deps, new.account, "mail_stopped", why=why)] if told else []

    try:
        people.change_account(deps, user_id, decide, tell, absent=lambda: NotFound("account"))
    except NotFound:
        return "nothing"  # they have left, or are another stage's
    return "stopped" if changed else "nothing"
