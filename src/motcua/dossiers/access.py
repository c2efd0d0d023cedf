"""The only doors from a number in an address to a dossier or one of its files. What isn't yours isn't there (404)."""

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404

from motcua.accounts.models import User
from motcua.accounts.national.claims import NationalOrganisation
from motcua.agencies.models import Post, Role
from motcua.agencies.queries import posts_of
from motcua.core.errors import BusinessError
from motcua.core.words import say
from motcua.delivery.queries import parcels_of
from motcua.documents.models import Document
from motcua.dossiers.models import AT_COUNTER, HANDED_IN, Apology, Dossier, State, SupplementFile, SupplementRequest
from motcua.dossiers.models.standing import of_organisation as its_organisation
from motcua.dossiers.models.standing import own
from motcua.dossiers.rules.moves import MOVES, able_for, roles_for

# A form's definition is long, and each process remembers it once it was read (eforms.queries.definition_of).
LONG = "offering_version__form__definition"


def _rows() -> "QuerySet[Dossier]":
    rows = Dossier.objects.select_related(
        "agency", "procedure_version__procedure", "offering_version__form", "offering_version__offering", "step", "user"
    )
    return rows.defer(LONG)


def _found(dossier: Dossier | None) -> Dossier:
    if dossier is None:
        raise Http404("Không có hồ sơ này.")
    return dossier


def draft_of(user: User, ref: str) -> Dossier:
    """The draft with this number, for the account that began it.

    Raises:
        Http404: there is none, it is somebody else's, or it was handed in.
    """
    return _found(_rows().filter(user=user, ref=ref, state=State.DRAFT, helped_by=None).first())


def of_applicant(user: User, ref: str) -> Dossier:
    """The dossier with this number or official code, for the account it was handed in with; drafts too.

    What an officer is still typing in for the person isn't there yet. What was handed in for an organisation is there
    for who stands for it in this session: whoever has left it sees nothing of it any more.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    return _found(_rows().filter(Q(ref=ref) | Q(code=ref), own(user)).exclude(AT_COUNTER).first())


def of_organisation(user: User, ref: str) -> Dossier:
    """A dossier of the organisation that this person stands for, whoever has handed it in.

    Raises:
        Http404: there is none.
    """
    return _found(_rows().filter(its_organisation(user), ref=ref).first())


def counter_case(user: User, ref: str) -> Dossier:
    """The draft with this number that is being typed in at a counter where this officer takes in.

    Raises:
        Http404: there is none, it lies at another agency, or it was received.
    """
    agencies = {post.unit.agency_id for post in posts_of(user) if Role.RECEPTION in post.roles}
    return _found(_rows().select_related("counter_case").filter(AT_COUNTER, ref=ref, agency__in=agencies).first())


def for_officer(user: User, ref: str) -> Dossier:
    """The dossier with this number or official code, for an officer of the agency that has it. Drafts are nobody's.

    Raises:
        Http404: there is none, or it lies at another agency.
    """
    agencies = {post.unit.agency_id for post in posts_of(user)}
    beside = ("held_by", "receipt", "result__document", "apology__slip", "apology__by")
    rows = _rows().select_related(*beside).exclude(state=State.DRAFT)
    return _found(rows.filter(Q(ref=ref) | Q(code=ref), agency__in=agencies).first())


def post_for(act: str, dossier: Dossier, user: User) -> Post:
    """The post by which somebody may do this act with this dossier.

    Raises:
        Http404: they have no post at the dossier's agency.
        BusinessError: they have one, but with another role or in another unit than the step says.
    """
    posts = [post for post in posts_of(user) if post.unit.agency_id == dossier.agency_id]
    if not posts:
        raise Http404("Không có hồ sơ này.")
    step = dossier.step
    able = able_for(act, step, posts)
    if able:
        return able[0]
    roles = roles_for(act, step.role, step.acts) if step else roles_for(act)
    if step and any(roles & set(post.roles) for post in posts):
        raise BusinessError(
            say("Việc “{label}” của hồ sơ này là của {name}.", label=say(MOVES[act].label), name=step.unit.name)
        )
    names = " hoặc ".join(sorted(f"“{role.label}”" for role in roles))
    raise BusinessError(
        say(
            "Việc “{label}” cần vai trò {names}. Tài khoản này không có vai trò đó.",
            label=say(MOVES[act].label),
            names=names,
        )
    )


def check_applicant(dossier: Dossier, user: User) -> None:
    """Let only the account through with which the dossier was handed in.

    Raises:
        Http404: it is somebody else's.
    """
    if dossier.user_id != user.pk:
        raise Http404("Không có hồ sơ này.")


def post_at_counter(agency_id: int, user: User) -> Post:
    """The post by which somebody takes dossiers in at this agency's counter.

    Raises:
        Http404: they have none.
    """
    for post in posts_of(user):
        if post.unit.agency_id == agency_id and Role.RECEPTION in post.roles:
            return post
    raise Http404("Không có hồ sơ này.")


def check_writer(draft: Dossier, user: User) -> None:
    """Let only those through who may write into this draft: its person; of a counter's case those who take in there.

    Raises:
        Http404: it is somebody else's.
    """
    if draft.helped_by_id is None:
        check_applicant(draft, user)
    else:
        post_at_counter(draft.agency_id, user)


def check_standing(dossier: Dossier, organisation: NationalOrganisation | None) -> None:
    """Let an organisation's dossier go in its name only by whoever stands for it in this very session.

    A draft outlives its session by months; whoever has left the organisation by then has lost its account, not ours.

    Raises:
        BusinessError: they stand for nobody, or for another one.
    """
    code = dossier.applicant.get("organisation_code")
    if code and (organisation is None or organisation.code != code):
        raise BusinessError(
            say(
                "Hồ sơ này nộp với tư cách người đại diện của {name}. Xin đăng xuất, rồi đăng nhập qua Cổng Dịch vụ "
                "công Quốc gia bằng tài khoản của tổ chức đó.",
                name=str(dossier.applicant.get("organisation_name") or code),
            )
        )


# ---- Files ----


def _own(dossier: Dossier) -> Q:
    """The files of a dossier that its applicant may see: theirs, and what was given to them."""
    shown = dossier.drafts.filter(shown_at__isnull=False).values("document")
    given = Document.objects.filter(Q(pk=dossier.receipt_id) | Q(pk__in=shown))
    attached = dossier.attachments.values("document")
    result = Document.objects.filter(pk__in=[*_result_of(dossier), *_slips_of(dossier)])
    return Q(pk__in=attached) | Q(pk__in=given.values("pk")) | Q(pk__in=result.values("pk"))


def _of_supplements(dossier: Dossier, *, unsent: bool) -> Q:
    """What supplements asked with and replaced; `unsent`: also the files of a working copy, which are the person's."""
    files = SupplementFile.objects.filter(item__request__dossier=dossier)
    if not unsent:
        files = files.filter(Q(which=SupplementFile.Which.OLD) | Q(item__request__outcome__in=SupplementRequest.SENT))
    slips = dossier.supplements.filter(slip__isnull=False).values("slip")
    return Q(pk__in=files.values("document")) | Q(pk__in=slips)


