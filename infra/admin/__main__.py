"""`python -m infra.admin [--stage local|…] create-admin|grant|revoke|pending|approve-mentor|return-mentor …`.

It works through the same use cases as the site, with the AWS credentials of whoever runs it.
"""

import argparse
import os
from collections.abc import Sequence
from datetime import date

from chalicelib import wiring
from chalicelib.domain.errors import DomainError
from chalicelib.services import admins, mentors
from infra.admin.stages import LOCAL, environment_of

ROLES = ("learner", "admin")  # a mentor is made by applying


def create_admin(deps: wiring.Deps, given: argparse.Namespace) -> None:
    """A known address gets the role; for a new one there is a link to choose the password by."""
    if deps.accounts.owner_of(given.email.strip().casefold()):
        return grant(deps, argparse.Namespace(email=given.email, role="admin"))
    if not (given.name and given.born):
        raise SystemExit("Nobody has proven this address: to make a new account, give --name and --born YYYY-MM-DD.")
    link = admins.create(deps, email=given.email, name=given.name, born=given.born, zone=given.zone)
    print(f"{given.email} is an admin. They choose their password here, once, within 30 minutes:\n{link}")
    print("Then they turn on two-step sign-in under Settings: without it no admin route lets them in.")


def grant(deps: wiring.Deps, given: argparse.Namespace) -> None:
    """One more role."""
    account = admins.grant(deps, given.email, given.role)
    print(f"{account.email} ({account.id}) is now: {', '.join(account.roles)}.")


def revoke(deps: wiring.Deps, given: argparse.Namespace) -> None:
    """One role less."""
    account = admins.revoke(deps, given.email, given.role)
    print(
        f"{account.email} ({account.id}) is now: {', '.join(account.roles) or 'without a role'}; signed out everywhere."
    )


def pending(deps: wiring.Deps, given: argparse.Namespace) -> None:
    """Who waits for approval, the longest first."""
    cursor, found = None, 0
    while True:
        page = deps.mentors.with_status("pending", 50, cursor)
        for person in page.items:
            found += 1
            mentor, proven = person.mentor, "" if person.account.email_verified else "  (address not confirmed yet)"
            print(f"{mentor.submitted_at:%Y-%m-%d %H:%M}  {person.account.id}  {person.account.email}{proven}")
            print(f"    {person.account.name}: {mentor.headline}  [{', '.join(mentor.domains)}]")
        cursor = page.next
        if cursor is None:
            break
    print(f"{found} waiting.")


def approve_mentor(deps: wiring.Deps, given: argparse.Namespace) -> None:
    """Into the directory."""
    person = mentors.approve(deps, _id_of(deps, given.who), by=None)
    print(f"{person.account.name} is listed: {deps.config.site_origin.partition(',')[0]}/m/{person.mentor.slug}")


def return_mentor(deps: wiring.Deps, given: argparse.Namespace) -> None:
    """Back to be mended."""
    person = mentors.send_back(deps, _id_of(deps, given.who), given.reason, by=None)
    print(f"{person.account.name} has been told.")


def _id_of(deps: wiring.Deps, who: str) -> str:
    return admins.owner_of(deps, who).id if "@" in who else who


def parser() -> argparse.ArgumentParser:
    """The commands and what each takes."""
    top = argparse.ArgumentParser(prog="python -m infra.admin", description="People and roles, in any stage.")
    top.add_argument("--stage", help=f"which stage (default: the environment's if CORE_TABLE is set, else {LOCAL})")
    commands = top.add_subparsers(required=True)

    def command(name: str, act: object) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=(act.__doc__ or "").splitlines()[0])
        sub.set_defaults(act=act)
        return sub

    new = command("create-admin", create_admin)
    new.add_argument("email")
    new.add_argument("--name")
    new.add_argument("--born", type=date.fromisoformat, help="YYYY-MM-DD")
    new.add_argument("--zone", default="Asia/Kolkata")
    for name, act in (("grant", grant), ("revoke", revoke)):
        sub = command(name, act)
        sub.add_argument("email")
        sub.add_argument("role", choices=ROLES)
    command("pending", pending)
    command("approve-mentor", approve_mentor).add_argument("who", help="e-mail address or usr_… id")
    sub = command("return-mentor", return_mentor)
    sub.add_argument("who", help="e-mail address or usr_… id")
    sub.add_argument("reason")
    return top


def main(words: Sequence[str] | None = None) -> None:
    """Do what was asked, or say in words why not."""
    given = parser().parse_args(words)
    if given.stage or "CORE_TABLE" not in os.environ:
        os.environ.update(environment_of(given.stage or LOCAL))
    try:
        given.act(wiring.deps(), given)
    except DomainError as refusal:
        told = "; ".join(f"{name}: {words}" for name, words in refusal.fields.items())
        raise SystemExit(" ".join(filter(None, (refusal.message, told)))) from None


if __name__ == "__main__":
    main()
