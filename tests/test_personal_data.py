"""Every field that holds something of a person is declared, handed over, erased and documented."""

import json
import uuid

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db.models import CharField
from django.test.utils import isolate_apps
from django.utils import translation

from tests import make
from tests.personal_story import ADDRESS, erase, join_with_shop_of_one, tables_with
from wijkverbond.accounts import mail
from wijkverbond.accounts import services as accounts
from wijkverbond.accounts.models import User
from wijkverbond.commitments.models import PledgeText
from wijkverbond.config.launch.homes import CHECKOUT
from wijkverbond.kernel.checks import classification_mistakes
from wijkverbond.kernel.personal_fields import PARTY_TEXTS, PERSONAL_DATA, fields_of
from wijkverbond.kernel.retention import RETENTION

# Of a partner, of nobody, or under a pseudonym that leads to no account. Whoever adds a model decides
# whether a person is in it: then it is declared in `personal_data.py`; if not, it stands here.
WITHOUT_A_PERSON = {
    "actions": "action checkin facilitationrequest initiative obstacle shortfall",
    "breakthroughs": "breakthrough",
    "coalition": "coalition handover missingvoice namereport tie",
    "commitments": "covenant earlierpledge latersigner pledge yearlycheck",
    "decisions": "decision legallimit",
    "insights": "earlierinsight insight personalrecognition recognitioncount signal source",
    "installation": "fetchingofplaces firstrun logo",
    "kernel": "cursor head lastbackup limit sentform sitedetails stream",
    "operations": "observation",
    "places": "boundary keyfigure place",
    "results": "measurement",
    "urgency": "answer answergiven conversation earlierwording edition participant "
    "priority reading readingwithout setapart sharedurgency statement",
    "vision": "amendment benefit earliergoal goal goalchange visionversion",
}


# Free text of people without an account, of the host, or of all partners together.
OF_NO_PARTY = {
    "accounts.keptmail", "coalition.coalition", "coalition.handover", "coalition.invitation",
    "coalition.party", "coalition.unlisting", "commitments.covenant", "commitments.yearlycheck", "kernel.entrytext",
    "urgency.conversation", "urgency.hosthiding", "urgency.statement",
}  # fmt: skip

# By these the rows of a person are found, or the journal refuses to change them.
KEPT_AS_IT_IS = {
    "account.emailaddress.email",
    "accounts.code.address",
    "accounts.keptmail.to",
    "accounts.session.person",
    "accounts.session.session_data",
    "accounts.user.email",
    "coalition.invitation.email",
    "kernel.entrytext.text",
    "mfa.authenticator.data",
    "procrastinate.procrastinatejob.args",
}


# What somebody said for a partner is the partner's, and stays without them.
KEPT_BY_THE_PARTNER = {
    "insights.partyrecognition.because",
    "urgency.hidingreview.reason",
    "coalition.unlisting.law",
    "coalition.unlistingreview.reason",
    "urgency.hosthiding.law",
    "urgency.apartvoice.reason",
    "actions.judgement.remark",
    "breakthroughs.confirmation.remark",
    "commitments.decline.reason",
    "decisions.lateranswer.argument",
    "decisions.objection.answer",
    "decisions.objection.argument",
    "decisions.position.argument",
}

# A mail of the demonstration is kept to be read there.
NOT_HANDED_OVER = {"accounts.keptmail.body", "accounts.keptmail.subject"}
pytestmark = pytest.mark.django_db


def test_every_model_is_declared_or_known_to_have_no_person_in_it() -> None:
    declared = {label for kind in PERSONAL_DATA for label in kind.models}
    ours = {
        model._meta.label_lower
        for model in apps.get_models()
        if model.__module__.startswith("wijkverbond.")
    }
    without_a_person = {
        f"{app}.{name}" for app, names in WITHOUT_A_PERSON.items() for name in names.split()
    }
    assert ours - declared == without_a_person


