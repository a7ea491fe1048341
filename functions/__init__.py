"""Entry points: parse, authorise, call one use case, answer."""
