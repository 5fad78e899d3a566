"""Each service of the register: the action that it asks for, and who owns the record."""

from tests.service_cases import ServiceCase, act_on, owned_by_nobody
from wijkverbond.register import services as registers

SERVICE_CASES: dict[str, ServiceCase] = {
    "register.services.note_key": ServiceCase(
        "register.change_key",
        owned_by_nobody,
        lambda world: lambda actor: registers.note_key(actor=actor),
        anywhere=True,
    ),
    "register.services.rotate": ServiceCase(
        "register.change_key",
        owned_by_nobody,
        act_on(lambda world: "", registers.rotate),
        anywhere=True,
    ),
    "register.services.go_on_without_old_key": ServiceCase(
        "register.change_key",
        owned_by_nobody,
        act_on(lambda world: "It is gone.", registers.go_on_without_old_key),
        anywhere=True,
    ),
}
