"""The demo paper in a folder that goes away again, served as in production."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextmanager
def demo_paper():
    """The environment of a newly made demo paper, its pictures drawn and its files collected.

    On SQLite, or on the empty PostgreSQL database that BENCH_DATABASE_URL names (left filled).
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = os.environ | {
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL") or f"sqlite:///{folder}/bench.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "SECRET_KEY": "only-for-measuring-" + "x" * 50,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "DEBUG": "false",
            "REDIS_URL": "",
            "SITE_URL": "http://127.0.0.1:8000",
        }
        for command in ("migrate", "collectstatic --no-input", "load_demo", "work --once"):
            words = [sys.executable, "manage.py", *command.split(), "--verbosity", "0"]
            done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"manage.py {command} failed.\n{done.stderr}")
        yield environment


@contextmanager
def served(environment, application="newsroom.wsgi", workers=2):
    """Serve with gunicorn's sync workers; gives the address and the process. Stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--log-level", "error", "--backlog", "512"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process)
        yield address, process
    finally:
        process.terminate()
        process.wait()


def _wait_for(address, process):
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/robots.txt", timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")


def a_story(environment):
    """The address of a story of usual length, in French, with a picture: the one in the middle."""
    program = """
from articles.models import Article
stories = Article.objects.published().filter(language="fr", source=None, image__isnull=False)
stories = sorted(stories.select_related("section"), key=lambda story: story.word_count)
print(stories[len(stories) // 2].get_absolute_url())
"""
    words = [sys.executable, "manage.py", "shell", "--no-imports", "-c", program]
    return subprocess.run(
        words, cwd=ROOT, env=environment, check=True, text=True, capture_output=True
    ).stdout.strip()
