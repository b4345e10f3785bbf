"""The changes that an interface file can go through."""

from pairs_methods import METHODS
from pairs_sets import SETS, UNIONS
from pairs_tables import TABLES

PAIRS = [*TABLES, *SETS, *UNIONS, *METHODS]
