"""Accounts over HTTP."""

from functions.accounts import profile, signing

blueprints = (signing.routes, profile.routes)
