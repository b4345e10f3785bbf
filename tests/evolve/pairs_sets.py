"""Changes of enums, flags and unions."""

from pair import *
from sides import box

STATE = '"%d", (int)box->state'

NAMED = '"%s", evolve_text($_state_name(box->state))'
MODE = '"%s", evolve_text($_mode_name(box->state))'


def replaced(kind, values, attribute=""):
    """A set State with Idle and Busy, whose place another one takes."""
    old = "enum State : u8 { Idle = 0, Busy = 1 }"
    return (box(f"{attribute} {old} table Box {{ 1: State state; }}", NAMED, "box.state = 0;", "box.state = 1;"),
            box(f"{attribute} {old} {attribute} {kind} Mode : u8 {{ {values} }} table Box {{ 1: Mode state; }}",
                MODE if kind == "enum" else STATE, "box.state = 0;", "box.state = 1;", version=2))


SETS = [
    Pair("set_replaced_alike", *replaced("enum", "Busy = 1, Idle = 0")),
    Pair("set_replaced_strict", *replaced("enum", "Busy = 0, Idle = 1", "[strict]"), breaks={"type_changed"},
         old_client="Busy | Idle; Idle | Busy", new_client="Idle | Busy; Busy | Idle"),
    Pair("set_replaced_exchanged", *replaced("enum", "Busy = 0, Idle = 1"), breaks={"type_changed"},
         old_client="Busy | Idle; Idle | Busy", new_client="Idle | Busy; Busy | Idle"),
    Pair("set_replaced_unrelated", *replaced("enum", "Red = 0, Blue = 1"), breaks={"type_changed"},
         old_client="Red | Idle; Blue | Busy", new_client="Idle | Red; Busy | Blue"),
    Pair("set_replaced_apart", *replaced("enum", "Red = 2, Blue = 3"), breaks={"type_changed"},
         old_client="? | Idle; ? | Busy", new_client="Idle | ?; Busy | ?"),
    Pair("set_replaced_wider", *replaced("enum", "Idle = 0, Busy = 1, Gone = 2"), because=VALUE),
    Pair("set_replaced_narrower", *replaced("enum", "Idle = 0"), because="type_renamed",
         old_client="Idle | Idle; ? | Busy", new_client="Idle | Idle; Busy | ?"),
    Pair("set_turned",
         box("enum State : u8 { Idle = 1, Busy = 2 } table Box { 1: State state; }", STATE, "box.state = 1;"),
         box("flags State : u8 { Idle = 1, Busy = 2 } table Box { 1: State state; }", STATE, "box.state = 1;", version=2),
         because="type_renamed"),
    Pair("enum_value_new", box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;"),
         box("enum State : u8 { Idle = 0, Busy = 1, [since(2)] Gone = 2 } table Box { 1: State state; }", STATE, "box.state = 2;",
             version=2),
         because=VALUE),
    Pair("flags_bit_new", box("flags Caps : u32 { Seek = 1 } table Box { 1: Caps state; }", STATE, "box.state = 1;"),
         box("flags Caps : u32 { Seek = 1, [since(2)] Skip = 2 } table Box { 1: Caps state; }", STATE, "box.state = 3;",
             version=2), because=VALUE),
    Pair("enum_named", box("table Box { 1: u8 state; }", STATE, "box.state = 1;"),
         box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;", version=2)),
    Pair("enum_value_removed", box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;"),
         box("enum State : u8 { Idle = 0, reserved 1 } table Box { 1: State state; }", STATE, "box.state = 0;", version=2),
         because="value_removed"),
    Pair("value_changed",
         box("enum State : u8 { Idle = 0, Busy = 1, Gone = 2 } table Box { 1: State state; }", '"%s", $_state_name(box->state)',
             "box.state = $$_STATE_BUSY;"),
         box("enum State : u8 { Idle = 0, Busy = 2, Gone = 1 } table Box { 1: State state; }", '"%s", $_state_name(box->state)',
             "box.state = $$_STATE_BUSY;", version=2), breaks={"value_changed"},
         old_client="Gone | Busy", new_client="Gone | Busy"),
    Pair("base_changed",
         box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State[<=4] states; }", '"%u", (unsigned)box->states_count',
             "static const $_state_t states[2] = { 1, 1 }; box.states = states; box.states_count = 2;"),
         box("enum State : u16 { Idle = 0, Busy = 1 } table Box { 1: State[<=4] states; }", '"%u", (unsigned)box->states_count',
             "static const $_state_t states[2] = { 1, 1 }; box.states = states; box.states_count = 2;", version=2),
         breaks={"base_changed"},
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("strict_added", box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE,
         "box.state = 1;"),
         box("[strict] enum State : u8 { Idle = 0, Busy = 1, Gone = 2 } table Box { 1: State state; }", STATE, "box.state = 2;",
             version=2),
         breaks={"strict_added"},
         new_client="CDRPC_E_BAD_REQUEST"),
    Pair("strict_removed", box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE,
         "box.state = 1;"),
         box("[strict] enum State : u8 { Idle = 0, reserved 1 } table Box { 1: State state; }", STATE, "box.state = 0;",
             version=2),
         breaks={"strict_removed"},
         old_client="CDRPC_E_BAD_REQUEST"),
    Pair("strictness_added", box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 9;"),
         box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 1;", version=2),
         breaks={"strictness_changed"},
         old_client="CDRPC_E_BAD_REQUEST"),
    Pair("strictness_dropped", box("[strict] enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE,
         "box.state = 1;"),
         box("enum State : u8 { Idle = 0, Busy = 1 } table Box { 1: State state; }", STATE, "box.state = 9;", version=2),
         breaks={"strictness_changed"},
         new_client="CDRPC_E_BAD_REQUEST"),
]

