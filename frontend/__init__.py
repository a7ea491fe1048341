"""The static site and what builds it."""