def test_of_every_text_it_is_said_which_party_wrote_it() -> None:
    with_text = {
        model._meta.label_lower for model in apps.get_models() if fields_of(model).free_text
    }
    of_a_party = {texts.model._meta.label_lower for texts in PARTY_TEXTS}
    assert with_text - of_a_party == OF_NO_PARTY
    for texts in PARTY_TEXTS:
        assert {*texts.fields} <= {*fields_of(texts.model).free_text}
        texts.erase([uuid.uuid4()], gone="(verwijderd)")


def mark_everything_of(person: User) -> dict[str, str]:
    """Writes a word of its own into every field that is theirs; the words by the name of the field."""
    marks: dict[str, str] = {}
    for rows in (rows for kind in PERSONAL_DATA for rows in kind.rows):
        ids = list(rows.of(person.id).values_list("pk", flat=True))
        assert ids, f"the story has nothing of {rows.model._meta.label_lower}"
        for name in fields_of(rows.model).of_someone:
            label = f"{rows.model._meta.label_lower}.{name}"
            if label not in KEPT_AS_IT_IS:
                marks[label] = f"mark-{len(marks)}-of-{person.id.hex[:4]}"[:20]
                rows.model._default_manager.filter(pk__in=ids).update(**{name: marks[label]})
    return marks


def test_every_personal_field_is_exported_and_erased(
    active_person: User, world: make.World
) -> None:
    join_with_shop_of_one(active_person, world.coalition, "Bakkerij op de hoek")
    EmailAddress.objects.create(user=active_person, email=ADDRESS)
    SocialAccount.objects.create(user=active_person, provider="organisatie", uid="p-1")
    mail.queue(active_person, "accounts/mail/confirmation.txt", {})
    mail.queue(ADDRESS, "accounts/mail/confirmation.txt", {})
    marks = mark_everything_of(active_person)
    exported = json.dumps(accounts.export(active_person, actor=make.someone(active_person)))
    assert {label for label, mark in marks.items() if mark not in exported} == NOT_HANDED_OVER
    erase(active_person)
    gone = [mark for label, mark in marks.items() if label not in KEPT_BY_THE_PARTNER]
    assert tables_with(*gone, ADDRESS, str(active_person.id), active_person.id.hex) == set()


@isolate_apps()
def test_a_field_added_to_a_pledge_is_reported_until_it_is_classified() -> None:
    class Pledge(PledgeText):
        contact_phone = CharField(max_length=20, blank=True)

        class Meta:
            app_label = "commitments"

    [mistake] = classification_mistakes(Pledge)
    assert mistake.startswith("commitments.pledge.contact_phone is not classified")
    assert "commitments/personal_data.py" in mistake


def register_of_personal_data() -> str:
    """What is kept about people, as a table of the documentation."""
    lines = ["| what | fields | why | how long |", "|---|---|---|---|"]
    with translation.override("en"):
        for kind in PERSONAL_DATA:
            fields = ", ".join(
                f"`{rows.model._meta.label_lower}.{name}`"
                for rows in kind.rows
                for name in (*fields_of(rows.model).people, *fields_of(rows.model).of_someone)
            )
            lines.append(f"| {kind.title} | {fields} | {kind.why} | {kind.kept} |")
    return "\n".join(lines)


def test_the_administrators_table_lists_every_personal_field() -> None:
    page = (CHECKOUT / "docs/administrators/personal-data.md").read_text()
    assert register_of_personal_data() in page


def table_of_what_goes_by_itself() -> str:
    """What the worker removes, as a table of the documentation."""
    lines = ["| what | fields | how long |", "|---|---|---|"]
    with translation.override("en"):
        for kind in RETENTION:
            fields = ", ".join(f"`{field}`" for field in kind.fields)
            lines.append(f"| {kind.title} | {fields} | {kind.kept} |")
    return "\n".join(lines)


def test_the_administrators_table_says_what_goes_by_itself() -> None:
    page = (CHECKOUT / "docs/administrators/personal-data.md").read_text()
    assert table_of_what_goes_by_itself() in page
    for label in (label for kind in RETENTION for label in kind.fields):
        model, _dot, field = label.rpartition(".")
        assert apps.get_model(model)._meta.get_field(field), label
