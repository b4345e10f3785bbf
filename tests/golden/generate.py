"""Generate code of all kinds for every interface file of a folder and its folders.

Usage: generate.py CDIDL INTERFACES FOLDER STAMP DEPFILE

What is written goes into FOLDER, which is made anew. STAMP is written last; DEPFILE has it depend on each interface file, and on their
folders, for a new one.
"""

import pathlib
import shutil
import subprocess
import sys

cdidl, *folders = sys.argv[1:]
interfaces, folder, stamp, depfile = map(pathlib.Path, folders)
shutil.rmtree(folder, ignore_errors=True)
read = [interfaces, *(path for path in sorted(interfaces.rglob("*")) if path.is_dir() or path.suffix == ".cdidl")]
for path in read:
    out = folder / path.relative_to(interfaces).parent
    if path.suffix == ".cdidl":
        out.mkdir(parents=True, exist_ok=True)
        subprocess.run([cdidl, "gen", "--cpp", "--fuzz", "-I", interfaces, "--out", out, path], check=True)
depfile.write_text(f"{stamp}: {' '.join(str(path).replace(' ', chr(92) + ' ') for path in read)}\n")
stamp.touch()
