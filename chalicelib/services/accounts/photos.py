"""Pictures of people: a form to upload one, and what became of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from chalicelib.domain import throttles, uploads
from chalicelib.domain.accounts import Account
from chalicelib.domain.mentors import Person
from chalicelib.domain.uploads import UploadForm
from chalicelib.services.accounts import people

if TYPE_CHECKING:
    from chalicelib.wiring import Deps


def photo_form(deps: "Deps", user_id: str, *, content_type: str, size: int) -> UploadForm:
    """Leave to upload one picture into quarantine, where it is inspected; what was wrong with the last is forgotten."""
    uploads.check_picture(content_type, size)
    deps.throttles.count(throttles.uploads(user_id), deps.clock())
    people.change_account(deps, user_id, _without_problem)
    key = f"quarantine/photos/{user_id}/{deps.new_id('upl')}"
    return deps.uploads.presigned_post(key, content_type, uploads.LARGEST_PICTURE)


def photo_accepted(deps: "Deps", user_id: str, photo_key: str) -> Person:
    """The picture was re-encoded to `media/<photo_key>-256.jpg` and `-96.jpg`; the one before it is removed."""
    before: list[str] = []

    def show(old: Person) -> Person:
        before[:] = [old.account.photo] if old.account.photo and old.account.photo != photo_key else []
        return replace(old, account=replace(old.account, photo=photo_key, photo_problem=None))

    person = people.change(deps, user_id, show)
    for photo in before:
        deps.uploads.remove_photo(photo)
    return person


def photo_refused(deps: "Deps", user_id: str, problem: str) -> Person:
    """The upload was not a picture we take; the words say why, the old picture stays."""
    return people.change_account(deps, user_id, lambda account: replace(account, photo_problem=problem))


def _without_problem(account: Account) -> Account:
    account.must_be_active()
    return replace(account, photo_problem=None)
