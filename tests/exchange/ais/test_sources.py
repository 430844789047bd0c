"""Sources: what names one, what does not, a server that hangs up and comes back, a port that is taken."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from subrescue.domain.errors import InputError
from subrescue.exchange.ais import sources
from subrescue.exchange.ais.sources import Source, chunks, source_of


@pytest.mark.parametrize(
    "words, source",
    [
        ("tcp://ais.example:10110", Source("tcp", None, "ais.example", 10110)),
        ("udp://:10110", Source("udp", None, "", 10110)),
        ("udp://[::1]:5000/", Source("udp", None, "::1", 5000)),
        ("log.nmea", Source("file", Path("log.nmea"))),
    ],
)
def test_a_source_is_read_and_printed(words: str, source: Source) -> None:
    assert source_of(f" {words} ") == source
    assert str(source) == words.rstrip("/")


@pytest.mark.parametrize(
    "words, said",
    [
        ("", "found nothing; a file, tcp://HOST:PORT or udp://"),
        ("a\0b", "a null character"),
        ("http://host:1", "a URL of 'http'"),
        ("tcp://host", "without a port; a port from 1 to 65535"),
        ("udp://host:0", "without a port"),
        ("tcp://host:70000", "Port out of range"),
        ("tcp://:10110", "without a host"),
        ("tcp://user@host:1", "with more than an address"),
        ("tcp://host:1/path", "with more than an address"),
        ("udp://[::1:5", "Invalid IPv6 URL"),
        ("localhost:10110", "did you mean tcp://localhost:10110"),
    ],
)
def test_what_names_no_source_is_refused(words: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("?", r"\?").replace("(", r"\(")):
        source_of(words)


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def port_of(one: socket.socket) -> int:
    return int(one.getsockname()[1])


def test_a_server_that_hangs_up_ends_the_run_or_is_called_again(
    server: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "AGAIN_S", (0.0,))
    source, stop, said = Source("tcp", None, "127.0.0.1", port_of(server)), threading.Event(), list[str]()

    def answer(times: int) -> None:
        for number in range(times):
            caller, _ = server.accept()
            with caller:
                caller.sendall(b"call %d\n" % number)

    thread = threading.Thread(target=answer, args=(1,))
    thread.start()
    assert b"".join(chunks(source, stop, False, said.append)) == b"call 0\n"
    thread.join()
    assert said == [f"connected to {source}"]
    thread = threading.Thread(target=answer, args=(2,))
    thread.start()
    heard = b""
    for data in chunks(source, stop, True, said.append):
        heard += data
        if b"call 1" in heard:
            stop.set()
    thread.join()
    assert heard == b"call 0\ncall 1\n"
    assert f"{source} is lost (it hung up), again in 0 s" in said


def test_nobody_who_answers_is_an_error_or_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = port_of(closed)
    source, stop, said = Source("tcp", None, "127.0.0.1", port), threading.Event(), list[str]()
    with pytest.raises(InputError, match=r"nobody who answers \(Connection refused\)"):
        list(chunks(source, stop, False, said.append))
    monkeypatch.setattr(sources, "AGAIN_S", (0.1,))
    for _ in chunks(source, stop, True, lambda words: (said.append(words), stop.set())[0]):
        pass
    assert said[-1] == f"{source} is lost (Connection refused), again in 0 s"


def test_datagrams_come_as_lines_and_a_taken_port_is_told() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        source = Source("udp", None, "127.0.0.1", port_of(taken))
        with pytest.raises(InputError, match=r"a port that cannot be had \(Address already in use\)"):
            next(chunks(source, threading.Event(), False, print))
    stop = threading.Event()

    def send(words: str) -> None:
        assert words == f"listening on {source}"
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.sendto(b"one\ntwo", ("127.0.0.1", source.port))

    for data in chunks(source, stop, False, send):
        assert data == b"one\ntwo\n"
        stop.set()


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(InputError, match=said):
            list(chunks(Source("file", path), threading.Event(), False, print))
