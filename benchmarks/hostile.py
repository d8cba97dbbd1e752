"""The two sides of hostile.sh, a process each: those who are held up, and who holds them up.

  hostile.py probe PORT SECONDS      20 kept connections ask /health/live every 20 ms each, and every 50 ms a new one does;
                                     prints p99 and worst delay of both, in milliseconds, counted from when a request was due;
                                     the worst pause of the machine meanwhile, the worst of all delays without the pauses in it,
                                     and how many connections were closed under them
  hostile.py FAULT PORT DIR          goes on until it is killed; prints a line once it has begun
"""
import fcntl
import gc
import itertools
import os
import selectors
import signal
import socket
import sys
import threading
import time

KEPT = 20
KEPT_PAUSE_S = 0.02
NEW_PAUSE_S = 0.05
TICK_S = 0.002
REQUEST = b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"


class Probe:
    """One request at a time on one connection, or on a new one each; its delay counts from when it was due."""

    def __init__(self, port, pause, is_kept, first):
        self.port, self.pause, self.is_kept, self.due = port, pause, is_kept, first
        self.socket, self.is_waiting, self.waits, self.reply, self.closed = None, False, [], b"", 0

    def begin(self, selector):
        if self.socket is None:
            self.socket = socket.socket()
            self.socket.setblocking(False)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.socket.connect_ex(("127.0.0.1", self.port))
            selector.register(self.socket, selectors.EVENT_WRITE, self)
        else:
            try:
                self.socket.send(REQUEST)
            except ConnectionError:
                pass  # closed meanwhile, as the next event says
        self.is_waiting, self.reply = True, b""

    def go_on(self, selector, events):
        try:
            if events & selectors.EVENT_WRITE:
                self.socket.send(REQUEST)
                selector.modify(self.socket, selectors.EVENT_READ, self)
                return
            part = self.socket.recv(65536)
        except ConnectionError:
            part = b""
        if not part:
            # A server may close a connection between two requests, and its client asks again: that delay counts too.
            self.closed += 1
            self.end(selector)
            if self.is_waiting:
                self.begin(selector)
            return
        self.reply += part
        if b"\r\n\r\n" not in self.reply:
            return
        if not self.reply.startswith(b"HTTP/1.1 200"):
            sys.exit(f"a probe ({'kept' if self.is_kept else 'new'}) was answered {self.reply[:60]}")
        now = time.monotonic()
        self.waits.append((self.due, now))
        self.is_waiting, self.due = False, max(self.due + self.pause, now)
        if not self.is_kept:
            self.end(selector)

    def end(self, selector):
        selector.unregister(self.socket)
        self.socket.close()
        self.socket = None


class Pauses:
    """When a processor of this machine stood still: whoever sleeps on it, before all others, for TICK_S wakes that much later.

    A virtual machine's processors do while others have the real ones, and no server can answer meanwhile. It takes root to come
    before all others; else none are found.
    """

    def __init__(self):
        self.meters = []
        for processor in os.sched_getaffinity(0) if os.geteuid() == 0 else ():
            reader, writer = os.pipe()
            meter = os.fork()
            if meter == 0:
                os.close(reader)
                Pauses.measure(processor, writer)
            os.close(writer)
            self.meters.append((meter, reader))

    @staticmethod
    def measure(processor, writer):
        os.sched_setaffinity(0, {processor})
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(60))
        parent, gone = os.getppid(), False
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        while not gone:
            due = time.monotonic() + TICK_S
            time.sleep(TICK_S)
            woken = time.monotonic()
            if woken - due > TICK_S:
                os.write(writer, b"%.6f %.6f\n" % (due, woken))
            gone = os.getppid() != parent
        os._exit(0)

    def end(self):
        """All of them, in order, those that overlap as one."""
        found = []
        for meter, reader in self.meters:
            os.kill(meter, signal.SIGTERM)
            with os.fdopen(reader) as lines:
                found += [tuple(map(float, line.split())) for line in lines]
            os.waitpid(meter, 0)
        pauses = []
        for begin, end in sorted(found):
            if pauses and begin <= pauses[-1][1]:
                pauses[-1] = (pauses[-1][0], max(end, pauses[-1][1]))
            else:
                pauses.append((begin, end))
        return pauses


