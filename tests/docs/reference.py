"""The reference that Doxygen makes of the headers: reference.py DOC_PY DOXYGEN INCLUDE WORK

It is made without a warning, shows what the comments say, and is not made where a comment is broken.
"""

import html
import pathlib
import re
import shutil
import subprocess
import sys

from tap import Tap

doc, doxygen, include, work = sys.argv[1:]
work = pathlib.Path(work)
# What is broken, by what in place of what, and what is said of it.
BROKEN = {
    "a blank line before a function": ("cdrpc.h", "\nCDRPC_API void cdrpc_server_stop(", "\n\nCDRPC_API void cdrpc_server_stop(",
                                       "cdrpc_server_stop"),
    "a function without a comment": ("cdrpc.h", "/* ---- replies ---- */\n", "/* ---- replies ---- */\n\nCDRPC_API void cdrpc_new(void);\n",
                                     "cdrpc_new"),
    "a comment that does not end": ("cdrpc.h", "as cdrpc_peer_get_facts() tells. */\n", "as cdrpc_peer_get_facts() tells.\n",
                                    "cdrpc/cdrpc.h"),
    "a struct without a comment": ("single_instance.h", "/* What it calls,", "struct cdrpc_new {\n\tint one;\n};\n\n/* What it calls,", "cdrpc_new"),
    "a class without a comment": ("calls.hpp", "/* A call in its handler, whose it is until that returns; owns nothing. */\n", "", "cdrpc::call "),
}
# On which page, and what of a comment: the first sentence, one further down, that of a member, one that several functions share, code.
SHOWN = {
    "cdrpc_8h.html": ["Finds the servers of that name on this desktop", "Any message loop will do", "CDRPC_E_TOO_LARGE: the list of what it serves",
                      "The same of what the client serves", "status = calc_add(client, 2, 3, &sum);", "more than a body may have; CDRPC_E_NOMEM"],
    "structcdrpc__limits.html": ["bytes of a body that go inside a message [65536]; at most 262144"],
    "classcdrpc_1_1kept__call.html": ["Owns a call beyond its handler", "False once it was answered."],
}


def make(headers):
    done = subprocess.run([sys.executable, doc, doxygen, headers, work / "doc", "1.2.3"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    return done.returncode, done.stdout


def text_of(page):
    """A page's text, as one line."""
    return " ".join(html.unescape(re.sub("<[^>]*>", "", (work / "doc/html" / page).read_text())).split())


def broken(name, old, new, said):
    headers = work / "headers"
    shutil.rmtree(headers, ignore_errors=True)
    shutil.copytree(include, headers)
    path = headers / "cdrpc" / name
    text = path.read_text()
    if text.count(old) != 1:
        return [f"{name} has {old!r} {text.count(old)} times"]
    path.write_text(text.replace(old, new))
    status, output = make(headers)
    return [] if status and said in output else [f"exit status {status}:", output]


tap = Tap()
status, output = make(include)
tap.case("the headers, without a warning", [output] if status else [])
for page, texts in SHOWN.items():
    tap.case(f"{page} shows what the comments say", [f"not shown: {text}" for text in texts if text not in text_of(page)])
for case, change in BROKEN.items():
    tap.case(case, broken(*change))
tap.done()
