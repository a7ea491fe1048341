"""Amounts in words and columns: paise as rupees, grouped as India groups them."""

MINUS = "\N{MINUS SIGN}"


def rupees(paise: int) -> str:
    """As a person reads it: ₹1,00,000.00."""
    return f"{MINUS if paise < 0 else ''}₹{_magnitude(paise)}"


def amount(paise: int) -> str:
    """The same without the sign of the currency, for a column whose head has it."""
    return f"{MINUS if paise < 0 else ''}{_magnitude(paise)}"


def decimal(paise: int) -> str:
    """As a spreadsheet reads it: 100000.00."""
    whole, rest = divmod(abs(paise), 100)
    return f"{'-' if paise < 0 else ''}{whole}.{rest:02}"


def _magnitude(paise: int) -> str:
    """The last three digits stand together, the others in pairs."""
    whole, rest = divmod(abs(paise), 100)
    front, last = divmod(whole, 1000)
    groups = [f"{last:03}" if front else str(last)]
    while front:
        front, pair = divmod(front, 100)
        groups.append(f"{pair:02}" if front else str(pair))
    return f"{','.join(reversed(groups))}.{rest:02}"
