#!/usr/bin/env python3
"""A stub of the vendors that Vigil sends to; Python's standard library only.

It refuses what the vendors refuse, so a test that passes here says something:

  POST /hook/<name>               a webhook receiver: verifies the Standard Webhooks signature and the age of its timestamp (401)
  POST /                          ntfy, publish as JSON
  POST or PUT /<topic>            ntfy, publish as plain text
  GET  /<topic>/json              ntfy, subscribe: a stream with open and keepalive events; ?poll=1, ?since=all|none|<id>
  GET  /ping/<id>                 a monitor of healthchecks.io: all is well; GET or POST /ping/<id>/fail: it is not, with the reasons as text
  POST /_control                  {"path": "/hook/a", "behaviour": "status", "count": 1, ...}: the next requests of that path misbehave;
                                  "/@topic" means publications as JSON to that topic
  POST /_drop                     ends all streams, as a server that restarts does

The first line on stdout is {"ready": PORT}. After it comes one JSON line for each message that was accepted, refused or pressed;
with --pretty, a picture of each push as its recipient sees it.

Behaviours: status (with "status", "headers", "body"), error_body, empty, portal, redirect, endless, slow, hang, reset, truncated, garbage,
headers (endless ones), silent_stream (for subscriptions), reset_after (does its work, then resets).
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import random
import re
import socket
import socketserver
import ssl
import string
import struct
import sys
import threading
import time
import unicodedata
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler

TOPIC = re.compile(r"[-_A-Za-z0-9]{1,64}")
MESSAGE_LIMIT = 4096  # bytes; a longer message becomes an attachment at ntfy, which no phone shows at once
WEBHOOK_TOLERANCE = 300  # seconds; Standard Webhooks, "Verifying webhook authenticity"
DEFAULT_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Refused(Exception):
    """What the vendor answers instead of success."""

    def __init__(self, status, document):
        super().__init__(document)
        self.status, self.document = status, document


def ntfy_error(status, code, words):
    return Refused(status, {"code": code, "http": status, "error": words, "link": "https://ntfy.sh/docs/"})


class Output:
    """One line at a time on stdout, from any thread."""

    def __init__(self, pretty):
        self.pretty = pretty
        self.lock = threading.Lock()

    def line(self, document):
        if not self.pretty:
            self.text(json.dumps(document, ensure_ascii=False))

    def text(self, text):
        with self.lock:
            sys.stdout.write(text + "\n")
            sys.stdout.flush()


class Behaviours:
    """Misbehaviour to come, by path."""

    def __init__(self):
        self.lock = threading.Lock()
        self.orders = {}

    def order(self, order):
        with self.lock:
            self.orders.setdefault(order["path"], []).append(dict(order, count=order.get("count", 1)))

    def take(self, path):
        with self.lock:
            queue = self.orders.get(path) or []
            if not queue:
                return None
            order = queue[0]
            order["count"] -= 1
            if order["count"] <= 0:
                queue.pop(0)
            return order


class Webhooks:
    """A receiver that trusts nobody. Its own implementation: it shares no line with the sender."""

    def __init__(self, secrets, tolerance):
        self.keys = [base64.b64decode(s.removeprefix("whsec_")) for s in secrets]
        self.tolerance = tolerance

    def accept(self, name, headers, body):
        message_id, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not message_id or "." in message_id or not message_id.isascii():
            raise Refused(400, {"error": "webhook-id is missing or holds a dot"})
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > self.tolerance:
            raise Refused(401, {"error": "webhook-timestamp is missing, malformed, too old or too new"})
        signed = message_id.encode() + b"." + stamp.encode() + b"." + body
        wanted = ["v1," + base64.b64encode(hmac.new(k, signed, hashlib.sha256).digest()).decode() for k in self.keys]
        given = headers.get("webhook-signature", "").split(" ")
        if not any(hmac.compare_digest(w.encode(), g.encode()) for w in wanted for g in given):
            raise Refused(401, {"error": "webhook-signature does not match"})
        try:
            document = json.loads(body)
        except ValueError:
            raise Refused(400, {"error": "the body is no JSON"}) from None
        return {"channel": "webhook", "hook": name, "id": message_id, "body": document}


class Ntfy:
    """Topics that remember and publish, as an ntfy server does."""

    def __init__(self, token, open_topics, keepalive):
        self.token, self.open_topics, self.keepalive = token, set(open_topics), keepalive
        self.changed = threading.Condition()
        self.messages = []
        self.generation = 0

    def authorize(self, headers, writing_to=None):
        if self.token is None or writing_to in self.open_topics:
            return
        basic = "Basic " + base64.b64encode(f"vigil:{self.token}".encode()).decode()
        if headers.get("Authorization") not in ("Bearer " + self.token, basic):
            anonymous = headers.get("Authorization") is None
            raise ntfy_error(403, 40301, "forbidden") if anonymous else ntfy_error(401, 40101, "unauthorized")

    def publish_json(self, headers, body):
        if len(body) > 2 * MESSAGE_LIMIT:
            raise ntfy_error(413, 41304, "JSON body too large")
        try:
            document = json.loads(body)
        except ValueError:
            document = None
        if not isinstance(document, dict):
            raise ntfy_error(400, 40024, "invalid request: request body must be valid JSON")
        topic = document.get("topic")
        if not isinstance(topic, str) or not TOPIC.fullmatch(topic):
            raise ntfy_error(400, 40009, "invalid request: topic invalid")
        self.authorize(headers, topic)
        if document.get("priority", 3) not in (1, 2, 3, 4, 5):
            raise ntfy_error(400, 40007, "invalid request: priority invalid")
        self.check_actions(document.get("actions", []))
        known = {k: v for k, v in document.items() if k in ("title", "priority", "tags", "actions", "click")}
        return self.publish(topic, document.get("message", ""), known)

    @staticmethod
    def check_actions(actions):
        if len(actions) > 3:
            raise ntfy_error(400, 40018, "invalid request: actions invalid; too many actions, only 3 allowed")
        for action in actions:
            if action.get("action") not in ("view", "broadcast", "http", "copy") or not action.get("label"):
                raise ntfy_error(400, 40018, "invalid request: actions invalid; action or label missing")
            if action["action"] == "http" and not action.get("url"):
                raise ntfy_error(400, 40018, "invalid request: actions invalid; parameter 'url' is required for action 'http'")
            if action["action"] == "http" and action.get("method") == "GET" and action.get("body"):
                raise ntfy_error(400, 40018, "invalid request: actions invalid; parameter 'body' cannot be set if method is GET")

    def publish(self, topic, message, known):
        if len(message.encode()) > MESSAGE_LIMIT:
            raise ntfy_error(413, 41301, "attachment not allowed: the message is longer than 4096 bytes")
        now = int(time.time())
        stored = {"id": "".join(random.choices(string.ascii_letters + string.digits, k=12)), "time": now,
                  "expires": now + 43200, "event": "message", "topic": topic, "message": message or "triggered", **known}
        with self.changed:
            self.messages.append(stored)
            self.changed.notify_all()
        return stored

    def since(self, topic, marker):
        """What the cache holds after a message; all of it where the message is unknown, as ntfy does."""
        with self.changed:
            if marker == "none":
                return []
            known = [i for i, m in enumerate(self.messages) if m["id"] == marker]
            begin = known[0] + 1 if known else 0
            return [m for m in self.messages[begin:] if m["topic"] == topic]

    def event(self, kind, topic):
        return {"id": "".join(random.choices(string.ascii_letters, k=12)), "time": int(time.time()), "event": kind, "topic": topic}

    def drop(self):
        with self.changed:
            self.generation += 1
            self.changed.notify_all()

    def follow(self, topic, marker, write):
        with self.changed:
            generation, begin = self.generation, len(self.messages)
        write(self.event("open", topic))
        for message in self.since(topic, marker):
            write(message)
            with self.changed:
                begin = max(begin, self.messages.index(message) + 1)
        while True:
            with self.changed:
                if generation == self.generation and begin == len(self.messages):
                    self.changed.wait(self.keepalive)
                if generation != self.generation:
                    return
                fresh, begin = self.messages[begin:], len(self.messages)
            for message in fresh:
                if message["topic"] == topic:
                    write(message)
            if not fresh:
                write(self.event("keepalive", topic))


class Thumb:
    """Presses the button of a message on a topic, as the app would: the request is read from the message."""

    def __init__(self, output, orders, context):
        self.output, self.context = output, context
        self.lock = threading.Lock()
        self.orders = {}
        for order in orders:
            topic, _, timing = order.partition("=")
            seconds, _, count = timing.partition(":")
            self.orders[topic] = {"after": float(seconds), "left": int(count) if count else None}

    def see(self, message):
        order = self.orders.get(message["topic"])
        buttons = [a for a in message.get("actions", []) if a["action"] == "http"]
        if not order or not buttons:
            return
        with self.lock:
            if order["left"] == 0:
                return
            if order["left"] is not None:
                order["left"] -= 1
        timer = threading.Timer(order["after"], self.press, [message["topic"], buttons[0]])
        timer.daemon = True
        timer.start()

    def press(self, topic, action):
        body = action.get("body", "").encode()
        request = urllib.request.Request(
            action["url"], data=body, headers=action.get("headers", {}), method=action.get("method", "POST"))
        # No proxy: the phone of this stub is on this machine.
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=self.context))
        try:
            with opener.open(request, timeout=10) as answer:
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError as error:
            self.output.line({"pressed": topic, "error": str(error)})
            return
        self.output.line({"pressed": topic, "label": action["label"], "status": status})
        if self.output.pretty:
            mark = "✔" if status == 200 else "✘"
            self.output.text(f"   {mark} {time.strftime('%H:%M:%S')}  {topic}: [{action['label']}]  ({status})\n")


class Phone:
    """Draws a push as it stands on a lock screen."""

    WIDTH = 58
    COLOURS = {5: "\033[1;31m", 4: "\033[1;33m", 3: "\033[32m", 2: "\033[34m", 1: "\033[90m"}
    PICTURES = {"rotating_light": "🚨", "warning": "⚠ ", "information_source": "ℹ ", "raised_hand": "✋", "white_check_mark": "✅"}

    def __init__(self, colour):
        self.colour = colour

    @staticmethod
    def width(text):
        if text == "️":
            return 0
        return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

    def wrap(self, text):
        for paragraph in text.split("\n"):
            line = ""
            for word in re.findall(r"[\x21-\u2fff]+ ?|.", paragraph):
                while self.width(word) > self.WIDTH:
                    yield line
                    line, word = word[: self.WIDTH], word[self.WIDTH:]
                if self.width(line + word.rstrip()) > self.WIDTH:
                    yield line
                    line = ""
                line += word
            yield line

    def draw(self, title, body, topic, priority, tags, buttons):
        on, off = (self.COLOURS.get(priority, ""), "\033[0m") if self.colour else ("", "")
        picture = "".join(self.PICTURES.get(t, "") for t in tags)
        head = f" {time.strftime('%H:%M:%S')}  {topic}  {'●' * priority}{'○' * (5 - priority)} "
        rows = [*self.wrap(f"{picture} {title}".strip()), "", *self.wrap(body)]
        if buttons:
            rows += ["", "   ".join(f"[ {b['label']} ]" for b in buttons)]
        lines = [f"{on}╭─{head}{'─' * max(0, self.WIDTH + 1 - self.width(head))}╮{off}"]
        lines += [f"{on}│{off} {row}{' ' * max(0, self.WIDTH - self.width(row))} {on}│{off}" for row in rows]
        return "\n".join([*lines, f"{on}╰{'─' * (self.WIDTH + 2)}╯{off}"])

    def push(self, message):
        return self.draw(message.get("title", ""), message["message"], message["topic"], message.get("priority", 3),
                         message.get("tags", []), message.get("actions", []))

    def hook(self, name, data):
        notify = data.get("type") == "alert.notify"
        data = data.get("data", {})
        priority = {"red": 5, "yellow": 4}.get(data.get("severity"), 2) if notify else 3
        return self.draw(data.get("title", ""), data.get("body", ""), f"webhook {name}", priority,
                         ["rotating_light" if priority == 5 else ""], [])


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Small writes of a stream must not wait for each other.
    disable_nagle_algorithm = True

    def setup(self):
        if self.server.is_unix:
            self.disable_nagle_algorithm = False
        super().setup()

    def log_message(self, *_):
        pass

    def address_string(self):
        return "peer"

    def answer(self, status, document, headers=None):
        self.answer_bytes(status, json.dumps(document, ensure_ascii=False).encode() + b"\n",
                          {"Content-Type": "application/json", **(headers or {})})

    def answer_bytes(self, status, body, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = {k: v[-1] for k, v in urllib.parse.parse_qs(url.query).items()}
        order = self.server.behaviours.take(url.path)
        if order and order["behaviour"] == "silent_stream" and query.get("poll") == "1":
            self.server.behaviours.order(order | {"count": order["count"] + 1})
        elif order:
            return self.misbehave(order)
        if url.path.startswith("/ping/"):
            return self.ping(url.path.removeprefix("/ping/"), b"")
        topic = url.path.strip("/").removesuffix("/json")
        if url.path.strip("/") == "":
            return self.answer_bytes(200, b"<!DOCTYPE html><title>ntfy</title>", {"Content-Type": "text/html"})
        try:
            if not url.path.endswith("/json") or not TOPIC.fullmatch(topic):
                raise ntfy_error(404, 40401, "page not found")
            self.server.ntfy.authorize(self.headers)
            self.subscribe(topic, query)
        except Refused as refusal:
            self.answer(refusal.status, refusal.document)

    def subscribe(self, topic, query):
        self.server.output.line({"subscribed": topic, "since": query.get("since", ""), "poll": query.get("poll") == "1"})
        ntfy = self.server.ntfy
        if query.get("poll") == "1":
            lines = [json.dumps(m, ensure_ascii=False) + "\n" for m in ntfy.since(topic, query.get("since", "all"))]
            return self.answer_bytes(200, "".join(lines).encode(), {"Content-Type": "application/x-ndjson; charset=utf-8"})
        self.send_response(200)
        self.send_header("Content-Type", "application/x-ndjson; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

        def write(document):
            line = json.dumps(document, ensure_ascii=False).encode() + b"\n"
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
            self.wfile.flush()

        ntfy.follow(topic, query.get("since", "none"), write)
        self.close_connection = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        path = urllib.parse.urlsplit(self.path).path
        if path == "/_control":
            self.server.behaviours.order(json.loads(body))
            return self.answer(200, {"ok": True})
        if path == "/_drop":
            self.server.ntfy.drop()
            return self.answer(200, {"ok": True})
        order = self.server.behaviours.take(path) or self.server.behaviours.take(path + self.topic_of(path, body))
        if order and order["behaviour"] != "reset_after":
            self.server.output.line({"misbehaved": order["behaviour"], "path": path})
            return self.misbehave(order)
        if path.startswith("/ping/"):
            return self.ping(path.removeprefix("/ping/"), body)
        try:
            document = self.accept(path, body)
        except Refused as refusal:
            self.server.output.line({"refused": refusal.status, "path": path, "why": refusal.document})
            return self.answer(refusal.status, refusal.document)
        if order:
            return self.reset()
        self.answer(200, document)

    do_PUT = do_POST

    def ping(self, path, body):
        """Spec: healthchecks.io, "Pinging API": 404 for what is no check, OK as plain text else."""
        check, _, word = path.partition("/")
        if not TOPIC.fullmatch(check) or word not in ("", "fail"):
            self.server.output.line({"refused": 404, "path": path})
            return self.answer_bytes(404, b"not found", {"Content-Type": "text/plain"})
        self.server.output.line({"pinged": check, "failing": word == "fail", "reasons": body.decode()})
        self.answer_bytes(200, b"OK", {"Content-Type": "text/plain"})

    @staticmethod
    def topic_of(path, body):
        """So that tests which share a server can each have their own misbehaviour of `/`: it is ordered for `/@topic`."""
        found = re.search(rb'"topic":"([-_A-Za-z0-9]+)"', body) if path == "/" else None
        return "@" + found[1].decode() if found else "@"

    def accept(self, path, body):
        server = self.server
        if path.startswith("/hook/"):
            accepted = server.webhooks.accept(path.removeprefix("/hook/"), self.headers, body)
            server.output.line({**accepted, "peer": self.peer()})
            if server.output.pretty:
                server.output.text(server.phone.hook(accepted["hook"], accepted["body"]))
            return {"ok": True}
        if path == "/":
            message = server.ntfy.publish_json(self.headers, body)
        else:
            topic = path.strip("/")
            if not TOPIC.fullmatch(topic):
                raise ntfy_error(404, 40401, "page not found")
            server.ntfy.authorize(self.headers, topic)
            message = server.ntfy.publish(topic, body.decode(errors="replace"), {})
        server.output.line({"channel": "ntfy", **message})
        if server.output.pretty and message["topic"] not in server.quiet_topics:
            server.output.text(server.phone.push(message))
        server.thumb.see(message)
        return message

    def peer(self):
        """Tells one connection from another."""
        return 0 if self.server.is_unix else self.client_address[1]

    def misbehave(self, order):
        self.close_connection = True
        {
            "status": lambda: self.answer_bytes(order["status"], order.get("body", "").encode(), order.get("headers")),
            "error_body": lambda: self.answer(200, {"code": 50001, "http": 500, "error": "internal server error"}),
            "empty": lambda: self.answer_bytes(200, b""),
            "portal": lambda: self.answer_bytes(
                200, "<!DOCTYPE html>\n<html><title>欢迎使用无线网络</title></html>".encode(), {"Content-Type": "text/html"}),
            "redirect": lambda: self.answer_bytes(order.get("status", 302), b"", {"Location": order.get("location", "/hook/elsewhere")}),
            "endless": self.endless,
            "slow": self.slow,
            "hang": self.hang,
            "silent_stream": self.silent_stream,
            "reset": self.reset,
            "truncated": self.truncated,
            "garbage": lambda: self.wfile.write(b"220 mail.example ESMTP ready\r\n"),
            "headers": self.endless_headers,
        }[order["behaviour"]]()

    def until_hung_up(self, piece, pause=0.0):
        try:
            while True:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            pass

    def endless(self):
        self.send_response(200)
        self.end_headers()
        self.until_hung_up(b"a" * 8192)

    def endless_headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.until_hung_up(b"X-Filler: " + b"a" * 1000 + b"\r\n")

    def slow(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.until_hung_up(b"a", 0.02)

    def hang(self):
        try:
            # Returns when the other side gives up.
            self.connection.recv(1)
        except OSError:
            pass

    def silent_stream(self):
        self.send_response(200)
        self.end_headers()
        self.hang()

    def reset(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def truncated(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b'{"id":"abcdefabcdef"')


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, options):
        self.is_unix = options.unix is not None
        if self.is_unix:
            self.address_family = socket.AF_UNIX
        super().__init__(options.unix or (options.host, options.port), Handler)
        context = None
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate, options.key)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.output = Output(options.pretty)
        self.behaviours = Behaviours()
        self.webhooks = Webhooks(options.secret or [DEFAULT_SECRET], options.tolerance)
        self.ntfy = Ntfy(options.token, options.open_topic, options.keepalive)
        self.thumb = Thumb(self.output, options.auto_accept, ssl._create_unverified_context())
        self.phone = Phone(sys.stdout.isatty() or options.colour)
        # The reply topic is Vigil's own letter box: nobody has it on a phone.
        self.quiet_topics = set(options.open_topic)

    def handle_error(self, request, client_address):
        # Clients that hang up are what this stub is for.
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: a free one")
    parser.add_argument("--unix", metavar="PATH", help="listen on a unix socket instead")
    parser.add_argument("--certificate", metavar="PEM", help="speak TLS")
    parser.add_argument("--key", metavar="PEM")
    parser.add_argument("--secret", action="append", metavar="WHSEC", help="of webhooks; may be given more than once")
    parser.add_argument("--tolerance", type=int, default=WEBHOOK_TOLERANCE, help="seconds between webhook-timestamp and now")
    parser.add_argument("--token", help="of ntfy; as Bearer, or as the password of user vigil")
    parser.add_argument("--open-topic", action="append", default=[], metavar="TOPIC", help="everyone may write to it")
    parser.add_argument("--keepalive", type=float, default=45, help="seconds")
    parser.add_argument("--auto-accept", action="append", default=[], metavar="TOPIC=SECONDS[:COUNT]",
                        help="press the button of messages on a topic")
    parser.add_argument("--pretty", action="store_true", help="show pushes as their recipients see them")
    parser.add_argument("--colour", action="store_true", help="colours also where stdout is no terminal")
    parser.add_argument("--leash", action="store_true", help="end when stdin ends, so that nothing outlives who started it")
    options = parser.parse_args()
    server = Server(options)
    if options.leash:
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    server.output.text(json.dumps({"ready": 0 if options.unix else server.server_address[1]}))
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
