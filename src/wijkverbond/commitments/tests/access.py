"""What the addresses of covenants and pledges need beside the coalition's slug."""

from tests import make
from wijkverbond.commitments.models import Covenant, Pledge
from wijkverbond.commitments.tests import make as make_commitments

Arguments = dict[str, object]


def _of_covenant(world: make.World, covenant: Covenant) -> Arguments:
    return {"slug": world.coalition.slug, "covenant_id": covenant.id}


def _of_draft(world: make.World) -> Arguments:
    return _of_covenant(world, make_commitments.draft(world))


def _of_opened(world: make.World) -> Arguments:
    return _of_covenant(world, make_commitments.opened(world))


def _of_in_force(world: make.World) -> Arguments:
    return _of_covenant(world, make_commitments.in_force(world))


def _of_unsigned(world: make.World) -> Arguments:
    return _of_covenant(world, make_commitments.unsigned(world))


def _of_pledge(world: make.World, pledge: Pledge) -> Arguments:
    return {"slug": world.coalition.slug, "pledge_id": pledge.id}


def _of_offered(world: make.World) -> Arguments:
    return _of_pledge(world, make_commitments.pledge(world))


def _of_own_draft(world: make.World) -> Arguments:
    return _of_pledge(world, make_commitments.draft_pledge(world))


ARGUMENTS = {
    "commitments:covenant": _of_draft,
    "commitments:document": _of_opened,
    "commitments:exact_text": _of_opened,
    "commitments:rewrite": _of_draft,
    "commitments:open": _of_draft,
    "commitments:reopen": _of_unsigned,
    "commitments:sign": _of_opened,
    "commitments:sign_code": _of_opened,
    "commitments:decline": _of_opened,
    "commitments:yearly_check": _of_in_force,
    "commitments:pledge": _of_offered,
    "commitments:change_pledge": _of_offered,
    "commitments:offer_pledge": _of_own_draft,
    "commitments:withdraw_pledge": _of_offered,
}
