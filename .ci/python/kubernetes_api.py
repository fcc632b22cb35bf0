"""As much of Kubernetes' API as spark-submit and a driver need to ask for their pods; it keeps what it was asked for and starts nothing."""

import http.server
import json
import re
import threading


class KubernetesApi:
    """Answers on loopback; `made` holds (kind, object) of all that was to be made, in order."""

    def __init__(self):
        self.made = []
        api = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *words):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                status, told = api.answer(self.command, body)
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.master = f"k8s://http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, method, body):
        if method in ("POST", "PATCH", "PUT") and body:
            asked = json.loads(body)
            self.made.append((asked["kind"], json.loads(body)))
            asked["metadata"].update({"uid": "1", "resourceVersion": "1", "namespace": "default"})
            return 201, json.dumps(asked).encode()
        return 200, b'{"kind": "PodList", "apiVersion": "v1", "metadata": {"resourceVersion": "1"}, "items": []}'

    def pods(self, role):
        return [made for kind, made in self.made if kind == "Pod" and made["metadata"]["labels"]["spark-role"] == role]

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def container(pod):
    (only,) = pod["spec"]["containers"]
    return only


def environment_of(pod):
    return {variable["name"]: variable.get("value", variable.get("valueFrom")) for variable in container(pod).get("env", [])}


def arguments_of(pod):
    """As the container's process gets them: $$ is a $, and $(NAME) the variable if there is one."""
    known = environment_of(pod)

    def expanded(match):
        return "$" if match.group() == "$$" else str(known.get(match.group(1), match.group()))

    return [re.sub(r"\$\$|\$\(([^)]*)\)", expanded, word) for word in container(pod)["args"]]
