"""An S3 server on loopback, and a proxy in front of it that does what networks and busy stores do."""

import collections
import http.client
import logging
import random
import socket
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
ACCESS_KEY = "EMULSIONTESTACCESSKEY"
SECRET_KEY = "emulsion-test-secret/0123456789+abcdefgh"
BUSY = b"<?xml version='1.0' encoding='UTF-8'?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
DROPPED = {"connection", "transfer-encoding", "content-length", "date", "server"}


class Proxy(ThreadingHTTPServer):
    """
    Passes requests on, and logs them. Whether something happens to a request depends on the seed,
    on what it asks for and on how often that was asked before, so threads make no difference.
    """

    daemon_threads = True
    request_queue_size = 128
    SHARES = {"busy": 0.03, "reset": 0.02, "reset-after": 0.02, "cut": 0.04, "cut-reset": 0.04}

    def __init__(self, upstream):
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstream = upstream
        self.lock = threading.Lock()
        self.forget()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def forget(self):
        """From now on all goes well and at once, and the log is empty."""
        self.seed = None
        self.always_cut = None
        self.delay = 0
        self.log = []
        self.faults = collections.Counter()
        self.asked = collections.Counter()
        self.under_way = self.most_at_once = 0

    def fault(self, method, path):
        with self.lock:
            self.log.append((method, path))
            self.asked[method, path] += 1
            nth = self.asked[method, path]
        if self.always_cut and method == "GET" and self.always_cut in path:
            return "cut-all"
        if self.seed is None or nth > 2:
            return None
        drawn = random.Random(f"{self.seed} {method} {path} {nth}").random()
        for name, share in self.SHARES.items():
            if drawn < share:
                # S3A does not survive a broken listing everywhere, so only bodies of objects are cut.
                return None if name.startswith("cut") and (method != "GET" or "?" in path) else name
            drawn -= share
        return None

    def count(self, fault):
        with self.lock:
            self.faults[fault] += 1

    @contextmanager
    def counted(self):
        with self.lock:
            self.under_way += 1
            self.most_at_once = max(self.most_at_once, self.under_way)
        yield
        with self.lock:
            self.under_way -= 1

    def shutdown_request(self, request):
        self.close_request(request)  # without a farewell, so that a reset is one

    def handle_error(self, request, client_address):
        pass  # clients hang up


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        with self.server.counted():
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            fault = self.server.fault(self.command, self.path)
            time.sleep(self.server.delay)
            if fault == "busy":
                self.server.count(fault)
                self.reply(503, [("Content-Type", "application/xml")], BUSY)
            elif fault == "reset":
                self.server.count(fault)
                self.reset()
            else:
                self.pass_on(body, fault)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer

    def pass_on(self, body, fault):
        connection = http.client.HTTPConnection(*self.server.upstream, timeout=60)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in ("expect", "connection")}
            connection.request(self.command, self.path, body, headers)
            response = connection.getresponse()
            content = response.read()
            headers = [(name, value) for name, value in response.getheaders() if name.lower() not in DROPPED]
            length = int(response.headers.get("Content-Length", 0)) if self.command == "HEAD" else len(content)
        finally:
            connection.close()
        if fault == "reset-after":
            self.server.count(fault)
            self.reset()
        elif fault:
            self.server.count(fault)
            self.reply(response.status, headers, content[: 0 if fault == "cut-all" else len(content) // 2], length)
            self.wfile.flush()
            self.close_connection = True
            if fault == "cut-reset":
                self.reset()
        else:
            self.reply(response.status, headers, content, length)

    def reply(self, status, headers, content, length=None):
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


class Store:
    """The server, its proxy, and a client that goes around the proxy."""

    def __init__(self):
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        upstream = self.server.get_host_and_port()
        self.proxy = Proxy(upstream)
        self.client = boto3.client(
            "s3",
            endpoint_url="http://{}:{}".format(*upstream),
            region_name="us-east-1",
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
        )

    @property
    def endpoint(self):
        return "http://127.0.0.1:{}".format(self.proxy.server_address[1])

    def bucket(self, name, folder=None):
        self.client.create_bucket(Bucket=name)
        for file in sorted(folder.rglob("*")) if folder else ():
            if file.is_file():
                self.client.put_object(Bucket=name, Key=f"set/{file.relative_to(folder).as_posix()}", Body=file.read_bytes())
        return f"s3a://{name}/set"

    def objects(self, bucket):
        """The bytes of each object by its key."""
        found = {}
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            for entry in page.get("Contents", ()):
                found[entry["Key"]] = self.client.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
        return found

    def download(self, bucket, folder):
        """The set in a bucket as a folder; a key with no name, which no file can have, fails."""
        for key, content in self.objects(bucket).items():
            assert key.startswith("set/") and not key.endswith("/"), key
            file = folder / key.removeprefix("set/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        assert not self.client.list_multipart_uploads(Bucket=bucket).get("Uploads")
        return folder

    def stop(self):
        self.proxy.shutdown()
        self.proxy.server_close()
        self.server.stop()
