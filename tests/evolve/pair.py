"""One change that an interface file can go through, with programs of both versions.

A pair's programs are run with each other and among themselves. 'old_client' is what an old client gets from a new server,
'new_client' the reverse; None is what it gets from a server of its own version. 'because' says what makes a difference an
allowed one: a line of the table of allowed changes in idl/LANGUAGE.md, or a rule of 'cdidl diff' that breaks sources only.
'breaks' are the rules that break the wire; with one of these, something has to differ. 'later' are those by which a version
after the next one would, so that nothing differs yet.
"""

import dataclasses

from sides import Side

FIELD = "a new field of a table, with a new id and `since`"
METHOD = "a new method with a new ordinal and `since`, a new event with a new ordinal"
VALUE = "a new value of an open enum, a new bit of flags"
MEMBER = "a new member of an open union"
ERROR = "a new error; `fails` where there was none, or no more"
BOUND = "a larger bound"
REMARK = "comments, names of inputs, `deprecated`, `timeout`, `secret`, `inline`, `shared`, `coalesce`"


@dataclasses.dataclass
class Pair:
    name: str
    old: Side
    new: Side
    because: str = ""
    breaks: frozenset = frozenset()
    later: frozenset = frozenset()
    old_client: str = None
    new_client: str = None
    published: Side = None      # what 'cdidl diff' takes for the old file, when programs of a still older one are about
