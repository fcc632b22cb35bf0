"""HDFS of real processes on loopback: a name node and three data nodes, which can be killed."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request

from cluster import environment, wait_for
from jars import jars

NAME_NODE = "org.apache.hadoop.hdfs.server.namenode.NameNode"
DATA_NODE = "org.apache.hadoop.hdfs.server.datanode.DataNode"


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for taken in sockets:
        taken.bind(("127.0.0.1", 0))
    ports = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports


class Hdfs:
    """Every file has three replicas, as clients ask for, one on each data node.

    Of two nodes one could not die: a client that has lost half of a file's nodes gives up."""

    def __init__(self, folder):
        self.folder = folder
        self.class_path = ":".join(map(str, [folder, *jars("hdfs.xml")]))
        rpc, web = free_ports(2)
        self.url = f"hdfs://127.0.0.1:{rpc}"
        self.web = f"http://127.0.0.1:{web}"
        self.configure(
            {
                "fs.defaultFS": self.url,
                "dfs.namenode.name.dir": (folder / "name").as_uri(),
                "dfs.namenode.http-address": f"127.0.0.1:{web}",
                "dfs.heartbeat.interval": "1",
                "dfs.permissions.enabled": "false",
            }
        )
        self.started = []
        try:
            self.run(NAME_NODE, "-format", "-nonInteractive")
            self.start("name", NAME_NODE)
            self.data_nodes = [self.start_data_node(number) for number in range(3)]
            wait_for(lambda: self.live_data_nodes() == 3, "three data nodes")
        except BaseException:
            self.stop()
            raise

    def configure(self, values):
        text = "".join(f"<property><name>{name}</name><value>{value}</value></property>" for name, value in values.items())
        for file in ("core-site.xml", "hdfs-site.xml"):
            (self.folder / file).write_text(f"<configuration>{text}</configuration>")

    def java(self, main, *arguments):
        return ["java", "-Xmx256m", "-cp", self.class_path, main, *map(str, arguments)]

    def run(self, main, *arguments):
        ran = subprocess.run(self.java(main, *arguments), env=environment(LC_ALL="C.UTF-8"), capture_output=True, text=True, timeout=120)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def start(self, name, main, *arguments):
        with open(self.folder / f"{name}.log", "wb") as out:
            process = subprocess.Popen(self.java(main, *arguments), env=environment(), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.started.append(process)
        return process

    def start_data_node(self, number):
        here = ("address", "http.address", "ipc.address")
        where = [f"-Ddfs.datanode.{kind}=127.0.0.1:0" for kind in here]
        return self.start(f"data-{number}", DATA_NODE, f"-Ddfs.datanode.data.dir={(self.folder / f'data-{number}').as_uri()}", *where)

    def live_data_nodes(self):
        """How many there are; 0 while the name node starts."""
        try:
            with urllib.request.urlopen(f"{self.web}/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState", timeout=30) as answer:
                beans = json.load(answer)["beans"]
        except urllib.error.URLError:
            return 0
        return beans[0]["NumLiveDataNodes"] if beans else 0

    def admin(self, *arguments):
        return self.run("org.apache.hadoop.hdfs.tools.DFSAdmin", *arguments)

    def shell(self, *arguments):
        return self.run("org.apache.hadoop.fs.FsShell", *arguments)

    def exists(self, path):
        shell = self.java("org.apache.hadoop.fs.FsShell", "-test", "-e", path)
        return subprocess.run(shell, env=environment(LC_ALL="C.UTF-8"), capture_output=True, timeout=120).returncode == 0

    def blocks(self):
        """How many blocks have a replica on the first data node, those being written included."""
        return sum(1 for file in (self.folder / "data-0").rglob("blk_*") if file.suffix != ".meta")

    def kill(self, process):
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self):
        for process in self.started:
            if process.poll() is None:
                self.kill(process)
