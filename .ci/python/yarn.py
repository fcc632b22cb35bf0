"""A YARN cluster of Hadoop's own classes on this machine: a resource manager and two node managers in one process."""

import subprocess

from cluster import environment, wait_for
from matrix import PROJECT

HADOOP = PROJECT / ".ci/hadoop"


def hadoop_classpath(folder):
    """The jars that .ci/hadoop/pom.xml names."""
    path = folder / "classpath"
    goal = ["dependency:build-classpath", f"-Dmdep.outputFile={path}"]
    subprocess.run(["mvn", "-B", "-q", "-f", HADOOP / "pom.xml", *goal], check=True, stdout=subprocess.DEVNULL)
    return path.read_text().strip()


class YarnCluster:
    """All that it writes lies below `folder`; `configuration` is what HADOOP_CONF_DIR has to name."""

    def __init__(self, folder):
        self.folder = folder
        self.configuration = folder / "hadoop-conf"
        self.configuration.mkdir()
        self.log = folder / "yarn.log"
        opened = "--add-opens=java.base/java.lang=ALL-UNNAMED"  # for Guice, of its web pages
        command = ["java", "-Xmx400m", opened, "-cp", hadoop_classpath(folder), HADOOP / "YarnCluster.java", self.configuration]
        with open(self.log, "wb") as out:
            self.process = subprocess.Popen(
                [str(word) for word in command], env=environment(), cwd=folder, stdin=subprocess.PIPE, stdout=out, stderr=out
            )
        try:
            wait_for(self.is_up, "YARN's cluster starts")
        except BaseException:
            self.stop()
            raise

    def is_up(self):
        assert self.process.poll() is None, self.log.read_text(errors="replace")[-5000:]
        return (self.configuration / "yarn-site.xml").exists()

    def container_logs(self, application):
        """What the containers of an application wrote to standard error, by container."""
        return {path.parent.name: path.read_text(errors="replace") for path in self.folder.rglob(f"{application}/*/stderr")}

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
