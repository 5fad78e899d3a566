"""Tasks of the worker."""

from procrastinate.contrib.django import app

from wijkverbond.kernel import actor
from wijkverbond.urgency import queries, services


@app.periodic(cron="0 5 * * *")
@app.task(name="urgency.count")
def count(timestamp: int) -> None:
    """Count the answers once a day, at a fixed time, so that no single answer shows."""
    clock = actor.system()
    for conversation in queries.running(clock.now):
        services.publish_reading(conversation, actor=clock)


@app.periodic(cron="*/10 * * * *")
@app.task(name="urgency.close_due")
def close_due(timestamp: int) -> None:
    """Close the conversations whose day has come, and count what a worker that died did not."""
    clock = actor.system()
    for conversation in queries.due(clock.now):
        services.close(conversation, actor=clock)
    for conversation in queries.closing_to_publish():
        services.publish_closing(conversation, actor=clock)


@app.task(name="urgency.publish_closing")
def publish_closing(conversation: str) -> None:
    """Count the answers to a question that was closed just now."""
    services.publish_closing(queries.conversation(conversation), actor=actor.system())


@app.periodic(cron="15 5 * * *")
@app.task(name="urgency.renew_editions")
def renew_editions(timestamp: int) -> None:
    """Leave out what people erased, once a day at a fixed time, so that no moment tells who did."""
    clock = actor.system()
    for conversation in queries.to_be_renewed():
        services.renew_edition(conversation, actor=clock)


@app.periodic(cron="*/10 * * * *")
@app.task(name="urgency.keep_review_times")
def keep_review_times(timestamp: int) -> None:
    """Settle the reviews of what the host hid, and bring back what nobody could review in time."""
    clock = actor.system()
    for hiding in queries.unsettled_hidings():
        services.keep_review_time(hiding, actor=clock)