def probe(port, seconds):
    pauses = Pauses()
    gc.disable()
    selector = selectors.DefaultSelector()
    start = time.monotonic()
    probes = [Probe(port, KEPT_PAUSE_S, True, start + KEPT_PAUSE_S * i / KEPT) for i in range(KEPT)]
    probes.append(Probe(port, NEW_PAUSE_S, False, start))
    end = start + seconds
    while (now := time.monotonic()) < end:
        for one in probes:
            if not one.is_waiting and one.due <= now:
                one.begin(selector)
        due = min((one.due for one in probes if not one.is_waiting), default=end)
        for key, events in selector.select(max(0, min(due, end) - time.monotonic())):
            key.data.go_on(selector, events)
    for one in probes:
        if one.is_waiting:
            one.waits.append((one.due, time.monotonic()))  # for that long at least
    pauses = pauses.end()
    for kind in (True, False):
        delays = sorted(answered - due for one in probes if one.is_kept == kind for due, answered in one.waits)
        print(1e3 * delays[(len(delays) - 1) * 99 // 100], 1e3 * delays[-1], end=" ")
    rest = max(
        answered - due - sum(max(0, min(end, answered) - max(begin, due)) for begin, end in pauses)
        for one in probes for due, answered in one.waits)
    print(1e3 * max((end - begin for begin, end in pauses), default=0), 1e3 * rest, sum(one.closed for one in probes))


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(REQUEST)  # the first request of a connection may be handled elsewhere than on its loop
    connection.recv(65536)
    return connection


def head(method, target, length):
    return f"{method} {target} HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n".encode()


def answer(connection):
    while connection.recv(1 << 20):
        pass


def upload(port, _):
    for number in itertools.count():
        body = ("[" + ",".join(f'["x{i}",0]' for i in range(300_000)) + "]\n").encode()
        connection = connect(port)
        connection.sendall(head("POST", f"/stream/u{number}?direction=upload", len(body)).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        connection.sendall(body)
        begun()
        answer(connection)


def download(port, _):
    connection = connect(port)
    connection.sendall(head("PUT", "/blobs/alice/a", 0))
    connection.recv(65536)
    body = ("[" + ",".join(['"a"'] * 1_048_575) + "]").encode()
    while True:
        connection = connect(port)
        connection.sendall(head("POST", "/stream/alice?direction=download", len(body)).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        connection.sendall(body)
        begun()
        answer(connection)


def pipelining(port, _):
    connection = connect(port)
    threading.Thread(target=answer, args=(connection,), daemon=True).start()
    begun()
    while True:
        connection.sendall(REQUEST * 1000)


def lock(port, directory):
    connection = connect(port)
    connection.sendall(head("PUT", "/blobs/alice/locked-0", 1) + b"x")
    connection.recv(65536)
    connection.sendall(head("PUT", "/blobs/alice/locked-1", 1) + b"x")
    connection.recv(65536)
    holder = os.fork()
    if holder == 0:
        fcntl.flock(os.open(f"{directory}/alice/default/l/loc/locked", os.O_RDONLY), fcntl.LOCK_EX)
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    # It ends with its parent: killed by the script's TERM, of which this is told.
    signal.signal(signal.SIGTERM, lambda *_: (os.kill(holder, signal.SIGKILL), os._exit(0)))
    os.waitpid(holder, os.WUNTRACED)
    asked = [
        head("DELETE", "/blobs/alice/locked-0", 0),
        head("PUT", "/blobs/alice/locked-2", 100_000) + bytes(100_000),
        head("PUT", "/blobs/alice/locked-3", 1) + b"x",
        head("POST", "/blobs/alice/locked-1", 11) + b'["PENDING"]',
        head("GET", "/blobs/alice/locked-1?only_flags", 0),
    ]
    waiting = []
    begun()
    while True:
        # More and more of them, up to what 64 threads can wait for at once; those who get an answer ask again.
        if len(waiting) < 60:
            waiting.append(connect(port))
            waiting[-1].sendall(asked[len(waiting) % len(asked)])
        time.sleep(0.02)


def silent(port, _):
    # A crowd a second, so that it also meets those who were served before; the one before it leaves when it is there.
    crowd = []
    while True:
        before, crowd = crowd, [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
        for connection in before:
            connection.close()
        begun()
        time.sleep(1)


def begun():
    if not begun.is_told:
        print("begun", flush=True)
    begun.is_told = True


begun.is_told = False

if __name__ == "__main__":
    if sys.argv[1] == "probe":
        probe(int(sys.argv[2]), float(sys.argv[3]))
    else:
        {"upload": upload, "download": download, "pipelining": pipelining, "lock": lock, "silent": silent}[sys.argv[1]](
            int(sys.argv[2]), sys.argv[3])
