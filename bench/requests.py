"""How many requests a second the page of a story answers, against a bare Django view that gives the same bytes.

Three servers with the same two sync workers: the story with the page cache off, the bare view (the limit of what
Django can do here), the story with the page cache on. They are asked in turn, round after round in one run; the
ratios hardly depend on the machine, those of the workers' processor time least of all. Figures:
bench/figures/requests-*.json.
"""

import json
import os
import socket
import statistics
import sys
import threading
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, SECONDS, CLIENTS = 7, 3, 4
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    from bench import machine, scratch

    described = machine.describe()
    with scratch.demo_paper() as environment, ExitStack() as stack:
        story = scratch.a_story(environment)

        def serve(*application, **added):
            return stack.enter_context(scratch.served(environment | added, *application))

        servers = {"page cache off": serve(PAGE_CACHE_BYTES="0")}
        with urllib.request.urlopen(servers["page cache off"][0] + story) as response:  # noqa: S310 - ours
            body = response.read()
        page = Path(environment["MEDIA_ROOT"]).with_name("page.html")
        page.write_bytes(body)
        servers["bare view"] = serve("bench.bare", BARE_PAGE=str(page))
        servers["page cache on"] = serve()
        found = {name: [] for name in servers}
        for number in range(ROUNDS + 1):
            for name, (address, process) in servers.items():
                figures = ask(address + story, process, 1 if number == 0 else SECONDS)
                if number:  # the first round warms up
                    found[name].append(figures)
        vendor = "sqlite" if "sqlite" in environment["DATABASE_URL"] else "postgresql"
    figures = {"machine": described, "database": vendor, "story": story, "bytes": len(body)}
    figures |= {"rounds": ROUNDS, "seconds_each": SECONDS, "clients": CLIENTS, "servers": summed(found)}
    out = ROOT / "bench" / "figures" / f"requests-{vendor}.json"
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    print(f"{story}, {len(body)} bytes")
    for name, row in figures["servers"].items():
        print(
            f"  {name:15} {row['per_second']:6.0f} requests/s ({row['per_second_ratio']:.2f} of the bare view), "
            f"{row['cpu_milliseconds']:.2f} CPU ms each ({row['cpu_ratio']:.1f} times)"
        )


def summed(found):
    """The middle of the rounds, and of each round's ratio to the bare view's in the same round."""

    def middle(name, column):
        return statistics.median(row[column] for row in found[name])

    def ratio(name, column):
        pairs = zip(found[name], found["bare view"], strict=True)
        return round(statistics.median(row[column] / bare[column] for row, bare in pairs), 3)

    return {
        name: {
            "per_second": round(middle(name, "per_second"), 1),
            "per_second_ratio": ratio(name, "per_second"),
            "cpu_milliseconds": round(middle(name, "cpu_milliseconds"), 3),
            "cpu_ratio": ratio(name, "cpu_milliseconds"),
        }
        for name in found
    }


def ask(address, process, seconds):
    """Ask again and again for `seconds` from several threads; what the server did in that time."""
    parts, done = urlsplit(address), []
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    until = time.perf_counter() + seconds

    def keep_asking():
        answered = 0
        while time.perf_counter() < until:
            with socket.create_connection((parts.hostname, parts.port)) as connection:
                connection.sendall(request)
                if not connection.recv(65536).startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(f"{address} did not answer 200.")
                while connection.recv(65536):
                    pass
            answered += 1
        done.append(answered)

    before, began = cpu(process), time.perf_counter()
    threads = [threading.Thread(target=keep_asking) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took, used, answered = time.perf_counter() - began, cpu(process) - before, sum(done)
    if len(done) < CLIENTS:
        raise RuntimeError("A client gave up.")
    return {"per_second": answered / took, "cpu_milliseconds": used * 1000 / answered}


def cpu(process):
    """Processor seconds that this server and its workers have used (Linux: proc(5))."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    used = 0
    for pid in [process.pid, *children]:
        columns = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(columns[11]) + int(columns[12])
    return used / TICKS


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    main()
