"""Every interface file of the tree: formatted, and the same model before and after formatting.

Usage: tree.py ROOT CDIDL

The golden files show what is not formatted, so that only the others have to be. The model is what --json writes, which is read as
JSON here.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Tap

DECLARED = re.compile(r"^(?:\[.*\] *)?(?:const \w+|enum|flags|struct|table|union|errors|interface) (\w+)", re.M)
# Where files look for what is not beside them.
ELSEWHERE = "tests/bench/codec"
ROOT, CDIDL = (pathlib.Path(word).resolve() for word in sys.argv[1:])


def run(*arguments, statuses=(0,)):
    done = subprocess.run([CDIDL, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode not in statuses:
        sys.exit(f"cdidl {' '.join(map(str, arguments))}\nended with {done.returncode}:\n{done.stdout.decode()}")
    return done.stdout


def without_layout(text):
    """The same words with other spaces, as far as that can be done line by line; comments keep their lines."""
    lines = []
    for line in text.splitlines(keepends=True):
        if re.search(rb'//|/\*|\*/|"|\\', line) or not line.isascii():
            lines.append(line)
        else:
            lines.append(re.sub(rb"\s*(<=|<<|[;{}(),@])\s*", rb" \t\1  ", line) + b"\n\n")
    return b"".join(lines)


def without_spaces(pairs):
    """Texts are as they were written, but for the amount of spaces."""
    return {name: value.replace(" ", "") if name == "text" else value for name, value in pairs}


def model(path):
    with tempfile.TemporaryDirectory() as out:
        run("gen", "--json", "-I", path.parent.parent, "-I", ROOT / ELSEWHERE, "--out", out, path)
        return json.loads(pathlib.Path(out, f"{path.stem}.json").read_bytes(), object_pairs_hook=without_spaces)


def copy_tree(work, paths, change):
    for path in paths:
        copy = work / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(change(path.read_bytes()))


def compare(path, spread):
    """'path' is formatted here, and so is 'spread', which says the same with other spaces."""
    before = model(path)
    names = [declaration["name"] for declaration in before["declarations"]]
    if names != DECLARED.findall(path.read_text("utf-8-sig")) and "golden" not in path.parts:
        yield f"the model has {names}"
    if model(spread) != before:
        yield "other spaces change the model"
    for other in path, spread:
        run("fmt", "--write", other)
        run("fmt", "--check", other)
        if model(other) != before:
            yield f"formatting changes the model: {other.read_text()}"


def main():
    paths = [path for name in ("examples", "idl", "tests") for path in sorted((ROOT / name).rglob("*.cdidl"))
             if not {"errors", "corpus"} & set(path.parts)]
    tap = Tap()
    own = [path for path in paths if "golden" not in path.parts]
    tap.case(f"{len(own)} files are formatted", run("fmt", "--check", *own, statuses=(0, 1)).decode().splitlines())
    with tempfile.TemporaryDirectory() as folder:
        plain, spread = pathlib.Path(folder, "plain"), pathlib.Path(folder, "spread")
        copy_tree(plain, paths, lambda text: text)
        copy_tree(spread, paths, without_layout)
        for path in paths:
            name = path.relative_to(ROOT)
            if b"error" in run("check", "-I", path.parent.parent, "-I", ROOT / ELSEWHERE, path, statuses=(0, 1)):
                tap.case(f"{name} is for the formatter only", [] if "fmt" in path.parts else ["it has errors"])
                continue
            tap.case(str(name), compare(plain / name, spread / name))
    tap.done()


main()
