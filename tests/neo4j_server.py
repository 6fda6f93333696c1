"""A real Neo4j for tests: the server NEO4J_URI names, else Neo4j Community from Maven Central's jars, started here.

One server a run, whoever asks first: `neo4j_server` gives its address, `neo4j_database` the same emptied. A server
named by NEO4J_URI must be made for tests and be empty when the run starts, since tests wipe it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError

__all__ = ["Server", "neo4j_database", "neo4j_server", "wipe"]

ROOT = Path(__file__).parent.parent
POM = ROOT / "tests" / "poms" / "neo4j" / "pom.xml"
CLASS_PATH = ROOT / ".cache" / "neo4j" / "classpath.txt"
RESOLVE = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath"
MAIN = "org.neo4j.server.CommunityEntryPoint"
PASSWORD = "tests-only-1"
START_SECONDS = 180  # nine where the machine is idle
RESOLVE_SECONDS = 900  # 120 MiB, once

# Tests give wrong passwords on purpose: with the usual limit of three the server would shut out the tests after them.
CONF = """\
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.security.auth_max_failed_attempts=0
dbms.usage_report.enabled=false
server.memory.pagecache.size=128m
db.transaction.timeout=60s
dbms.security.allow_csv_import_from_file_urls=true
"""

JAVA = (
    "java",
    "-Xms128m",
    "-Xmx768m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-Dfile.encoding=UTF-8",
    "-Djava.awt.headless=true",
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where a Neo4j listens and who may come in; `jars` is its class path where it was started here."""

    uri: str
    username: str
    password: str
    database: str
    jars: str = ""

    def driver(self) -> neo4j.Driver:
        """Open a driver to it."""
        return neo4j.GraphDatabase.driver(
            self.uri, auth=(self.username, self.password), notifications_min_severity="OFF"
        )

    def environment(self) -> dict[str, str]:
        """Return the variables by which `kg` finds it."""
        return {
            "NEO4J_URI": self.uri,
            "NEO4J_USERNAME": self.username,
            "NEO4J_PASSWORD": self.password,
            "NEO4J_DATABASE": self.database,
        }


_KEY = pytest.StashKey[Server]()
_NONE = pytest.StashKey[BaseException]()  # why there is no server, so that it is tried once


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest) -> Server:
    """A Neo4j that answers; skips, saying how to get one, where there is none to be had."""
    config = request.config
    if _NONE in config.stash:
        raise config.stash[_NONE]
    if _KEY not in config.stash:
        stack = contextlib.ExitStack()
        config.add_cleanup(stack.close)
        named = os.environ.get("NEO4J_URI")
        try:
            config.stash[_KEY] = _named(named) if named else stack.enter_context(_started())
        except (pytest.skip.Exception, pytest.fail.Exception) as reason:
            config.stash[_NONE] = reason
            raise
    return config.stash[_KEY]


@pytest.fixture
def neo4j_database(neo4j_server: Server) -> Iterator[Server]:
    """The same server with nothing in it, before the test and after."""
    wipe(neo4j_server)
    yield neo4j_server
    wipe(neo4j_server)


def wipe(server: Server) -> None:
    """Delete every node; constraints stay, since making them takes seconds."""
    with server.driver() as driver, driver.session(database=server.database) as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


def _named(uri: str) -> Server:
    """Return the server NEO4J_URI names; it must be empty, since tests wipe it."""
    server = Server(
        uri,
        os.environ.get("NEO4J_USERNAME", "neo4j"),
        os.environ.get("NEO4J_PASSWORD", ""),
        os.environ.get("NEO4J_DATABASE", "neo4j"),
    )
    try:
        with server.driver() as driver, driver.session(database=server.database) as session:
            count = session.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"]
    except (DriverError, Neo4jError) as error:
        pytest.skip(f"NEO4J_URI={uri}: {error}; start that server, or unset NEO4J_URI to have one started")
    if count:
        pytest.fail(f"NEO4J_URI={uri} holds {count} nodes; tests wipe their database: name an empty one made for them")
    return server


def _jars() -> str:
    """Return the class path of the server, from the cache or from Maven."""
    if CLASS_PATH.is_file() and CLASS_PATH.stat().st_mtime >= POM.stat().st_mtime:
        jars = CLASS_PATH.read_text(encoding="utf-8").strip()
        if jars and all(Path(jar).is_file() for jar in jars.split(os.pathsep)):
            return jars
    if shutil.which("java") is None or shutil.which("mvn") is None:
        pytest.skip(
            "neo4j: install a JDK >= 17 and Maven (Debian: openjdk-17-jdk-headless maven), or set NEO4J_URI to an "
            "empty server made for tests"
        )
    CLASS_PATH.parent.mkdir(parents=True, exist_ok=True)
    try:
        run = subprocess.run(
            ["mvn", "-q", "-B", "-f", str(POM), RESOLVE, f"-Dmdep.outputFile={CLASS_PATH}"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=RESOLVE_SECONDS,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("neo4j: Maven did not bring the jars in time; run the tests again, or set NEO4J_URI")
    if run.returncode:
        said = " ".join((run.stdout + run.stderr).split())[:300]
        pytest.skip(f"neo4j: Maven could not bring the jars ({said}); connect it to Maven Central, or set NEO4J_URI")
    return CLASS_PATH.read_text(encoding="utf-8").strip()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


@contextlib.contextmanager
def _started() -> Iterator[Server]:
    """Start a server on a free port of 127.0.0.1; kill it afterwards, since its own way out takes ten seconds."""
    jars = _jars()
    home = Path(tempfile.mkdtemp(prefix="kg-neo4j-"))
    for name in ("conf", "plugins"):
        (home / name).mkdir()
    port = _free_port()
    (home / "conf" / "neo4j.conf").write_text(CONF.format(port=port), encoding="utf-8")
    output = (home / "output.txt").open("wb")
    process = subprocess.Popen(
        [*JAVA, "-cp", jars, MAIN, f"--home-dir={home}", f"--config-dir={home / 'conf'}"],
        stdout=output,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )
    try:
        server = Server(f"bolt://127.0.0.1:{port}", "neo4j", PASSWORD, "neo4j", jars)
        _wait(server, process, home)
        yield server
    finally:
        process.kill()
        process.wait()
        output.close()
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: Server, process: subprocess.Popen[bytes], home: Path) -> None:
    """Wait until it answers; on the way give the first user a password of our own."""
    port = int(server.uri.rsplit(":", 1)[1])
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            said = (home / "output.txt").read_text(encoding="utf-8", errors="replace")[-2000:]
            pytest.fail(f"neo4j ended with {process.returncode} while starting: {said}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            _set_password(server)
            with server.driver() as driver:
                driver.execute_query("RETURN 1", database_=server.database)
            return
        except (OSError, DriverError, Neo4jError):
            time.sleep(0.2)
    pytest.fail(f"neo4j did not answer within {START_SECONDS} s")


def _set_password(server: Server) -> None:
    with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", "neo4j"), notifications_min_severity="OFF") as driver:
        try:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
                {"password": server.password},
                database_="system",
            )
        except AuthError:
            return  # it is set
        except ClientError as error:
            if "Credentials" not in error.code and "Forbidden" not in error.code:
                raise
