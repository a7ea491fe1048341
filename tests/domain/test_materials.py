"""Which files are taken, and what their bytes must be."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.materials import LARGEST, NOT_WHAT_IT_SAYS, TYPES, check, fault, named, type_of


def zipped(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return made.getvalue()


GOOD = {
    "notes.pdf": b"%PDF-1.7\n",
    "a.png": b"\x89PNG\r\n\x1a\n...",
    "a.JPG": b"\xff\xd8\xff\xe0",
    "a.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "a.gif": b"GIF89a",
    "plan.docx": zipped("[Content_Types].xml", "word/document.xml"),
    "talk.pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "sums.xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "all.zip": zipped("a.txt"),
    "read.me.md": b"# Gr\xc3\xbc\xc3\x9fe",
    "old.txt": b"Gr\xfc\xdfe aus Windows\r\n",
    "lesson.ipynb": b'{"cells": []}',
    "main.py": b"print(1)\n",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_what_it_says_is_taken(name):
    assert check(name, len(GOOD[name]), "file") == type_of(name)
    assert fault(name, GOOD[name]) is None


@pytest.mark.parametrize("name", [name for name in GOOD if not name.endswith((".md", ".txt", ".ipynb", ".py"))])
@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"MZ\x90\x00", b"\x7fELF"])
def test_what_is_not_what_it_says_is_refused(name, content):
    assert fault(name, content) == NOT_WHAT_IT_SAYS


@pytest.mark.parametrize("name", ["main.py", "a.txt", "table.csv"])
@pytest.mark.parametrize(
    "content", [b"\x7fELF\x02\x01\x01\x00", b"MZ\x90\x00\x03", b"\xff\xfe\x00a", b"\x9c\x01\x02\x03"]
)
def test_no_program_passes_as_text(name, content):
    assert fault(name, content) == NOT_WHAT_IT_SAYS


def test_a_zip_is_no_document_by_its_name():
    assert fault("plan.docx", zipped("evil.exe")) == NOT_WHAT_IT_SAYS
    assert fault("plan.docx", GOOD["sums.xlsx"]) == NOT_WHAT_IT_SAYS


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "drawing.svg", "nothing", "", ".", "page.html.", "macro.docm"]
)
def test_other_kinds_are_not_taken(name):
    with pytest.raises(Invalid) as refused:
        check(name, 10, "file")
    assert "name" in refused.value.fields


def test_what_is_too_large_or_empty_is_refused_before_and_after():
    for size in (0, LARGEST + 1):
        with pytest.raises(Invalid) as refused:
            check("a.pdf", size, "file")
        assert "size" in refused.value.fields
    assert fault("a.txt", b"a" * (LARGEST + 1)) and fault("a.txt", b"")
    assert fault("a.txt", b"a" * LARGEST) is None


def test_a_board_is_a_png():
    assert check("board.png", 10, "board") == TYPES["png"]
    with pytest.raises(Invalid):
        check("board.pdf", 10, "board")


@given(st.text(max_size=150))
def test_a_name_is_one_line_without_folders(name):
    kept = named(name)
    assert "/" not in kept and "\\" not in kept and "\n" not in kept


def test_folders_before_a_name_are_dropped():
    assert named("C:\\Users\\lena\\notes.pdf") == "notes.pdf"
    assert named("../../etc/passwd.txt") == "passwd.txt"
