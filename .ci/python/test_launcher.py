"""submit/emulsion, run from a scratch copy of the project with a java and a Spark that tell their arguments."""

import fcntl
import os
import pty
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
MAIN = "io.emulsion.spark.job.Emulsion"

# Writes its arguments, each ended by a NUL, and the environment; then ends as FAKE_END says.
TELL = r"""#!/bin/bash
if [[ ${1:-} == -version ]]; then
  echo "openjdk version \"${FAKE_JAVA:-17.0.15}\" 2025-04-15" >&2
  exit
fi
printf '%s\0' "$0" "$@" >"$TOLD"
env -0 >"$TOLD.env"
eval "${FAKE_END:-exit 0}"
"""


def executable(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


class Scratch:
    """A project folder without sources, whose jars are empty files, and a PATH that begins with fakes."""

    def __init__(self, folder):
        self.root = folder / "pröject with spaces"
        self.told = folder / "told"
        self.bin = folder / "bin"
        self.elsewhere = folder / "else where"
        self.elsewhere.mkdir(parents=True)
        shutil.copytree(PROJECT / "submit", self.root / "submit")
        shutil.copytree(PROJECT / "conf", self.root / "conf")
        self.jar = self.root / "spark-jobs/target/emulsion.jar"
        self.spark_jars = self.root / "spark-jobs/target/spark-jars"
        self.spark_jars.mkdir(parents=True)
        self.jar.touch()
        (self.spark_jars / "spark-core_2.13-4.0.1.jar").touch()
        self.java = executable(self.bin / "java", TELL)
        self.script = self.root / "submit/emulsion"

    def spark_home(self, version, scala="2.13"):
        home = self.root.parent / f"spark home {version}"
        executable(home / "bin/spark-submit", TELL)
        (home / "jars").mkdir()
        (home / f"jars/spark-core_{scala}-{version}.jar").touch()
        return home

    def environment(self, **changes):
        environment = {"PATH": f"{self.bin}:/usr/bin:/bin", "TOLD": str(self.told), "HOME": str(self.elsewhere)}
        environment.update({name: str(value) for name, value in changes.items()})
        return environment

    def run(self, *arguments, script=None, cwd=None, **changes):
        self.told.unlink(missing_ok=True)
        return subprocess.run(
            [str(script or self.script), *arguments],
            cwd=cwd or self.elsewhere,
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            timeout=60,
        )

    def arguments(self):
        return self.told.read_bytes().decode().split("\0")[1:-1]

    def emulsion_arguments(self, resource="spark-internal"):
        arguments = self.arguments()
        return arguments[arguments.index(resource) + 1 :]

    def confs(self):
        arguments = self.arguments()
        return [value for option, value in zip(arguments, arguments[1:]) if option == "--conf"]

    def told_environment(self):
        pairs = Path(f"{self.told}.env").read_bytes().decode().split("\0")[:-1]
        return dict(pair.split("=", 1) for pair in pairs)

    def add_sources(self, maven):
        """Sources older than the jar, and an mvn that runs the shell lines `maven`."""
        for name in ("pom.xml", "common/pom.xml", "spark-jobs/pom.xml", "common/src/main/A.java", "spark-jobs/src/main/B.java"):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("<spark.version>4.0.1</spark.version>")
        for path in self.root.rglob("*"):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        os.utime(self.jar, (1_100_000_000, 1_100_000_000))
        executable(self.bin / "mvn", f'#!/bin/bash\nprintf "%s\\n" "$*" >>"$TOLD.mvn"\n{maven}\n')

    def builds(self):
        log = Path(f"{self.told}.mvn")
        return log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def scratch(tmp_path):
    return Scratch(tmp_path)


def one_line_about(result, *words):
    assert result.stderr.count("\n") == 1, result.stderr
    for word in words:
        assert word in result.stderr


AWKWARD = ["mix", "--set", "output.split=a b", "", 'say "hi" \'there\'', "line\nbreak", "*", "$HOME", "-x", "ü\\n"]


def test_embedded_runs_spark_submit_in_the_jvm(scratch):
    result = scratch.run("demo")
    assert result.returncode == 0
    one_line_about(result, "Spark 4.0.1", "embedded", "Java 17")
    arguments = scratch.arguments()
    main = arguments.index("org.apache.spark.deploy.SparkSubmit")
    assert arguments[main - 2 : main] == ["-cp", f"{scratch.spark_jars}/spark-core_2.13-4.0.1.jar:{scratch.jar}"]
    assert "-Xmx2g" in arguments[:main]
    assert "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED" in arguments[:main]
    assert arguments[main + 1 : main + 3] == ["--class", MAIN]
    assert arguments[arguments.index("--master") + 1] == "local[*]"
    assert {"spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1"} <= set(scratch.confs())
    assert scratch.emulsion_arguments() == ["demo"]


def test_logging_is_configured_by_an_escaped_uri(scratch):
    scratch.run("demo")
    (option,) = [a for a in scratch.arguments() if a.startswith("-Dlog4j2.configurationFile=")]
    assert option.split("=", 1)[1] == (scratch.root / "conf/log4j2.properties").as_uri()


def test_arguments_reach_emulsion_unchanged(scratch):
    assert scratch.run(*AWKWARD).returncode == 0
    assert scratch.emulsion_arguments() == AWKWARD


def test_arguments_reach_emulsion_unchanged_through_spark_home(scratch):
    home = scratch.spark_home("4.3.0")
    result = scratch.run(*AWKWARD, SPARK_HOME=home)
    one_line_about(result, "Spark 4.3.0", str(home))
    assert scratch.emulsion_arguments(str(scratch.jar)) == AWKWARD
    assert scratch.arguments()[:2] == ["--class", MAIN]


def test_spark_options_are_taken_out_wherever_they_stand(scratch):
    scratch.run("--master", "local[3]", "mix", "--conf", "a=b c", "--set", "x=1", "--conf=d=e=f", "--name=n", "--queue", "q")
    assert scratch.emulsion_arguments() == ["mix", "--set", "x=1"]
    arguments = scratch.arguments()
    assert arguments[arguments.index("--master") :][:2] == ["--master", "local[3]"]
    assert arguments.count("--master") == 1
    assert {"a=b c", "d=e=f"} <= set(scratch.confs())
    assert arguments[arguments.index("--name") + 1] == "n"
    assert arguments[arguments.index("--queue") + 1] == "q"


@pytest.mark.parametrize(
    "option",
    "--master --deploy-mode --driver-memory --executor-memory --executor-cores --num-executors --jars --packages --name --queue".split(),
)
def test_each_spark_option_reaches_spark_in_both_forms(scratch, option):
    home = scratch.spark_home("4.3.0")
    for form in ([option, "5g"], [f"{option}=5g"]):
        scratch.run("plan", *form, "--output", "o", SPARK_HOME=home)
        arguments = scratch.arguments()
        assert arguments[arguments.index(option) + 1] == "5g"
        assert scratch.emulsion_arguments(str(scratch.jar)) == ["plan", "--output", "o"]


def test_nothing_is_taken_out_after_two_dashes(scratch):
    scratch.run("verify", "--", "--master", "--conf=x")
    assert scratch.emulsion_arguments() == ["verify", "--", "--master", "--conf=x"]


def test_no_command_asks_for_help(scratch):
    scratch.run("--master", "local[1]")
    assert scratch.emulsion_arguments() == ["--help"]


def test_version_is_passed_on(scratch):
    scratch.run("--version")
    assert scratch.emulsion_arguments() == ["--version"]


def test_a_spark_option_without_its_value_is_refused(scratch):
    result = scratch.run("mix", "--conf")
    assert result.returncode == 2
    one_line_about(result, "--conf needs a value")


def test_the_users_settings_win(scratch):
    scratch.run("mix", "--conf", "spark.ui.enabled=true", "--conf", "spark.driver.memory=3g", "--conf", 'spark.driver.extraJavaOptions=-Da=1 -Db="x y"')
    assert [c for c in scratch.confs() if c.startswith("spark.ui.enabled")] == ["spark.ui.enabled=true"]
    assert {"-Xmx3g", "-Da=1", "-Db=x y"} <= set(scratch.arguments())


def test_the_collector_is_the_parallel_one_unless_the_user_chose(scratch):
    scratch.run("mix")
    assert "-XX:+UseParallelGC" in scratch.arguments()
    scratch.run("mix", "--conf", "spark.driver.extraJavaOptions=-XX:+UseG1GC")
    assert "-XX:+UseG1GC" in scratch.arguments() and "-XX:+UseParallelGC" not in scratch.arguments()


def test_a_properties_file_is_heeded(scratch):
    properties = scratch.elsewhere / "my.properties"
    properties.write_text("# spark.driver.memory 9g\nspark.driver.memory   5g\nspark.ui.enabled=true\nspark.master: local[2]\n")
    scratch.run("mix", "--properties-file", str(properties))
    assert "-Xmx5g" in scratch.arguments()
    assert not [c for c in scratch.confs() if c.startswith("spark.ui.enabled")]
    assert "--master" not in scratch.arguments()
    scratch.run("mix", "--properties-file", str(properties), "--driver-memory", "6g")
    assert "-Xmx6g" in scratch.arguments()


def test_a_missing_properties_file_is_refused(scratch):
    result = scratch.run("mix", "--properties-file=none here")
    assert result.returncode == 2
    one_line_about(result, "--properties-file", "none here")


def test_a_driver_memory_that_java_cannot_read_is_refused(scratch):
    result = scratch.run("mix", "--driver-memory", "2 GB")
    assert result.returncode == 2
    one_line_about(result, "2 GB", "2g")


def test_a_cluster_gets_the_jar_and_a_reachable_driver(scratch):
    scratch.run("mix", "--master", "spark://host:7077")
    assert scratch.emulsion_arguments(str(scratch.jar)) == ["mix"]
    assert not [c for c in scratch.confs() if c.startswith("spark.driver.")]


@pytest.mark.parametrize("asked", [("--deploy-mode", "cluster"), ("--conf", "spark.submit.deployMode=cluster")])
def test_a_driver_on_a_standalone_worker_gets_what_spark_needs_opened(scratch, asked):
    home = scratch.spark_home("4.3.0")
    theirs = "spark.driver.extraJavaOptions=-Da=1"
    scratch.run("mix", "--master", "spark://host:7077", *asked, "--conf", theirs, SPARK_HOME=home)
    options = [c for c in scratch.confs() if c.startswith("spark.driver.extraJavaOptions=")][-1]
    assert "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED" in options
    assert options.endswith(" -Da=1")
    assert "spark.standalone.submit.waitAppCompletion=true" in scratch.confs()


def test_a_driver_in_a_pod_runs_the_images_jar_with_arguments_that_kubernetes_leaves_alone(scratch):
    home = scratch.spark_home("4.3.0")
    scratch.run(*AWKWARD, "$(HOME)", "--master", "k8s://https://host", "--deploy-mode=cluster", SPARK_HOME=home)
    told = scratch.emulsion_arguments("local:///opt/emulsion/emulsion.jar")
    assert told == [word.replace("$", "$$") for word in [*AWKWARD, "$(HOME)"]]
    scratch.run(*AWKWARD, "--master", "k8s://https://host", SPARK_HOME=home)
    assert scratch.emulsion_arguments(str(scratch.jar)) == AWKWARD


def test_a_driver_in_a_container_of_yarn_gets_what_its_shell_would_take(scratch):
    home = scratch.spark_home("4.3.0")
    scratch.run("mix", "a `b` \\ $c", "--master", "yarn", "--deploy-mode", "cluster", SPARK_HOME=home)
    assert scratch.emulsion_arguments(str(scratch.jar)) == ["mix", "a \\`b\\` \\\\ $c"]


SECRETS = [
    "spark.hadoop.fs.s3a.secret.key",
    "spark.hadoop.fs.s3a.access.key",
    "spark.hadoop.fs.s3a.session.token",
    "spark.hadoop.fs.azure.account.key.a.dfs.core.windows.net",
    "spark.authenticate.secret",
    "spark.ssl.keyPassword",
    "spark.executorEnv.AWS_SECRET_ACCESS_KEY",
]


@pytest.mark.parametrize("key", SECRETS)
@pytest.mark.parametrize("form", [["--conf", "{}=k3y"], ["--conf={}=k3y"]])
def test_a_secret_on_the_command_line_is_refused_and_not_repeated(scratch, key, form):
    for home in ({}, {"SPARK_HOME": scratch.root.parent}):
        result = scratch.run("mix", *(word.format(key) for word in form), **home)
        assert result.returncode == 2
        one_line_about(result, key, "--properties-file")
        assert "k3y" not in result.stderr
        assert not scratch.told.exists()


@pytest.mark.parametrize(
    "key",
    [
        "spark.kubernetes.driver.secretKeyRef.AWS_SECRET_ACCESS_KEY",
        "spark.kubernetes.executor.secrets.emulsion",
        "spark.kubernetes.authenticate.driver.oauthTokenFile",
        "spark.hadoop.fs.s3a.aws.credentials.provider",
        "spark.redaction.regex",
    ],
)
def test_names_of_secrets_are_none(scratch, key):
    assert scratch.run("mix", "--conf", f"{key}=name").returncode == 0
    assert f"{key}=name" in scratch.confs()


def test_a_secret_in_a_properties_file_reaches_no_command_line(scratch):
    properties = scratch.elsewhere / "my keys.conf"
    properties.write_text("# spark.authenticate.secret x\n  spark.hadoop.fs.s3a.secret.key : k3y\n")
    home = scratch.spark_home("4.3.0")
    for where in ([], ["--master", "yarn", "--deploy-mode", "cluster"], ["--master", "spark://host:7077"]):
        assert scratch.run("mix", "--properties-file", str(properties), *where, SPARK_HOME=home).returncode == 0
        assert "k3y" not in str(scratch.arguments())
    result = scratch.run("mix", "--properties-file", str(properties), "--master", "spark://host:7077", "--deploy-mode", "cluster", SPARK_HOME=home)
    assert result.returncode == 2
    one_line_about(result, "spark.hadoop.fs.s3a.secret.key", "client mode")
    assert "k3y" not in result.stderr


@pytest.mark.parametrize("where", [("--master", "spark://host:7077"), ("--master", "yarn", "--deploy-mode", "cluster")])
def test_other_drivers_are_left_to_spark(scratch, where):
    scratch.run("mix", *where, SPARK_HOME=scratch.spark_home("4.3.0"))
    assert not [c for c in scratch.confs() if "extraJavaOptions" in c or "waitAppCompletion" in c]


def test_local_cluster_needs_a_spark_home(scratch):
    result = scratch.run("mix", "--master", "local-cluster[1,1,1024]")
    assert result.returncode == 2
    assert "SPARK_HOME" in result.stderr


@pytest.mark.parametrize("spark", [None, "3.5.9"])
def test_driver_and_executors_get_the_environment(scratch, spark):
    scratch.run("mix", LC_ALL="C", **({"SPARK_HOME": scratch.spark_home(spark, "2.12")} if spark else {}))
    wanted = {"LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    assert wanted.items() <= scratch.told_environment().items()
    assert {f"spark.executorEnv.{name}={value}" for name, value in wanted.items()} <= set(scratch.confs())


def test_works_through_symlinks_from_anywhere_without_home(scratch):
    absolute = scratch.elsewhere / "absolute"
    absolute.symlink_to(scratch.script)
    relative = scratch.elsewhere / "relative"
    relative.symlink_to(Path("absolute"))
    environment = scratch.environment()
    del environment["HOME"]
    environment["CDPATH"] = str(scratch.root)
    for script, cwd in ((relative, "/"), ("./relative", scratch.elsewhere), ("submit/emulsion", scratch.root), ("./emulsion", scratch.root / "submit")):
        result = subprocess.run([str(script), "demo"], cwd=cwd, env=environment, capture_output=True, text=True, timeout=60)
        assert result.returncode == 0, result.stderr
        assert scratch.emulsion_arguments() == ["demo"]


@pytest.mark.parametrize("code", [0, 1, 3, 7])
def test_the_exit_code_is_emulsions(scratch, code):
    assert scratch.run("mix", FAKE_END=f"exit {code}").returncode == code
    home = scratch.spark_home("4.3.0")
    assert scratch.run("mix", SPARK_HOME=home, FAKE_END=f"exit {code}").returncode == code


def test_sigterm_reaches_java_and_ends_as_143(scratch):
    process = subprocess.Popen(
        [str(scratch.script), "mix"],
        env=scratch.environment(FAKE_END="trap 'kill $sleeping; exit 143' TERM; sleep 50 & sleeping=$!; touch \"$TOLD.ready\"; wait"),
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        if Path(f"{scratch.told}.ready").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 143


@pytest.mark.parametrize("version, told", [("11.0.20", "Java 11"), ("1.8.0_372", "Java 8"), ("25.0.1", "Java 25"), ("24", "Java 24")])
def test_a_java_that_the_embedded_spark_cannot_run_on_is_refused(scratch, version, told):
    result = scratch.run("mix", FAKE_JAVA=version)
    assert result.returncode == 2
    one_line_about(result, told, "JAVA_HOME")
    assert not scratch.told.exists()


@pytest.mark.parametrize("version", ["17", "21.0.2", "23-ea"])
def test_other_javas_are_taken(scratch, version):
    assert scratch.run("mix", FAKE_JAVA=version).returncode == 0


@pytest.mark.parametrize("spark, code", [("3.5.9", 2), ("4.0.1", 2), ("4.1.0", 0), ("4.3.0", 0)])
def test_java_25_needs_spark_4_1(scratch, spark, code):
    result = scratch.run("mix", SPARK_HOME=scratch.spark_home(spark), FAKE_JAVA="25.0.1")
    assert result.returncode == code
    assert (f"Spark {spark} does not run on Java 24" in result.stderr) == (code == 2)


def test_the_version_is_read_from_the_file_beside_java(scratch):
    home = scratch.elsewhere / "jdk 11"
    executable(home / "bin/java", TELL)
    (home / "release").write_text('IMPLEMENTOR="x"\nJAVA_VERSION="11.0.2"\n')
    result = scratch.run("mix", JAVA_HOME=home)
    assert result.returncode == 2
    one_line_about(result, "Java 11", str(home))


def test_a_java_home_without_java_is_refused(scratch):
    result = scratch.run("mix", JAVA_HOME="/nowhere at all")
    assert result.returncode == 2
    one_line_about(result, "/nowhere at all", "bin/java")


def test_no_java_at_all_is_refused(scratch):
    tools = scratch.elsewhere / "tools"
    tools.mkdir()
    for name in "bash env dirname readlink awk sed find".split():
        (tools / name).symlink_to(shutil.which(name))
    result = scratch.run("mix", PATH=tools)
    assert result.returncode == 2
    one_line_about(result, "install Java 17")


@pytest.mark.parametrize("spark", ["3.4.1", "2.4.8", "3.0.3"])
def test_an_old_spark_is_refused(scratch, spark):
    result = scratch.run("mix", SPARK_HOME=scratch.spark_home(spark, "2.12"))
    assert result.returncode == 2
    one_line_about(result, spark, "3.5")


@pytest.mark.parametrize("spark", ["3.5.0", "3.5.1-amzn-0", "10.0.0"])
def test_newer_sparks_are_taken(scratch, spark):
    assert scratch.run("mix", SPARK_HOME=scratch.spark_home(spark)).returncode == 0


def test_a_spark_home_without_spark_is_refused(scratch):
    result = scratch.run("mix", SPARK_HOME=scratch.elsewhere)
    assert result.returncode == 2
    one_line_about(result, str(scratch.elsewhere), "SPARK_HOME")


def test_a_java_that_spark_env_names_is_left_to_spark(scratch):
    home = scratch.spark_home("4.0.1")
    (home / "conf").mkdir()
    (home / "conf/spark-env.sh").write_text("export JAVA_HOME=/opt/java17\n")
    assert scratch.run("mix", SPARK_HOME=home, FAKE_JAVA="11.0.1").returncode == 0


MAKES_THE_JAR = 'sleep "${FAKE_MVN_SECONDS:-0}"; mkdir -p "$PWD/spark-jobs/target"; touch "$PWD/spark-jobs/target/emulsion.jar"'


def test_an_up_to_date_jar_is_not_built_again(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    assert scratch.run("mix").returncode == 0
    assert scratch.builds() == []


@pytest.mark.parametrize("source", ["pom.xml", "common/pom.xml", "spark-jobs/pom.xml", "common/src/main/A.java", "spark-jobs/src/main/B.java"])
def test_newer_sources_build_the_jar_once(scratch, source):
    scratch.add_sources(MAKES_THE_JAR)
    os.utime(scratch.root / source, (1_200_000_000, 1_200_000_000))
    result = scratch.run("mix")
    assert result.returncode == 0
    assert "sources are newer" in result.stderr.splitlines()[0]
    assert scratch.builds() == [f"-B -q -f {scratch.root}/pom.xml package -DskipTests -Dspotless.check.skip"]
    scratch.run("mix")
    assert len(scratch.builds()) == 1


def test_a_missing_jar_is_built(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    scratch.jar.unlink()
    result = scratch.run("mix")
    assert result.returncode == 0
    assert "no jar yet" in result.stderr.splitlines()[0]
    assert len(scratch.builds()) == 1


# Stands in for the JVM that writes what it was asked for: the classes it loaded, or one of the archives of them.
MAKES_AN_ARCHIVE = r'''
for option in "$@"; do
  case $option in
    -XX:DumpLoadedClassList=*) [ "$LC_ALL" = C.UTF-8 ] || exit 2; printf '%s\n' java/lang/Object '@lambda-form-invoker [SPECIES_RESOLVE] x' >"${option#*=}" ;;
    -XX:SharedClassListFile=*) cp "${option#*=}" "$TOLD.classes" ;;
    -XX:SharedArchiveFile=*/spark.jsa) touch "${option#*=}" ;;
    -XX:ArchiveClassesAtExit=*) touch "${option#*=}" ;;
  esac
done'''


def archive_options(scratch):
    return [a for a in scratch.arguments() if a.startswith("-XX:SharedArchiveFile=")]


def archives(scratch):
    return [scratch.jar.parent / f"{whose}-classes-java-17.jsa" for whose in ("spark", "emulsion")]


def test_a_build_makes_archives_of_classes_which_later_runs_use(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    scratch.jar.unlink()
    assert scratch.run("mix", FAKE_END=MAKES_AN_ARCHIVE).returncode == 0
    spark, own = archives(scratch)
    assert archive_options(scratch) == [f"-XX:SharedArchiveFile={spark}:{own}"]
    assert Path(f"{scratch.told}.classes").read_text().split() == ["java/lang/Object"]
    assert not list(scratch.jar.parent.glob("archive.??????"))
    scratch.run("mix", "--conf", "spark.driver.extraJavaOptions=-javaagent:a.jar")
    assert archive_options(scratch) == []


def test_no_archive_is_only_told_of(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    scratch.jar.unlink()
    result = scratch.run("mix")
    assert result.returncode == 0
    assert "could not be made" in result.stderr.splitlines()[2]
    assert archive_options(scratch) == []


def test_prepare_makes_what_is_missing_and_runs_nothing(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    assert scratch.run("--prepare", FAKE_END=MAKES_AN_ARCHIVE).returncode == 0
    assert scratch.builds() == []
    spark, own = archives(scratch)
    assert spark.exists() and own.exists()
    scratch.told.unlink()
    result = scratch.run("--prepare")
    assert (result.returncode, result.stderr, scratch.told.exists()) == (0, "", False)


def test_prepare_after_a_build_of_another_tool_makes_our_archive_alone(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    assert scratch.run("--prepare", FAKE_END=MAKES_AN_ARCHIVE).returncode == 0
    spark, own = archives(scratch)
    of_spark = spark.stat()
    os.utime(own, (1, 1))
    assert scratch.run("--prepare", FAKE_END=MAKES_AN_ARCHIVE).returncode == 0
    assert own.stat().st_mtime > 1
    assert spark.stat() == of_spark


def test_prepare_is_for_the_embedded_spark(scratch):
    result = scratch.run("--prepare", SPARK_HOME=scratch.spark_home("4.3.0"))
    assert result.returncode == 2
    one_line_about(result, "SPARK_HOME", "unset")


def test_a_terminal_is_told_of(scratch):
    scratch.run("mix", EMULSION_TERMINAL="1")
    assert "EMULSION_TERMINAL" not in scratch.told_environment()
    controller, terminal = pty.openpty()
    try:
        subprocess.run([str(scratch.script), "mix"], env=scratch.environment(), stderr=terminal, timeout=60)
    finally:
        os.close(terminal)
        os.close(controller)
    assert scratch.told_environment()["EMULSION_TERMINAL"] == "1"


def test_a_jar_that_a_killed_build_left_is_built_again(scratch):
    scratch.add_sources(f"{MAKES_THE_JAR}; kill -KILL $PPID; kill -KILL $$")
    scratch.jar.unlink()
    assert scratch.run("mix").returncode != 0
    assert scratch.jar.exists()
    scratch.add_sources(MAKES_THE_JAR)
    assert scratch.run("mix").returncode == 0
    assert len(scratch.builds()) == 2
    scratch.run("mix")
    assert len(scratch.builds()) == 2


def test_two_launchers_build_once(scratch):
    scratch.add_sources(MAKES_THE_JAR)
    scratch.jar.unlink()
    environment = scratch.environment(FAKE_MVN_SECONDS=1)
    both = [subprocess.Popen([str(scratch.script), "mix"], env=environment, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    assert len(scratch.builds()) == 1


def test_a_source_that_changes_during_the_build_builds_again(scratch):
    scratch.add_sources('sleep 1; touch "$PWD/common/src/main/A.java"; touch "$PWD/spark-jobs/target/emulsion.jar"')
    scratch.jar.unlink()
    scratch.run("mix")
    scratch.run("mix")
    assert len(scratch.builds()) == 2


def test_a_failing_build_shows_what_maven_said(scratch):
    scratch.add_sources('seq 100; echo "[ERROR] A.java does not compile"; exit 1')
    scratch.jar.unlink()
    result = scratch.run("mix")
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert "the build failed" in lines[-1]
    assert lines[-2] == "[ERROR] A.java does not compile"
    assert len(lines) == 32
    assert not scratch.told.exists()


def test_a_missing_maven_is_named(scratch):
    scratch.add_sources("")
    scratch.jar.unlink()
    tools = scratch.elsewhere / "tools"
    tools.mkdir()
    for name in "bash env dirname readlink awk sed find mkdir".split():
        (tools / name).symlink_to(shutil.which(name))
    (tools / "java").symlink_to(scratch.java)
    result = scratch.run("mix", PATH=tools)
    assert result.returncode == 2
    one_line_about(result, "install Maven")


def test_a_folder_without_jar_and_sources_is_refused(scratch):
    scratch.jar.unlink()
    result = scratch.run("mix")
    assert result.returncode == 2
    one_line_about(result, "no sources")


def test_the_readmes_cron_line_tells_the_exit_code_and_leaves_a_run_under_way_alone(scratch):
    (line,) = [line for line in (PROJECT / "README.md").read_text().splitlines() if line.startswith("15 2 * * * ")]
    command = line.split(" ", 5)[5]
    assert "%" not in command  # cron's newline
    (scratch.elsewhere / "opt").symlink_to(scratch.root)
    command = command.replace("/opt/emulsion/", "opt/").replace("/tmp/", "")

    def cron(**changes):
        environment = scratch.environment(**changes)
        return subprocess.run(["/bin/sh", "-c", command], cwd=scratch.elsewhere, env=environment, capture_output=True, text=True, timeout=60)

    told = cron(FAKE_END="exit 5")
    assert (told.stdout, told.stderr) == ("emulsion: exit code 5\n", "")
    assert scratch.emulsion_arguments() == ["mix", "--config", "/etc/emulsion/mix.yaml"]
    assert "embedded" in (scratch.elsewhere / "emulsion.log").read_text()
    assert cron().stdout == ""
    with open(scratch.elsewhere / "emulsion.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        scratch.told.unlink()
        assert cron().stdout == ""
        assert not scratch.told.exists()
