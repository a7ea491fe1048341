"""The use cases: load, decide by the rules, commit once."""
