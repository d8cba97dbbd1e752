"""The people API on the kind of stack that the original had: Flask on gunicorn with one sync worker, psycopg2. Run by people.sh.

One connection to the store for the worker's whole life, one statement a request, the same table and index that ours has.
"""
import datetime
import uuid

import psycopg2
from flask import Flask, Response, jsonify, request

SCHEMA = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TABLE IF NOT EXISTS people (id uuid PRIMARY KEY, nickname text NOT NULL UNIQUE, full_name text NOT NULL, born date NOT NULL,
    stack text[], search text NOT NULL);
CREATE INDEX IF NOT EXISTS people_search ON people USING gin (search gin_trgm_ops) WITH (fastupdate = off);
"""
COLUMNS = "id::text, nickname, full_name, born, stack"
ONE_WORKER_AT_A_TIME = 7


class Malformed(Exception):
    """400: another type than the field has."""


class Unacceptable(Exception):
    """422: missing, too long, or no such date."""


def text(value, most):
    if value is None:
        raise Unacceptable
    if not isinstance(value, str):
        raise Malformed
    if len(value) > most:
        raise Unacceptable
    return value


def read(body):
    if not isinstance(body, dict):
        raise Malformed
    stack = body.get("stack")
    if stack is not None and not isinstance(stack, list):
        raise Malformed
    nickname, name, born = text(body.get("apelido"), 32), text(body.get("nome"), 100), text(body.get("nascimento"), 10)
    try:
        datetime.datetime.strptime(born, "%Y-%m-%d")
    except ValueError:
        raise Unacceptable from None
    return nickname, name, born, None if stack is None else [text(element, 32) for element in stack]


def shown(row):
    return {"id": row[0], "apelido": row[1], "nome": row[2], "nascimento": row[3].isoformat(), "stack": row[4]}


def app(store):
    flask = Flask(__name__)
    flask.json.compact = True
    flask.json.ensure_ascii = False
    connection = psycopg2.connect(store)
    connection.autocommit = True

    def ask(statement, values=(), rows=True):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if rows else cursor.rowcount

    ask(f"SELECT pg_advisory_lock({ONE_WORKER_AT_A_TIME})")
    ask(SCHEMA, rows=False)
    ask(f"SELECT pg_advisory_unlock({ONE_WORKER_AT_A_TIME})")

    @flask.post("/pessoas")
    def create():
        try:
            nickname, name, born, stack = read(request.get_json(force=True))
        except Malformed:
            return Response(status=400)
        except Unacceptable:
            return Response(status=422)
        number = str(uuid.uuid4())
        search = "\x1f".join([nickname, name, *(stack or [])]).lower()
        added = ask("INSERT INTO people VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (nickname) DO NOTHING",
                    (number, nickname, name, born, stack, search), rows=False)
        return Response(status=201, headers={"Location": f"/pessoas/{number}"}) if added else Response(status=422)

    @flask.get("/pessoas/<uuid:number>")
    def find(number):
        rows = ask(f"SELECT {COLUMNS} FROM people WHERE id = %s", (str(number),))
        return jsonify(shown(rows[0])) if rows else Response(status=404)

    @flask.get("/pessoas")
    def search():
        term = request.args.get("t", "")
        if not term:
            return Response(status=400)
        for sign in "\\%_":
            term = term.replace(sign, "\\" + sign)
        rows = ask(f"SELECT {COLUMNS} FROM people WHERE search LIKE %s LIMIT 50", (f"%{term.lower()}%",))
        return jsonify([shown(row) for row in rows])

    @flask.get("/contagem-pessoas")
    def count():
        return str(ask("SELECT count(*) FROM people")[0][0])

    @flask.get("/health/ready")
    @flask.get("/health/live")
    def health():
        ask("SELECT 1")
        return ""

    return flask