def _signed(dossier: Dossier, *, unsent: bool) -> Q:
    """The declarations that the person signed; `unsent`: also that of a supplement which they haven't sent."""
    rows = dossier.confirmations.filter(document__isnull=False)
    if not unsent:
        rows = rows.filter(HANDED_IN)
    return Q(pk__in=rows.values("document"))


def _slips_of_parcels(dossier: Dossier) -> Q:
    """The slips of what goes by post (phiếu gửi hồ sơ)."""
    slips = parcels_of(dossier.about).filter(slip__isnull=False).order_by().values("slip")
    return Q(pk__in=slips)


def _result_of(dossier: Dossier) -> list[uuid.UUID]:
    result = getattr(dossier, "result", None)
    return [result.document_id] if result else []


def _slips_of(dossier: Dossier) -> list[uuid.UUID]:
    """What told the person why: a slip is only ever made of what was decided."""
    found = [*dossier.refusals.values_list("slip", flat=True)]
    found += Apology.objects.filter(dossier=dossier).values_list("slip", flat=True)
    return [slip for slip in found if slip]


def _file(documents: Q, document_id: uuid.UUID) -> Document:
    found = Document.objects.filter(documents, pk=document_id).select_related("blob", "preview", "thumbnail").first()
    if found is None:
        raise Http404("Không có tệp này.")
    return found


def document_of_applicant(user: User, ref: str, document_id: uuid.UUID) -> Document:
    """A file of one's own dossier: a paper, the receipt, a draft that was shown, the result.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    dossier = of_applicant(user, ref)
    more = _of_supplements(dossier, unsent=True) | _signed(dossier, unsent=True) | _slips_of_parcels(dossier)
    return _file(_own(dossier) | more, document_id)


def document_for_officer(user: User, ref: str, document_id: uuid.UUID) -> Document:
    """Any file of a dossier of one's agency, drafts that were never shown among them.

    Raises:
        Http404: there is none, or it lies at another agency.
    """
    dossier = for_officer(user, ref)
    drafts = Q(pk__in=dossier.drafts.values("document"))
    more = drafts | _of_supplements(dossier, unsent=False) | _signed(dossier, unsent=False) | _slips_of_parcels(dossier)
    return _file(_own(dossier) | more, document_id)


def scan_at_counter(user: User, ref: str, document_id: uuid.UUID) -> Document:
    """A scan of a case that is being typed in at a counter where this officer takes in.

    Raises:
        Http404: there is none, or it lies at another agency.
    """
    return _file(Q(pk__in=counter_case(user, ref).attachments.values("document")), document_id)
