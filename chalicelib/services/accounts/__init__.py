"""Accounts: signing up and in, proofs, profile, and what becomes of a person's data."""

from chalicelib.services.accounts.photos import photo_accepted, photo_refused

__all__ = ["photo_accepted", "photo_refused"]
