"""Print the version that cdrpc.h states."""

import pathlib
import re

text = pathlib.Path(__file__).with_name("include").joinpath("cdrpc", "cdrpc.h").read_text(encoding="utf-8")
print(".".join(re.search(rf"^#define CDRPC_VERSION_{part} (\d+)$", text, re.M)[1] for part in ["MAJOR", "MINOR", "PATCH"]))
