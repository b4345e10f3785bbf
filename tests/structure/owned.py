"""The list of names that others own has all that the installed headers of mingw-w64 have, and is as the script writes it.

Usage: owned.py FOLDER_OF_LIST HEADERS
"""

import pathlib
import subprocess
import sys
import tempfile

from tap import Tap

folder, headers = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(folder))
import owned  # noqa: E402


def words(path):
    return {f"{name} {kind}" for kind, names in owned.read(path.read_text()).items() for name in names}


def made_again():
    listed = folder / "owned.txt"
    with tempfile.TemporaryDirectory() as work:
        again = pathlib.Path(work, "owned.txt")
        again.write_bytes(listed.read_bytes())
        subprocess.run([sys.executable, folder / "collect.py", again, headers], stdout=subprocess.DEVNULL, check=True)
        yield from sorted(words(again) ^ words(listed))[:20]
        if again.read_bytes() != listed.read_bytes():
            yield "collect.py writes another file"


tap = Tap()
tap.case("the installed headers define nothing else", made_again())
names = {kind: len(those) for kind, those in owned.read((folder / "owned.txt").read_text()).items()}
tap.case(f"{names}", [] if names["windows-macro"] > 22000 and min(names.values()) > 150 else ["too few"])
tap.done()