SOURCE = '"%u %s", (unsigned)box->source.kind, box->source.kind == $$_SOURCE_FILE ? box->source.as.file : "?"'
KNOWN_ONLY = "if (back.source.kind != $$_SOURCE_FILE) back.source.kind = 0;"
FILE = 'box.source.kind = $$_SOURCE_FILE; box.source.as.file = "f";'

UNIONS = [
    Pair("member_new",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE, answer=KNOWN_ONLY),
         box("union Source { 1: string[<=8] file; [since(2)] 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', version=2), because=MEMBER,
         new_client="1 f | 1 f; 2 ? | 0 ?"),
    Pair("member_new_reply",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE),
         box("union Source { 1: string[<=8] file; [since(2)] 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             version=2, answer='back.source.kind = $$_SOURCE_URL; back.source.as.url = "u";'), because=MEMBER,
         old_client="1 f | 2 ?", new_client="1 f | 1 f"),
    Pair("member_new_strict",
         box("[strict] union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE, answer=KNOWN_ONLY),
         box("[strict] union Source { 1: string[<=8] file; 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', version=2), breaks={"strict_added"},
         new_client="1 f | 1 f; CDRPC_E_BAD_REQUEST"),
    Pair("member_type_changed",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE),
         box("union Source { 1: u32 file; } table Box { 1: Source source; }", '"%u %u", (unsigned)box->source.kind, '
             '(unsigned)box->source.as.file', "box.source.kind = $$_SOURCE_FILE; box.source.as.file = 7;", version=2),
         breaks={"type_changed"},
         old_client="CDRPC_E_BAD_REQUEST", new_client="CDRPC_E_BAD_REQUEST"),
    Pair("member_id_changed",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE, answer=KNOWN_ONLY),
         box("union Source { 2: string[<=8] file; reserved 1; } table Box { 1: Source source; }", SOURCE, FILE, version=2, answer=KNOWN_ONLY),
         breaks={"id_changed"},
         old_client="1 ? | 0 ?", new_client="2 ? | 0 ?"),
    Pair("member_removed",
         box("union Source { 1: string[<=8] file; 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', answer=KNOWN_ONLY),
         box("union Source { 1: string[<=8] file; reserved 2; } table Box { 1: Source source; }", SOURCE, FILE, version=2,
             answer=KNOWN_ONLY), because="field_removed",
         old_client="1 f | 1 f; 2 ? | 0 ?"),
    Pair("member_removed_strict",
         box("[strict] union Source { 1: string[<=8] file; 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', answer=KNOWN_ONLY),
         box("[strict] union Source { 1: string[<=8] file; reserved 2; } table Box { 1: Source source; }", SOURCE, FILE, version=2,
             answer=KNOWN_ONLY), breaks={"strict_removed"},
         old_client="1 f | 1 f; CDRPC_E_BAD_REQUEST"),
    Pair("union_strictness_added",
         box("union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE),
         box("[strict] union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE, version=2)),
    Pair("union_strictness_dropped",
         box("[strict] union Source { 1: string[<=8] file; } table Box { 1: Source source; }", SOURCE, FILE),
         box("union Source { 1: string[<=8] file; 2: string[<=8] url; } table Box { 1: Source source; }", SOURCE, FILE,
             'box.source.kind = $$_SOURCE_URL; box.source.as.url = "u";', version=2, answer=KNOWN_ONLY), breaks={"strict_added"},
         new_client="1 f | 1 f; CDRPC_E_BAD_REQUEST"),
]
