"""Our settings and middleware with one view, which only does the two writes of an answer."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from wijkverbond.config.launch.processes import die_with_server
from wijkverbond.config.launch.whole_requests import in_threads

ANSWER = """
    INSERT INTO urgency_answer (conversation_id, participant_id, statement_id, value)
    SELECT conversation_id, id, %s, 1 FROM urgency_participant WHERE token = %s
    ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = EXCLUDED.value
    RETURNING participant_id
"""
HISTORY = """
    INSERT INTO urgency_answergiven (participant_id, statement_id, value, at)
    VALUES (%s, %s, 1, %s)
"""


def write(request: HttpRequest) -> HttpResponse:
    """The two writes of an answer, and nothing else."""
    statement = request.POST["statement"]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ANSWER, [statement, request.POST["token"]])
        ((participant,),) = cursor.fetchall()
        cursor.execute(HISTORY, [participant, statement, timezone.now()])
    return HttpResponse(status=302, headers={"Location": "/"})


die_with_server()
urlpatterns = [path("write/", write)]
settings.ROOT_URLCONF = __name__
application = in_threads(get_wsgi_application())
