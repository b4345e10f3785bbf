"""What is a mistake with the C++ wrapper, and can be seen by the compiler, does not compile; what stands beside it, nearly the same, does.

Usage: refused.py CDIDL INCLUDE WORK COMPILER
"""

import pathlib
import subprocess
import sys

from tap import Tap

HERE = pathlib.Path(__file__).resolve().parent
AROUND = """\
#include "jukebox.hpp"
#include <string>
#include <vector>
using namespace test::jukebox;
std::string text();
std::vector<std::uint8_t> data();
void use(cdrpc::zstring_view), use(cdrpc::bytes);
class served : public jukebox_server {};
"""
FUNCTION = """\
void
here_%d(cdrpc::client &client, jukebox_client &calls, cdrpc::call call, cdrpc::server &server, served &mine)
{
	(void)client, (void)calls, (void)call, (void)server, (void)mine;
	%s
}
"""


class Compiler:
    def __init__(self, cdidl, include, work, compiler):
        self.work = pathlib.Path(work)
        self.work.mkdir(parents=True, exist_ok=True)
        flags = [compiler, "-std=c++17", "-Wall", "-Wextra", "-Werror", "-I.", "-I", include]
        self.command = [*flags, "-fsyntax-only", "-include", "around.hpp", "refused.cpp"]
        subprocess.run([pathlib.Path(cdidl).resolve(), "gen", "--cpp", HERE / "jukebox.cdidl"], cwd=self.work, check=True)
        (self.work / "around.hpp").write_text(AROUND)
        # Read once.
        subprocess.run([*flags, "-x", "c++-header", "around.hpp", "-o", "around.hpp.gch"], cwd=self.work, check=True)

    def says(self, texts):
        """What the compiler says to a file with a function for each text; None: nothing."""
        (self.work / "refused.cpp").write_text("".join(FUNCTION % (i, text) for i, text in enumerate(texts)))
        done = subprocess.run(self.command, cwd=self.work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout if done.returncode else None


compiler = Compiler(*sys.argv[1:])
lines = [line.split("///") for line in (HERE / "refused.txt").read_text().splitlines() if line and not line.startswith("#")]
tap = Tap()
said = compiler.says([right.strip() for right, *_ in lines])
tap.case("what is right compiles", [said] if said else [] if lines else ["there is nothing"])
for _, wrong, *words in lines:
    said = compiler.says([wrong.strip()])
    missing = [word.strip() for word in words if said and word.strip() not in said]
    tap.case(f"refused: {wrong.strip()}", [f"no word of '{missing[0]}'", said] if missing else [] if said else ["it compiles"])
tap.done()
