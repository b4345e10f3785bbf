"""Test that programs under Wine get an address space that is not randomized: see tests/support/setup.sh for why they need it.

Usage: fixed.py
"""

import pathlib
import subprocess
import sys

from tap import Tap

ADDR_NO_RANDOMIZE = 0x0040000

if subprocess.run(["setarch", "--addr-no-randomize", "true"], stderr=subprocess.DEVNULL).returncode != 0:
    print("1..0 # SKIP this system refuses it, and about one start in 8,000 will fail")
    sys.exit(0)

tap = Tap()
# What it prints first comes from the Windows program, so the process is in its last form; the end of its input ends it.
with subprocess.Popen(["wine", "cmd"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as shell:
    first = shell.stdout.read(1)
    personality = int(pathlib.Path(f"/proc/{shell.pid}/personality").read_text(), 16)
    shell.communicate()
tap.case("Wine's heap stands where nothing else has to be", [] if first and personality & ADDR_NO_RANDOMIZE else [
    f"personality {personality:#x}: the wine that was found is not that of tests/support/bin"])
tap.done()
