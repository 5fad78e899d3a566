"""Each service of setting up the site: the action that it asks for, and who owns the record."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.service_cases import Act, ServiceCase, World, act_on, owned_by_nobody
from wijkverbond.accounts.models import User
from wijkverbond.installation import services
from wijkverbond.installation.models import Step


def _person(world: World) -> User:
    assert world.operator.person
    return User.objects.get(id=world.operator.person)


def _call(service: Callable[..., object], *said: Any, **more: Any) -> Callable[[World], Act]:
    return lambda _world: lambda actor: service(*said, actor=actor, **more)


def _case(make: Callable[[World], Act]) -> ServiceCase:
    return ServiceCase("installation.set_up", owned_by_nobody, make, anywhere=True)


SERVICE_CASES: dict[str, ServiceCase] = {
    f"installation.services.{name}": _case(make)
    for name, make in {
        "show_link": _call(services.show_link),
        "describe_site": _call(services.describe_site, {"name": "Wijk"}, step=Step.NAME),
        "try_mail": _call(services.try_mail, "wijk@voorbeeld.example", "host@voorbeeld.example"),
        "invite_founder": _call(services.invite_founder, "buur@voorbeeld.example"),
        "set_look": _call(services.set_look, "#0b5a45", None),
        "ask_for_places": _call(services.ask_for_places, "GM0106", year=2024),
        "bring_in_file": _call(
            services.bring_in_file, SimpleUploadedFile("leeg.csv", b"gwb_code\n"), year=2024
        ),
        "become_host": act_on(_person, services.become_host),
        "finish": _call(services.finish),
    }.items()
}
