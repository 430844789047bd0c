"""Where AIS sentences come from: a recorded file, a TCP server that is called, or a UDP port that is listened on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Literal
from urllib.parse import urlsplit

from subrescue.domain.errors import InputError, Problem
from subrescue.exchange.wording import text
from subrescue.store.files import exists, from_home, opened, unreadable

TICK_S = 0.5
"""How long a quiet source is waited for before somebody may stop it."""

CONNECT_S = 5.0
AGAIN_S = (1.0, 2.0, 5.0, 15.0, 30.0)
"""How long after a lost connection the next try is made, the first time, the second and so on."""

_CHUNK = 65536
_BUFFER = 4 * 1024 * 1024
_ALLOWED = "a file, tcp://HOST:PORT or udp://[HOST]:PORT is needed"


@dataclass(frozen=True)
class Source:
    """A file by its path, or an address; an empty host of UDP is every address of this machine."""

    kind: Literal["file", "tcp", "udp"]
    path: Path | None = None
    host: str = ""
    port: int = 0

    @property
    def is_live(self) -> bool:
        """Whether what comes was sent just now, so that this machine's clock tells its time."""
        return self.kind != "file"

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.kind}://{host}:{self.port}"


def source_of(words: str) -> Source:
    """The source that a text names. Raises InputError for a URL of another kind, without a port, or nothing."""
    words = words.strip()
    if not words or "\0" in words:
        raise InputError(Problem("source", "nothing" if not words else "a null character", _ALLOWED))
    if "://" not in words:
        path = from_home(Path(words))
        host, colon, port = words.rpartition(":")
        if colon and host and port.isdecimal() and not exists(path):
            raise InputError(Problem("source", f"'{words}'", f"did you mean tcp://{words}?"))
        return Source("file", path)
    try:
        url = urlsplit(words)
        host, number = url.hostname or "", url.port
    except ValueError as error:
        raise InputError(Problem("source", f"'{words}' ({error})", _ALLOWED)) from None
    kind: Literal["tcp", "udp"]
    if url.scheme == "tcp":
        kind = "tcp"
    elif url.scheme == "udp":
        kind = "udp"
    else:
        raise InputError(Problem("source", f"a URL of '{url.scheme}'", _ALLOWED))
    if url.path.strip("/") or url.query or url.fragment or url.username is not None:
        raise InputError(Problem("source", f"'{words}', with more than an address", _ALLOWED))
    if number is None or number == 0:
        raise InputError(Problem("source", f"'{words}', without a port", "a port from 1 to 65535 is needed"))
    if kind == "tcp" and not host:
        raise InputError(Problem("source", f"'{words}', without a host", _ALLOWED))
    return Source(kind, None, host, number)


def chunks(source: Source, stop: Event, again: bool, say: Callable[[str], None]) -> Iterator[bytes]:
    """What comes from a source, as it comes; nothing (b"") at least every half second where it is quiet.

    Ends at the end of a file, when `stop` is set, and where a TCP server hangs up; with `again` it is called again and
    again. `say` is told the state of the connection in words. Raises InputError where a file cannot be read, a port not
    be had, or, without `again`, nobody answers.
    """
    if source.kind == "file":
        yield from _of_file(source, stop)
    elif source.kind == "udp":
        yield from _of_udp(source, stop, say)
    else:
        yield from _of_tcp(source, stop, again, say)


def _of_file(source: Source, stop: Event) -> Iterator[bytes]:
    assert source.path is not None

    def wrong(found: str) -> InputError:
        return InputError(Problem("source", found, _ALLOWED, str(source.path)))

    with opened(source.path, wrong) as stream:
        try:
            while not stop.is_set() and (data := stream.read(_CHUNK)):
                yield data
        except OSError as error:
            raise wrong(unreadable(error)) from None


def _of_udp(source: Source, stop: Event, say: Callable[[str], None]) -> Iterator[bytes]:
    try:
        family, *_, address = socket.getaddrinfo(
            source.host or None, source.port, type=socket.SOCK_DGRAM, flags=socket.AI_PASSIVE
        )[0]
        port = socket.socket(family, socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise _no_port(source, error) from None
    with port:
        try:
            port.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)  # a burst waits here; best effort
            port.bind(address)
        except OSError as error:
            raise _no_port(source, error) from None
        port.settimeout(TICK_S)
        say(text("ais.listening", {"source": str(source)}))
        while not stop.is_set():
            try:
                yield port.recv(_CHUNK) + b"\n"  # a datagram holds whole lines
            except TimeoutError:
                yield b""


def _no_port(source: Source, error: OSError | UnicodeError) -> InputError:
    found = f"a port that cannot be had ({_words(error)})"
    return InputError(Problem("source", found, "a free port of this machine is needed", str(source)))


def _of_tcp(source: Source, stop: Event, again: bool, say: Callable[[str], None]) -> Iterator[bytes]:
    failures = 0
    while not stop.is_set():
        try:
            with socket.create_connection((source.host, source.port), CONNECT_S) as connection:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                connection.settimeout(TICK_S)
                say(text("ais.connected", {"source": str(source)}))
                for data in _received(connection, stop):
                    failures = 0 if data else failures
                    yield data
            why = text("ais.hung_up")
        except (OSError, UnicodeError) as error:
            if not again:
                found = f"nobody who answers ({_words(error)})"
                raise InputError(
                    Problem("source", found, "an AIS server that can be reached is needed", str(source))
                ) from None
            why = _words(error)
        if not again or stop.is_set():
            return
        wait_s = AGAIN_S[min(failures, len(AGAIN_S) - 1)]
        failures += 1
        say(text("ais.again", {"source": str(source), "why": why, "wait_s": wait_s}))
        waited_s = 0.0
        while waited_s < wait_s and not stop.wait(TICK_S):
            waited_s += TICK_S
            yield b""


def _received(connection: socket.socket, stop: Event) -> Iterator[bytes]:
    while not stop.is_set():
        try:
            data = connection.recv(_CHUNK)
        except TimeoutError:
            yield b""
            continue
        if not data:
            return
        yield data


def _words(error: OSError | UnicodeError) -> str:
    return str(getattr(error, "strerror", None) or error)
