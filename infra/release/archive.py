"""Zips that come out byte for byte the same from the same files."""

import subprocess
import zipfile
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
COMPILE = """
import compileall, py_compile, sys
mode, folder = py_compile.PycInvalidationMode.UNCHECKED_HASH, sys.argv[1]
done = compileall.compile_dir(folder, quiet=1, stripdir=folder, prependdir="/var/task", invalidation_mode=mode)
sys.exit(0 if done else 1)
"""


def compile_folder(folder: Path, interpreter: str) -> None:
    """Byte code that Lambda takes as it is: no look at the source's date, nothing compiled at start."""
    subprocess.run([interpreter, "-c", COMPILE, str(folder)], check=True)


def append(archive: Path, folder: Path, level: int = 9) -> None:
    """Add a folder's files, sorted, with one fixed date and mode."""
    with zipfile.ZipFile(archive, "a", zipfile.ZIP_DEFLATED, compresslevel=level) as zipped:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            zipped.writestr(entry, path.read_bytes(), compresslevel=level)
