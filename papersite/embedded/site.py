"""Starts and stops the whole site on one machine: servers, worker, beat, pipeline and web."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from papersite.embedded import EmbeddedError
from papersite.embedded.children import Child, die_with_parent
from papersite.embedded.folders import load_or_create_secret
from papersite.embedded.postgres import PostgresServer
from papersite.embedded.running import save_environment
from papersite.embedded.server import EmbeddedServer
from papersite.embedded.steps import Steps
from papersite.embedded.stopping import StopSignals, print_if_possible
from papersite.embedded.valkey import ValkeyServer

SERVERS: dict[str, type[EmbeddedServer]] = {
    "DATABASE_URL": PostgresServer,
    "REDIS_URL": ValkeyServer,
}
WEB_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True)
class Options:
    """The options of `up`. `data` None is the default data folder of the project."""

    host: str = "127.0.0.1"
    port: int = 8000
    data: Path | None = None
    seeds: bool = True


class Site:
    """The processes of one running site."""

    def __init__(self, options: Options, project: Path, data: Path, steps: Steps) -> None:
        """Describe the site; nothing runs yet."""
        self.options = options
        self.project = project
        self.data = data
        self.steps = steps
        self.servers: list[EmbeddedServer] = []
        self.services: list[Child] = []
        self.job: Child | None = None
        self.environment = dict(os.environ)
        # The address to show when the server listens on all addresses.
        shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(
            options.host, options.host
        )
        self.url = f"http://{f'[{shown}]' if ':' in shown else shown}:{options.port}/"

    def start(self) -> None:
        """Start everything and print the addresses. Raises EmbeddedError when a part fails."""
        self._start_servers()
        with self.steps.timed("migrate", "Preparing the database"):
            self._run_or_fail("migrate", self._manage("migrate", "--noinput"), self._log("migrate"))
        self._start_workers()
        editor = self._make_editor()
        if self.options.seeds:
            with self.steps.timed("seeds", "Loading the demonstration papers"):
                self._run_or_fail("seed", self._manage("seed"))
        # Before the pipeline, so that a site with a long backlog can be read meanwhile.
        with self.steps.timed("web", "Starting the web server"):
            self._start_web()
        print(f"The site answers at {self.url} and fills while the pipeline works.", flush=True)
        with self.steps.timed("pipeline", "Running the pipeline"):
            pipeline = self._run("pipeline", self._manage("pipeline", "--wait"))
        if pipeline.exit_status != 0:
            # The worker continues this work, so the site need not stop.
            print("The pipeline is not finished (see above). The site runs on.", flush=True)
        print(f"\n{self.steps.table()}\n\n{self._access_table(editor)}\n", flush=True)

    def watch(self, signals: StopSignals) -> None:
        """Watch the processes until one ends (EmbeddedError) or a stop (StopRequested).

        It never returns.
        """
        while True:
            signals.raise_if_requested()
            self._check()
            for child in self.services:
                child.shorten_log()
            time.sleep(0.5)

    def stop(self, signals: StopSignals) -> None:
        """Stop all processes, the last started first, with a message each."""
        for child in [*([self.job] if self.job else []), *reversed(self.services)]:
            print_if_possible(f"  stopping {child.name}")
            child.stop(signals.hurry)
        for server in reversed(self.servers):
            print_if_possible(f"  stopping {server.name}")
            server.stop(signals.hurry)

    def _start_servers(self) -> None:
        for variable, kind in SERVERS.items():
            if self.environment.get(variable):
                print(f"Using the {kind.name} in {variable}", flush=True)
                continue
            folder = self.data / kind.name.lower()
            server = kind(folder, log_file=self._log(kind.name.lower()))
            self.servers.append(server)
            with self.steps.timed(kind.name, f"Starting {kind.name}"):
                server.start()
            self.environment[variable] = server.url
        settings = {
            "DJANGO_SETTINGS_MODULE": "papersite.settings.dev",
            "PYTHONUNBUFFERED": "1",
            "EXPORTS_DIR": str(self.data / "exports"),
            # Feeds and the API give whole addresses, which need the right port.
            "SITE_URL": self.url.rstrip("/"),
        }
        self.environment = settings | self.environment
        if not self.environment.get("SECRET_KEY"):
            self.environment["SECRET_KEY"] = load_or_create_secret(self.data / "secret-key")
        Path(self.environment["EXPORTS_DIR"]).mkdir(parents=True, exist_ok=True)
        save_environment(self.data, self.environment)

    def _start_workers(self) -> None:
        celery = [sys.executable, "-m", "celery", "-A", "papersite"]
        self._start_child(
            "worker",
            [*celery, "worker", "--concurrency=2", "--loglevel=INFO"],
            # Warm shutdown lets tasks finish; cold shutdown returns them to the queue.
            stop_signals=((signal.SIGTERM, 20.0), (signal.SIGQUIT, 5.0)),
            # Without the servers a warm shutdown cannot finish its tasks and may hang.
            death_signal=signal.SIGKILL,
        )
        schedule = self.data / "celerybeat-schedule"
        self._start_child(
            "beat", [*celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel=INFO"]
        )

    def _start_web(self) -> None:
        granian = [sys.executable, "-m", "granian", "--workers", "2", "--interface", "wsgi"]
        granian += ["papersite.wsgi:application"]
        web = self._start_child(
            "web",
            [*granian, "--host", self.options.host, "--port", str(self.options.port)],
        )
        # Proxies of the environment are not for addresses of this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + WEB_PATIENCE_SECONDS
        while True:
            self._check()
            try:
                with opener.open(self.url, timeout=10) as page:
                    if page.status == 200:
                        return
                    answer = f"answered {page.status}"
            except urllib.error.HTTPError as error:
                answer = f"answered {error}"
            except OSError as error:
                answer = f"did not answer ({error})"
            if time.monotonic() > deadline:
                raise web.failure(f"{answer} at {self.url} for {WEB_PATIENCE_SECONDS:g} seconds")
            time.sleep(0.1)

    def _make_editor(self) -> dict[str, str | None]:
        made = subprocess.run(
            self._manage("editor", "--if-missing"),
            cwd=self.project,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        if made.returncode != 0:
            raise EmbeddedError("The editor's account could not be made (see above).")
        try:
            account = json.loads(made.stdout)
            return {"username": account["username"], "password": account["password"]}
        except (ValueError, KeyError, TypeError) as error:
            raise EmbeddedError(
                f"manage.py editor should print one JSON object; it printed: {made.stdout!r}"
            ) from error

    def _access_table(self, editor: dict[str, str | None]) -> str:
        chosen = f" --data {self.data}" if self.options.data else ""
        manage = f"{sys.executable} -m papersite.embedded manage{chosen}"
        password = editor["password"] or (
            f"as shown at the first start; a new one: {manage} changepassword {editor['username']}"
        )
        return (
            f"  site      {self.url}\n"
            f"  admin     {self.url}admin/\n"
            f"  editor    {editor['username']}\n"
            f"  password  {password}\n"
            f"  logs      {self.data / 'log'}\n"
            f"  manage.py {manage} COMMAND\n\n"
            "Ctrl-C stops everything; the data is kept."
        )

    def _manage(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.project / "manage.py"), *arguments]

    def _log(self, name: str) -> Path:
        return self.data / "log" / f"{name}.log"

    def _start_child(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        stop_signals: Sequence[tuple[signal.Signals, float]] = ((signal.SIGTERM, 10.0),),
        death_signal: signal.Signals = signal.SIGTERM,
    ) -> Child:
        child = Child(
            name,
            argv,
            log_file=self._log(name),
            cwd=self.project,
            env=self.environment,
            stop_signals=stop_signals,
            death_signal=death_signal,
        )
        self.services.append(child)
        child.start()
        return child

    def _run(self, name: str, argv: Sequence[str], log_file: Path | None = None) -> Child:
        self.job = Child(name, argv, log_file=log_file, cwd=self.project, env=self.environment)
        self.job.start()
        while not self.job.wait(0.2):
            self._check()
        ended, self.job = self.job, None
        return ended

    def _run_or_fail(self, name: str, argv: Sequence[str], log_file: Path | None = None) -> None:
        ended = self._run(name, argv, log_file)
        if ended.exit_status != 0:
            raise ended.failure("failed")

    def _check(self) -> None:
        servers = [server.child for server in self.servers if server.child is not None]
        for child in [*servers, *self.services]:
            if not child.running:
                raise child.failure("ended by itself")
