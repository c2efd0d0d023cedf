"""What the counter answers where a case can't be received: what is missing (mẫu 02), or why not at all (mẫu 03).

Either way the case is handed in as it stands: the person leaves with a number and a slip, finds both in their account,
and can bring what is missing, or send it from there.
"""

from collections.abc import Sequence

from django.db import transaction

from motcua.accounts.models import User
from motcua.core.errors import BusinessError, Conflict
from motcua.core.words import say
from motcua.dossiers.models import Dossier, State, SupplementItem, SupplementRequest
from motcua.dossiers.queries import counter as reads
from motcua.dossiers.queries.drafts import takes_in
from motcua.dossiers.rules.refusing import Why, check_why
from motcua.dossiers.rules.supplements import Wanted
from motcua.dossiers.services import money, reception, supplements
from motcua.dossiers.services.acting import first_word
from motcua.dossiers.services.counter import hand_in, lock_case
from motcua.dossiers.services.submission import NotReady


@transaction.atomic
def ask_for_papers(
    dossier: Dossier, wanted: Sequence[Wanted], *, reason: str, ground: str, by: User
) -> SupplementRequest:
    """Hand in a case that lacks papers, and say in writing which (phiếu yêu cầu bổ sung, mẫu 02).

    Only papers: whatever else is wrong is mended while the person stands here. The fee isn't taken yet.

    Args:
        wanted: papers with what is wrong with each; every one that is missing among them.

    Raises:
        NotReady: something besides papers is missing or wrong.
        ItemTrouble: a missing paper isn't named, or one is named that the case hasn't.
        BusinessError: reason or ground are missing, or the service takes nothing in or sends nothing back.
        Http404, Conflict: as `counter.receive`.
    """
    draft = _lock_typed(dossier, by)
    if not takes_in(draft.offering_version):
        raise BusinessError("Cơ quan vừa ngừng nhận hồ sơ của thủ tục này. Hồ sơ đang nhập vẫn được giữ.")
    if found := reads.problems_but_papers(draft):
        raise NotReady(found)
    named = {one.key for one in wanted if one.kind == SupplementItem.Kind.PAPER}
    for paper in reads.missing_papers(draft):
        if paper.key not in named:
            raise supplements.ItemTrouble(
                f"{SupplementItem.Kind.PAPER}:{paper.key}",
                say("Chưa nhận “{name}”: đánh dấu, hoặc ghi số bản đã nhận", name=paper.requirement.name),
            )
    hand_in(draft, by)
    money.ask(draft, by=by)
    return supplements.ask(draft, wanted, reason=reason, ground=ground, by=by)


@transaction.atomic
def decline(dossier: Dossier, why: Why, *, by: User) -> Dossier:
    """Answer a case at once that can't be taken in (từ chối tiếp nhận, mẫu 03), however far it is typed.

    Raises:
        BusinessError: the reason is missing or a bare code.
        Http404, Conflict: as `counter.receive`.
    """
    draft = _lock_typed(dossier, by)
    check_why(why.tidy(), needs_ground=False)
    hand_in(draft, by)
    return reception.decline(draft, why, by=by)


def _lock_typed(dossier: Dossier, by: User) -> Dossier:
    draft = lock_case(dossier, by)
    if draft.state != State.DRAFT:
        raise Conflict(first_word(draft) or say("Hồ sơ {ref} đã được trả lời.", ref=draft.ref))
    return draft
