"""Dialogs on the kind of stack that the original had: threads that share one connection to Tarantool. Run by dialogs.sh.

As in the original's client, nobody holds the connection while he asks, and no call is numbered: whoever reads next takes the
reply that comes next. A connection whose bytes make no sense any more is made again. It calls the same functions as ours.
"""
import base64
import hashlib
import json
import os
import socket
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import msgpack

STORE = urlsplit(os.environ["STORE_URL"])


class Connection:
    """One socket for all threads."""

    def __init__(self):
        self.socket = None

    def open(self):
        opened = socket.create_connection((STORE.hostname, STORE.port), timeout=2)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        salt = base64.b64decode(self.receive(opened, 128)[64:108])[:20]
        once = hashlib.sha1(STORE.password.encode()).digest()
        scramble = hashlib.sha1(salt + hashlib.sha1(once).digest()).digest()
        proof = bytes(a ^ b for a, b in zip(once, scramble))
        self.ask(opened, 7, {0x23: STORE.username, 0x21: ["chap-sha1", proof]})
        return opened

    def call(self, function, *arguments):
        try:
            if self.socket is None:
                self.socket = self.open()
            return self.ask(self.socket, 10, {0x22: function, 0x21: arguments})
        except Exception:
            self.socket = None
            raise

    def ask(self, opened, kind, body):
        packet = msgpack.packb({0: kind}) + msgpack.packb(body)
        opened.sendall(b"\xce" + len(packet).to_bytes(4, "big") + packet)
        length = self.receive(opened, 5)
        reply = msgpack.Unpacker(strict_map_key=False)
        reply.feed(self.receive(opened, int.from_bytes(length[1:], "big")))
        header, body = reply.unpack(), reply.unpack()
        if length[0] != 0xCE or header[0] != 0:
            raise ValueError(body)
        return body.get(0x30)

    @staticmethod
    def receive(opened, count):
        received = b""
        while len(received) < count:
            more = opened.recv(min(count - len(received), 65536))
            if not more:
                raise ConnectionError("closed")
            received += more
        return received


connection = Connection()


def packed(user):
    return msgpack.ExtType(2, user.bytes)


def read(user):
    return str(uuid.UUID(bytes=user.data))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        if self.path == "/count":  # asked when nobody else asks, and not by the shared connection
            self.reply(200, str(Connection().call("dialogs_count")[0]).encode())
        else:
            self.answer(200, self.list)

    def do_POST(self):
        self.answer(201, self.send)

    def send(self, caller, user):
        text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
        first, second = sorted((caller, user))
        sent = connection.call("dialogs_send", packed(first), packed(second), packed(uuid.uuid4()), packed(caller), None, text)
        return {"id": read(sent[3]), "dialog_id": f"{read(sent[0])}_{read(sent[1])}"}

    def list(self, caller, user):
        first, second = sorted((caller, user))
        page = connection.call("dialogs_list", packed(first), packed(second), 50)[0]
        return [self.message(*fields) for fields in page]

    @staticmethod
    def message(first, second, created_us, number, sender, message_id, text):
        receiver = second if sender == first else first
        return {"id": read(number), "from": read(sender), "to": read(receiver), "text": text, "created_us": created_us}

    def answer(self, status, action):
        try:
            claims = self.headers["Authorization"].split(".")[1]
            caller = uuid.UUID(json.loads(base64.urlsafe_b64decode(claims + "=="))["sub"])
            body = json.dumps(action(caller, uuid.UUID(self.path.split("/")[4]))).encode()
        except Exception as failure:  # pylint: disable=broad-except
            status, body = 500, repr(failure).encode()
        self.reply(status, body)

    def reply(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True


Server(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
