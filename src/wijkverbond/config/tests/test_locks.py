"""The check of locks."""

from wijkverbond.config.launch.locks import full_locks

MEANT = "# Not `no_key`: who adds a vote waits.\n"
FULL = "Goal.objects.select_for_update().get()\n"
WITHOUT_KEY = "Goal.objects.select_for_update(of=('self',), no_key=True).get()\n"


def test_a_full_lock_is_refused_unless_it_is_said_to_be_meant() -> None:
    assert list(full_locks(FULL)) == [1]
    assert list(full_locks(WITHOUT_KEY + FULL)) == [2]
    assert not list(full_locks(MEANT + FULL + WITHOUT_KEY))
