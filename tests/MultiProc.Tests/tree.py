"""A server whose work is done by others: answers with its pid, while processes of three kinds burn a processor each.

tree.py PORT SECONDS KIND...: child (of the same session), session (a child that leads a session of its own), adopted (its
parent ends at once), brief (children that burn a twentieth of a second, one after the other, and end).
"""
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(os.getpid()).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


ROOT = os.getpid()


def root_lives():
    return os.path.exists(f"/proc/{ROOT}")


def burn(seconds):
    """So much processor time, however long that takes, or until nobody is left who wants it."""
    while time.process_time() < seconds and root_lives():
        for _ in range(100000):
            pass


def burn_and_stay(seconds):
    burn(seconds)
    while root_lives():
        time.sleep(0.2)


def fork(work):
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(0)
    return pid


def adopted(seconds):
    os.waitpid(fork(lambda: fork(lambda: (os.setsid(), burn_and_stay(seconds)))), 0)


def session(seconds):
    fork(lambda: (os.setsid(), burn_and_stay(seconds)))


def child(seconds):
    fork(lambda: burn_and_stay(seconds))


def brief(seconds):
    def one_after_the_other():
        for _ in range(int(seconds / 0.05)):
            os.waitpid(fork(lambda: burn(0.05)), 0)
    threading.Thread(target=one_after_the_other, daemon=True).start()


for kind in sys.argv[3:]:
    {"child": child, "session": session, "adopted": adopted, "brief": brief}[kind](float(sys.argv[2]))
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
