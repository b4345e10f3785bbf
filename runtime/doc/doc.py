"""The reference as HTML, made by Doxygen from the public headers: doc.py DOXYGEN INCLUDE OUTPUT VERSION

INCLUDE is the folder with cdrpc/; OUTPUT/html/index.html is the page. A warning of Doxygen's is an error, one that a function, macro, type or
class has no comment among them. Members need none, for many are said by their names, nor do the conversions of the namespace.
"""

import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEADERS = ["cdrpc.h", "single_instance.h", "sized.h", "exceptions.h", "cdrpc.hpp", "calls.hpp", "values.hpp"]
SETTINGS = """\
PROJECT_NAME = cdrpc
PROJECT_NUMBER = {version}
PROJECT_BRIEF = "Local RPC between Windows desktop programs, without COM"
OUTPUT_DIRECTORY = "{output}"
INPUT = {input}
INPUT_FILTER = "{python} {here}/plain.py"
STRIP_FROM_PATH = "{include}"
STRIP_FROM_INC_PATH = "{include}"
JAVADOC_AUTOBRIEF = YES
MARKDOWN_SUPPORT = NO
DISTRIBUTE_GROUP_DOC = YES
EXTRACT_STATIC = YES
SORT_MEMBER_DOCS = NO
MACRO_EXPANSION = YES
EXPAND_ONLY_PREDEF = YES
SEARCH_INCLUDES = NO
PREDEFINED = CDRPC_API= _WIN32 __cplusplus __cpp_exceptions DOXYGEN
GENERATE_LATEX = NO
HTML_DYNAMIC_SECTIONS = NO
SEARCHENGINE = NO
HAVE_DOT = NO
CLASS_GRAPH = NO
GENERATE_TAGFILE = "{output}/names.xml"
QUIET = YES
WARNINGS = YES
WARN_IF_UNDOCUMENTED = YES
WARN_FORMAT = "$file:$line: $text"
"""


# What Doxygen warns of that is as it should be.
DECLARED = re.compile(r"^(?:CDRPC_API|static inline) [^(;]*?\b(\w+)\(", re.M)
MAY_BE = re.compile(r"Member .* \((?:variable|function|typedef)\) of (?:struct|class|namespace) .* is not documented")


def main():
    doxygen, include, output, version = sys.argv[1:]
    include, output = pathlib.Path(include).resolve(), pathlib.Path(output).resolve()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    settings = output / "Doxyfile"
    settings.write_text(SETTINGS.format(version=version, output=output, include=include, python=sys.executable, here=HERE,
                                        input=" ".join(f'"{include}/cdrpc/{name}"' for name in HEADERS)))
    done = subprocess.run([doxygen, settings], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=output)
    wrong = [line for line in done.stdout.splitlines() if line and not MAY_BE.search(line)]
    if not wrong and not done.returncode:
        shown = set(re.findall("<name>(\\w+)</name>", (output / "names.xml").read_text()))
        declared = {name for header in HEADERS for name in DECLARED.findall((include / "cdrpc" / header).read_text())}
        wrong = [f"{name} is not on the page" for name in sorted(declared - shown)]
    if wrong or done.returncode:
        sys.exit("\n".join(wrong) or f"{doxygen} ended with {done.returncode}")
    print(output / "html/index.html")


main()
