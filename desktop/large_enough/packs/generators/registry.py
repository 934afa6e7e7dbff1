"""Lists the domains that packs are generated for."""

from large_enough.packs.generators.banking import BANKING
from large_enough.packs.generators.clinic import CLINIC
from large_enough.packs.generators.code import CODE
from large_enough.packs.generators.contracts import CONTRACTS
from large_enough.packs.generators.insurance import INSURANCE
from large_enough.packs.generators.school import SCHOOL
from large_enough.packs.generators.support import SUPPORT
from large_enough.packs.generators.telecom import TELECOM
from large_enough.packs.generators.template import Domain

DOMAINS: tuple[Domain, ...] = (
    BANKING,
    TELECOM,
    INSURANCE,
    CLINIC,
    CONTRACTS,
    SUPPORT,
    SCHOOL,
    CODE,
)
