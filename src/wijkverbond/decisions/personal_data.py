"""What is said in a decision is a party's; who said it for the party stands in the journal."""

from wijkverbond.decisions.models import Decision, LegalLimitText, Objection, PositionText
from wijkverbond.kernel.personal_fields import classify

classify(Decision, free_text=["title", "proposal"], plain=["kind", "subject", "rests_on"])
classify(PositionText, free_text=["argument"])
classify(Objection, free_text=["argument", "answer"])
classify(LegalLimitText, free_text=["limit", "law"])
