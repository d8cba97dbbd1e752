"""A worker that is somebody else's program: answers every request with its pid, and misbehaves when asked to.

worker.py DIR PORT [--exit-at-once] [--ignore-term] [--burn] [--sick] [--store "URL PORT"]
GET /crash: ends with status 3 without an answer. GET /slow?MS: answers after MS milliseconds.
GET /unready: its pid, and /health/ready is answered with 503 from then on.
GET /eat?MIB: fills so much memory, then answers. GET /argument?N: its argument N. Anything else: its pid.
--sick: answers /health/live with 500. --store: is there only with the Redis at that port, and writes to it when it is to end.
"""
import os
import signal
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path, _, number = self.path.partition("?")
        if path == "/crash":
            os._exit(3)
        if path == "/slow":
            time.sleep(int(number) / 1000)
        if path == "/unready":
            self.server.unready = True
        if path == "/eat":
            self.server.eaten = b"x" * (int(number) * 1024 * 1024)
        body = (sys.argv[int(number)] if path == "/argument" else str(os.getpid())).encode()
        sick = path == "/health/live" and "--sick" in sys.argv
        unready = path == "/health/ready" and self.server.unready
        self.send_response(500 if sick else 503 if unready else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def burn():
    while True:
        pass


def ask_store():
    """Writes; what the store says."""
    port = int(sys.argv[sys.argv.index("--store") + 1].split()[1])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as store:
        store.sendall(b"SET worker 1\r\n")
        return store.recv(100).decode().strip()


def say_goodbye(*_):
    print("store said", ask_store(), flush=True)
    os._exit(0)


if "--exit-at-once" in sys.argv:
    sys.exit(7)
if "--ignore-term" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "--burn" in sys.argv:
    threading.Thread(target=burn, daemon=True).start()
if "--store" in sys.argv:
    ask_store()
    signal.signal(signal.SIGTERM, say_goodbye)
ThreadingHTTPServer.daemon_threads = True
server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
server.unready = False
print("listening on", sys.argv[2], "data in", sys.argv[1], flush=True)
server.serve_forever()
