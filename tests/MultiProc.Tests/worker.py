"""A worker that is somebody else's program: answers every request with its pid, and misbehaves when asked to.

worker.py DIR PORT [--exit-at-once] [--ignore-term] [--burn]
GET /crash: ends with status 3 without an answer. GET /slow?MS: answers after MS milliseconds.
GET /eat?MIB: fills so much memory, then answers. Anything else: its pid.
"""
import os
import signal
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
        if path == "/eat":
            self.server.eaten = b"x" * (int(number) * 1024 * 1024)
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def burn():
    while True:
        pass


if "--exit-at-once" in sys.argv:
    sys.exit(7)
if "--ignore-term" in sys.argv:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "--burn" in sys.argv:
    threading.Thread(target=burn, daemon=True).start()
ThreadingHTTPServer.daemon_threads = True
server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
print("listening on", sys.argv[2], "data in", sys.argv[1], flush=True)
server.serve_forever()
