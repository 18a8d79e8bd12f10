"""What a picture costs: CPU seconds and peak memory from an uploaded JPEG to all its renditions.

Each step runs in a process of its own, so that its peak is its own. The picture is made up, with about as
much detail at each scale as a photograph has. `ratio` compares with decoding the same file once: that number
hardly depends on the machine. Figures: bench/figures/renditions.json.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SIZES = {"12 MP": (4000, 3000), "40 MP": (7300, 5480)}
MEGABYTE = 1024 * 1024


def photograph(width, height):
    """A picture with the spectrum of a photograph: noise at each scale, half as strong at half the size."""
    from PIL import Image, ImageChops

    bands = []
    for octave in range(8):
        grid = max(2, width >> (9 - octave)), max(2, height >> (9 - octave))
        noise = [
            Image.effect_noise(grid, 110 * 0.74**octave).resize((width, height), Image.BICUBIC)
            for _band in "yc"
        ]
        bands = [ImageChops.add(a, b, 1, -128) for a, b in zip(bands, noise, strict=True)] if bands else noise
    light, tint = bands
    return Image.merge("RGB", [light, ImageChops.add(light, tint, 2), ImageChops.add(light, tint, 2, 12)])


def step(name, path, *size):
    """Run one step in this process; gives what it took."""
    if name == "draw":
        photograph(*map(int, size)).save(path, "JPEG", quality=90)
        return {}
    if name == "decode":
        from PIL import Image

        Image.MAX_IMAGE_PIXELS = None
        start = cpu()
        Image.open(path).load()
        return {"cpu_seconds": cpu() - start, "peak_mb": peak()}
    sys.path.insert(0, str(HERE.parent))
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    import django

    django.setup()
    from django.core.files.uploadedfile import TemporaryUploadedFile
    from django.core.management import call_command

    if name == "prepare":
        call_command("migrate", verbosity=0)
        return {}
    from images import tasks
    from images.intake import receive
    from images.models import Image

    before, start = peak(), cpu()
    if name == "receive":
        upload = TemporaryUploadedFile(path.name, "image/jpeg", path.stat().st_size, None)
        upload.write(path.read_bytes())
        before, start = peak(), cpu()
        receive(upload, by=None)
        return {"cpu_seconds": cpu() - start, "peak_mb": peak(), "before_mb": before}
    image = Image.objects.get()
    tasks.make(image)
    took = {"cpu_seconds": cpu() - start, "peak_mb": peak(), "before_mb": before}
    made = {}
    for row in image.renditions:
        files, size = made.get(row["format"], (0, 0))
        made[row["format"]] = (files + 1, size + row["bytes"])
    return took | {"made": {form: {"files": n, "kb": round(size / 1024)} for form, (n, size) in made.items()}}


def cpu():
    return time.process_time()


def peak():
    """This process's peak resident memory in megabytes (Linux counts in kilobytes)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def run(name, path, folder, *size):
    places = {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "DEBUG": "true",
    }
    command = [sys.executable, __file__, "--step", name, str(path), *map(str, size)]
    done = subprocess.run(command, env=os.environ | places, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def measure(width, height):
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        path = Path(folder) / "photograph.jpg"
        run("draw", path, folder, width, height)
        run("prepare", path, folder)
        found = {name: run(name, path, folder) for name in ("decode", "receive", "make")}
        found["file_mb"] = round(path.stat().st_size / MEGABYTE, 1)
    for name in ("receive", "make"):
        found[name]["ratio"] = round(found[name]["cpu_seconds"] / found["decode"]["cpu_seconds"], 1)
    for name in ("decode", "receive", "make"):
        found[name]["cpu_seconds"] = round(found[name]["cpu_seconds"], 2)
    return found


def main():
    sys.path.insert(0, str(HERE))
    import machine

    figures = {
        "machine": machine.describe(),
        "pictures": {name: measure(*size) for name, size in SIZES.items()},
    }
    (HERE / "figures").mkdir(exist_ok=True)
    (HERE / "figures" / "renditions.json").write_text(json.dumps(figures, indent=2) + "\n")
    for name, found in figures["pictures"].items():
        print(f"{name} JPEG of {found['file_mb']} MB; decoding it once: {found['decode']['cpu_seconds']} s")
        for what, said in (("receive", "upload to master"), ("make", "master to all renditions")):
            row = found[what]
            memory = f"peak {row['peak_mb']} MB ({row['before_mb']} MB before)"
            print(f"  {said}: {row['cpu_seconds']} CPU s ({row['ratio']} times), {memory}")
        print(
            "  " + ", ".join(f"{n['files']} {form} {n['kb']} KB" for form, n in found["make"]["made"].items())
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(step(sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])))
    else:
        main()
