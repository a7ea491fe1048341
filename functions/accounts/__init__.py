"""Accounts over HTTP."""

from functions.accounts import profile, proofs, security, signing

blueprints = (signing.routes, profile.routes, proofs.routes, security.routes)
