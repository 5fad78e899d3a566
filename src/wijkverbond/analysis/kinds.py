"""The four kinds of party, by their codes: the one place where they are listed (R1, R2).

They stand at the very bottom because pure computation needs them too and imports nothing. The same
kinds with their labels are `wijkverbond.kernel.kinds.Kind`.
"""

from typing import Final

RESIDENTS: Final = "residents"
ENTREPRENEURS: Final = "entrepreneurs"
CIVIL_SOCIETY: Final = "civil_society"
GOVERNMENT: Final = "government"

SOCIETY: Final = (RESIDENTS, ENTREPRENEURS, CIVIL_SOCIETY)
"""The three kinds that decide."""
KINDS: Final = (*SOCIETY, GOVERNMENT)
