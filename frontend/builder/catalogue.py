"""The words of the site: one catalogue per language, and what of it the scripts need."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT = "en"
IN_SCRIPT = re.compile(r"""\b(?:t|tn)\(\s*(?:'([\w.-]+)'|`([\w.-]+\.)\$\{[^}]+\}`)""")


def languages(folder: Path) -> list[str]:
    """Every language with a catalogue, the default first; `hi.json` is all a new one needs."""
    found = {path.name.split(".")[0] for path in folder.glob("*.json")}
    return [DEFAULT, *sorted(found - {DEFAULT})]


def load(folder: Path, language: str) -> dict[str, str]:
    """One language's strings; `<language>.<area>.json` adds to `<language>.json`, and no key may occur twice."""
    words: dict[str, str] = {}
    for path in sorted(folder.glob(f"{language}.*json")):
        for key, text in json.loads(path.read_text("utf-8")).items():
            if key in words:
                raise ValueError(f"{path.name}: the key {key} is already in the catalogue")
            words[key] = text
    return words


@dataclass
class Catalogue:
    """The strings of one language, with English standing in for what is not yet translated."""

    language: str
    words: dict[str, str]
    fallback: dict[str, str]
    used: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)  # asked for but not in the catalogue: the key stands in

    def t(self, key: str, **values: object) -> str:
        """The words for a key, with {names} filled in."""
        self.used.add(key)
        text = self.words.get(key) or self.fallback.get(key)
        if text is None:
            self.missing.add(key)
            return key
        return text.format(**values) if values else text

    def for_scripts(self, wanted: set[str], mentioned: set[str]) -> dict[str, str]:
        """What scripts ask for, and what they mention; a wanted name ending in a dot is a whole family."""
        families = tuple(name for name in wanted if name.endswith("."))
        keys = {key for key in self.fallback if key in wanted or (families and key.startswith(families))}
        self.missing |= {name for name in wanted if not any(key.startswith(name) for key in keys)}
        keys |= mentioned & self.fallback.keys()
        self.used |= keys
        return {key: self.words.get(key) or self.fallback[key] for key in sorted(keys)}


def wanted_by(source: str) -> set[str]:
    """The keys a script names in t('key'), and families it names in t(`family.${name}`)."""
    plural = {f"{key}." for key in re.findall(r"\btn\(\s*'([\w.-]+)'", source)}
    return plural | {key or family for key, family in IN_SCRIPT.findall(source) if f"{key}." not in plural}


def mentioned_in(source: str) -> set[str]:
    """Every quoted word with a dot in it: a key when the catalogue has it, as in required('check.title')."""
    return set(re.findall(r"'([a-z_]+(?:\.[\w-]+)+)'", source))


def wanted_in_markup(source: str) -> set[str]:
    """The keys that markup asks the browser for: $t('key') in an Alpine expression."""
    return wanted_by("".join(re.findall(r"\$(tn?\(\s*'[\w.-]+')", source)))


def open_catalogue(folder: Path, language: str) -> Catalogue:
    """The catalogue of a language as the build uses it."""
    return Catalogue(language, load(folder, language), load(folder, DEFAULT))
