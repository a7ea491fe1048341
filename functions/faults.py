"""What msgspec finds wrong with an input, under the field's name and in a person's words."""

import re

import msgspec

_KINDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "yes or no (true or false)",
    "array": "a list",
    "object": "an object with named fields",
    "null": "nothing",
    "date": "a date",
    "datetime": "a time",
}
_WORDS: list[tuple[str, str]] = [
    (r"Expected (.+), got null", "This is needed: {0}."),
    (r"Expected (.+), got (.+)", "Please give {0}, not {1}."),
    (r"Expected str of length >= (\d+)", "At least {0} characters."),
    (r"Expected str of length <= (\d+)", "At most {0} characters."),
    (r"Expected str matching regex .*", "This does not have the right form."),
    (r"Expected array of length >= (\d+)", "At least {0}."),
    (r"Expected array of length <= (\d+)", "At most {0}."),
    (r"Expected (?:int|float) >= (.+)", "Not less than {0}."),
    (r"Expected (?:int|float) <= (.+)", "Not more than {0}."),
    (r"Invalid enum value .*", "This is not one of the choices."),
    (r"Invalid RFC3339 encoded date", "A date looks like 1990-05-17."),
    (r"Invalid RFC3339 encoded datetime", "A time looks like 2026-03-02T12:00:00Z."),
    (r"Expected datetime with a timezone component", "Please say the time zone, such as Z at the end."),
    (r"Integer is out of range", "This number is too large."),
]


def fields(error: msgspec.ValidationError) -> dict[str, str]:
    """The one fault that msgspec names, by its place; what it quotes of the input is left out."""
    fault, _, place = str(error).partition(" - at `$")
    name = place.rstrip("`").lstrip(".") or "body"
    named = re.search(r"(missing required|unknown) field `(.+)`", fault)
    if named:
        inner = named.group(2) if name == "body" else f"{name}.{named.group(2)}"
        return {inner: "This is required." if named.group(1).startswith("missing") else "This field is not known."}
    return {name: _words(fault.replace("`", ""))}


def _words(fault: str) -> str:
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, fault):
            return words.format(*(_kind(part) for part in found.groups()))
    return "This cannot be right."


def _kind(part: str) -> str:
    return " or ".join(_KINDS.get(each, each) for each in part.split(" | ") if each != "null")
