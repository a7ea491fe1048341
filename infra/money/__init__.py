"""Money from the command line: the audit, reconciliation, and what waits for a person."""
