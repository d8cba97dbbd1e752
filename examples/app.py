"""Files by PUT, GET and DELETE, kept compressed, one request at a time: python3 app.py DIRECTORY PORT"""
import bz2, http.server, pathlib, sys

class Files(http.server.BaseHTTPRequestHandler):
    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def file(self): return pathlib.Path(sys.argv[1], self.path.strip("/").replace("/", "_") or ".")
    def do_PUT(self): self.file().write_bytes(bz2.compress(self.rfile.read(int(self.headers["Content-Length"])))); self.answer(201)
    def do_GET(self): self.answer(200, bz2.decompress(self.file().read_bytes()) if self.file().is_file() else b"") if self.file().exists() else self.answer(404)
    def do_DELETE(self): self.file().unlink(missing_ok=True); self.answer(204)
    def log_message(self, *_): pass

http.server.HTTPServer.request_queue_size = 128  # of 5, which it is otherwise, ten clients overflow: each waits for a second
http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Files).serve_forever()
