"""The bucket of lessons on the stack: what a link allows, and that it allows nothing else."""

import uuid
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from chalicelib.domain.errors import Conflict, Gone
from chalicelib.domain.recordings import SMALLEST_PART, Part


@pytest.fixture
def files(real):
    """The bucket, with the rights of the emulator's root; the links are what is tried here."""
    return real.lesson_files


@pytest.fixture
def booking():
    """A booking that no other test uses."""
    return f"bkg_{uuid.uuid4().hex}"


@pytest.fixture
def web(stack):
    """A browser's plain request to a link: its status, body and headers."""

    def ask(method, link, body=None, **headers):
        request = Request(f"{stack.base_url}{link}", body, headers, method=method)
        try:
            with urlopen(request) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except HTTPError as refused:
            return refused.code, b"", dict(refused.headers)

    return ask


def test_a_link_writes_its_own_key_and_the_links_reader_reads_it(files, web, booking):
    assert web("PUT", files.upload_link(f"documents/{booking}/mentor", 5), b"hello")[0] == 200
    assert files.there(f"documents/{booking}/") == {f"documents/{booking}/mentor"}
    status, body, headers = web("GET", files.link(f"documents/{booking}/mentor", "application/octet-stream"))
    assert (status, body, headers["Content-Type"]) == (200, b"hello", "application/octet-stream")
    files.remove([f"documents/{booking}/mentor"] * 2)
    assert files.there(f"documents/{booking}/") == set()


def test_the_other_sides_key_cannot_be_written_with_it(files, web, booking):
    mine = files.upload_link(f"documents/{booking}/mentor", 5)
    theirs = mine.replace(f"{booking}/mentor", f"{booking}/learner")
    assert mine != theirs and web("PUT", theirs, b"hello")[0] == 403
    assert web("GET", mine)[0] == 403, "leave to write is no leave to read"
    read = files.link(f"documents/{booking}/mentor", "text/plain")
    assert web("PUT", read, b"hello")[0] == 403
    assert web("DELETE", read)[0] == 403
    assert web("PUT", f"/lessons/documents/{booking}/mentor", b"hello")[0] == 403
    assert files.there(f"documents/{booking}/") == set()


def test_no_more_bytes_than_announced(files, web, booking):
    link = files.upload_link(f"documents/{booking}/mentor", 5)
    assert web("PUT", link, b"hello and more")[0] == 403
    assert files.there(f"documents/{booking}/") == set()


def test_a_file_is_saved_under_its_own_name_whatever_that_is(files, web, booking):
    files.put(f"materials/{booking}/mat_1", b"%PDF-", "application/pdf")
    name = 'Übung "1"; filename=evil.html €.pdf'
    status, _, headers = web("GET", files.link(f"materials/{booking}/mat_1", "application/pdf", name))
    assert status == 200
    said = headers["Content-Disposition"]
    assert said.startswith('attachment; filename="_bung _1__ filename_evil.html _.pdf"; filename*=UTF-8')
    assert said.count('"') == 2 and "%E2%82%AC.pdf" in said


def test_a_part_of_a_film_can_be_asked_for(files, web, booking):
    files.put(f"recordings/{booking}/rec_1", b"0123456789", "video/webm")
    status, body, headers = web("GET", files.link(f"recordings/{booking}/rec_1", "video/webm"), Range="bytes=2-4")
    assert (status, body) == (206, b"234")


def test_parts_become_one_object_and_saying_so_twice_is_no_fault(files, web, booking):
    key = f"recordings/{booking}/rec_1"
    upload = files.begin(key, "video/webm")
    sizes = {1: SMALLEST_PART, 2: 3}
    for number, size in sizes.items():
        status, _, headers = web("PUT", files.part_link(key, upload, number, size), b"x" * size)
        assert status == 200 and headers.get("ETag", headers.get("Etag"))
    known = files.parts(key, upload)
    assert [(part.number, part.size) for part in known] == list(sizes.items())
    with pytest.raises(Conflict):
        files.complete(key, upload, [Part(1, '"0123456789abcdef0123456789abcdef"')])
    for _ in range(2):
        assert files.complete(key, upload, known) == sum(sizes.values())
    assert files.parts(key, upload) == []
    files.abort(key, upload)
    assert web("GET", files.link(key, "video/webm"))[0] == 200


def test_what_was_given_up_is_gone(files, booking):
    key = f"recordings/{booking}/rec_1"
    upload = files.begin(key, "video/webm")
    for _ in range(2):
        files.abort(key, upload)
    with pytest.raises(Gone):
        files.complete(key, upload, [Part(1, '"x"')])
