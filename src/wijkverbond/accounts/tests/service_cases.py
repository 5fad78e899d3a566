"""Each service of accounts: the action that it asks for, and who owns the record."""

from tests.service_cases import ServiceCase, World, act_on, owned_by_nobody, owned_by_person
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User


def first_person(world: World) -> User:
    """The first person of the residents' group."""
    assert world.resident.person
    return User.objects.get(id=world.resident.person)


SERVICE_CASES: dict[str, ServiceCase] = {
    "accounts.services.change_details": ServiceCase(
        "accounts.change",
        owned_by_person("resident"),
        act_on(first_person, accounts.change_details, name="", language="nl"),
        anywhere=True,
    ),
    "accounts.services.sign_out_everywhere": ServiceCase(
        "accounts.change",
        owned_by_person("resident"),
        act_on(first_person, accounts.sign_out_everywhere),
        anywhere=True,
    ),
    "accounts.services.sign_out_session": ServiceCase(
        "accounts.change",
        owned_by_person("resident"),
        act_on(first_person, accounts.sign_out_session, handle=""),
        anywhere=True,
    ),
    "accounts.services.export": ServiceCase(
        "accounts.export",
        owned_by_person("resident"),
        act_on(first_person, accounts.export),
        anywhere=True,
    ),
    "accounts.services.erase": ServiceCase(
        "accounts.erase",
        owned_by_person("resident"),
        act_on(first_person, accounts.erase, typed=""),
        anywhere=True,
    ),
    "accounts.services.reset_second_step": ServiceCase(
        "accounts.reset_second_step",
        owned_by_nobody,
        act_on(lambda world: first_person(world).email, accounts.reset_second_step),
        anywhere=True,
    ),
    "accounts.services.appoint_operator": ServiceCase(
        "accounts.appoint_operator",
        owned_by_nobody,
        act_on(lambda world: "host@voorbeeld.example", accounts.appoint_operator),
        anywhere=True,
    ),
}
