"""What `make run` takes on a machine that has nothing of it yet, and the second start.

In a new clone of this folder's last commit, without pip's cache, on a port and a database of its own, from the
command to the first answered front page. Figures: bench/figures/start.json.
"""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 900  # seconds to wait for the first page
# What would make the clone another paper than a newcomer's.
OURS = {
    *("DATABASE_URL", "MEDIA_ROOT", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DEBUG"),
    *("DEMO_PASSWORD", "DJANGO_SETTINGS_MODULE", "S3_BUCKET", "VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS"),
}


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Start:
    """`make run` in `folder`, from the command to the first page."""

    def __init__(self, folder, port):
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        added = {"PORT": str(port), "PIP_NO_CACHE_DIR": "1", "PYTHONUNBUFFERED": "1"}
        if os.environ.get("BENCH_DATABASE_URL"):
            added["DATABASE_URL"] = os.environ["BENCH_DATABASE_URL"]
        self.address, self.said = f"http://127.0.0.1:{port}/", []
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "run"],
            cwd=folder,
            env=kept | added,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            if line.strip():
                self.said.append((self.seconds(), line.strip()))

    def seconds(self):
        return time.monotonic() - self.began

    def wait(self):
        """Seconds until the front page answers. Raises SystemExit with what was said if it never does."""
        while self.process.poll() is None and self.seconds() < LONGEST:
            try:
                with urllib.request.urlopen(self.address, timeout=30) as response:  # noqa: S310 - our own server
                    if response.status == 200:
                        return self.seconds()
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        self.stop()
        sys.exit("The front page never came.\n" + "\n".join(line for _at, line in self.said[-20:]))

    def stop(self):
        """Ctrl+C for the whole group, and the end for what is still there after a while."""
        for number, patience in ((signal.SIGINT, 20), (signal.SIGKILL, 5)):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
            except ProcessLookupError:
                pass
            return

    def steps(self, total):
        """[what was said, seconds until the next thing was]: first the packages, at the end the first page."""
        lines = [(at, line) for at, line in self.said if line.endswith("…")]
        ready = next((at for at, line in self.said if line.startswith("The newspaper")), total)
        marks = [(0.0, "make, virtual environment and packages"), *lines, (ready, "until the first page")]
        ends = [at for at, _line in marks[1:]] + [total]
        return {line: round(end - at, 1) for (at, line), end in zip(marks, ends, strict=True)}


def measure(folder, port):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = Start(folder, port)
    total = start.wait()
    steps = start.steps(total)
    start.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(total, 1), "cpu_seconds": round(cpu, 1), "steps": steps}


def main():
    from bench import machine

    described = machine.describe()
    with tempfile.TemporaryDirectory(prefix="newsroom-start-") as folder:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), f"{folder}/newsroom"], check=True)
        port = free_port()
        figures = {"machine": described}
        for name in ("first", "second", "third"):
            found = figures[name] = measure(f"{folder}/newsroom", port)
            print(f"{name} start: {found['seconds']} s ({found['cpu_seconds']} CPU s)")
            for step, seconds in found["steps"].items():
                print(f"  {seconds:6.1f} s  {step}")
    (ROOT / "bench" / "figures" / "start.json").write_text(
        json.dumps(figures, indent=1, ensure_ascii=False) + "\n"
    )


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    main()
