"""What people send: taken in, or refused with a word that helps."""

import contextlib
import errno
import io
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from PIL import Image

from motcua.accounts.models import User
from motcua.audit.models import Event
from motcua.documents import inspection, queries, services, store
from motcua.documents.models import Blob, Document
from motcua.documents.services import StorageFull, UploadRefused, take_upload
from motcua.documents.storage import LocalStorage
from tests.documents.files import (
    huge_png,
    pdf,
    pdf_with_huge_picture,
    pdf_with_script,
    phone_exif,
    picture,
    upload,
)
from tests.factories import a_submitted_dossier

MB = 1024 * 1024


def image_of(blob: Blob | None) -> Image.Image:
    assert blob
    with queries.open_blob(blob) as file:
        return Image.open(io.BytesIO(file.read()))


def refused(content: bytes, name: str, by: User) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        take_upload(upload(content, name), by=by)
    assert not Document.objects.exists()
    assert not Blob.objects.exists()
    return caught.value


# ---- Taken in ----


@pytest.mark.parametrize(
    ("form", "name", "kind"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("PNG", "a.png", "image/png"),
        ("WEBP", "a.webp", "image/webp"),
        ("HEIF", "a.heic", "image/heic"),
        ("HEIF", "photo.jpg", "image/heic"),  # phones rename without converting
        ("PNG", "a.pdf", "image/png"),
        ("JPEG", "khong-co-duoi", "image/jpeg"),
    ],
)
def test_takes_a_picture_by_what_it_is(an: User, form: str, name: str, kind: str) -> None:
    content = picture(form)
    document = take_upload(upload(content, name), by=an)
    assert (document.kind, document.pages, document.owner, document.active) == (kind, 1, an, False)
    with queries.open_blob(document.blob) as file:
        assert file.read() == content
    assert image_of(document.thumbnail).size == (208, 256)


def test_takes_a_pdf_with_its_pages_and_a_thumbnail(an: User) -> None:
    document = take_upload(upload(pdf(3), "uy-quyen.pdf"), by=an)
    assert (document.kind, document.pages, document.preview) == ("application/pdf", 3, None)
    assert image_of(document.thumbnail).size == (208, 256)
    assert services.ensure_variant(document, "preview") == (document.blob, "application/pdf")


def test_takes_a_pdf_that_anyone_can_open_though_its_owner_forbade_changes(an: User) -> None:
    assert take_upload(upload(pdf(owner_password="x"), "a.pdf"), by=an).pages == 1


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "1"])
def test_takes_pictures_of_every_colour_mode(an: User, mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    document = take_upload(upload(picture(form, mode=mode), "a"), by=an)
    assert image_of(document.thumbnail).mode == "RGB"
    assert image_of(services.ensure_variant(document, "preview")[0]).format == "JPEG"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "I;16"])
def test_takes_see_through_and_deep_pictures(an: User, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (300, 200)).save(out, "PNG")
    document = take_upload(upload(out.getvalue(), "a.png"), by=an)
    expected = (0, 0, 0) if mode == "I;16" else (255, 255, 255)
    assert image_of(document.thumbnail).getpixel((100, 40)) == expected


def test_leaves_a_trace(an: User) -> None:
    document = take_upload(upload(picture()), by=an)
    event = Event.objects.get(act="document.uploaded")
    assert (event.subject_ref, event.actor_name) == (str(document.pk), "Nguyễn Văn An")
    assert event.data["sha256"] == document.blob_id


def test_the_preview_is_upright_small_and_tells_no_place(an: User) -> None:
    for form in ("JPEG", "HEIF", "PNG"):
        content = picture(form, (3000, 2000), exif=phone_exif(6))
        document = take_upload(upload(content, "a"), by=an)
        blob, kind = services.ensure_variant(document, "preview")
        shown = image_of(blob)
        assert (kind, shown.size) == ("image/jpeg", (1600, 2400)), form
        assert not shown.getexif(), form
        document.refresh_from_db()
        assert (document.preview, document.preview_kind) == (blob, "image/jpeg")
        with queries.open_blob(document.blob) as file:
            assert file.read() == content  # the original stays what it was


def test_a_pdf_that_acts_is_kept_but_shown_without_what_acts(an: User) -> None:
    content = pdf_with_script()
    document = take_upload(upload(content, "a.pdf"), by=an)
    assert document.active
    with queries.open_blob(document.blob) as file:
        assert file.read() == content
    blob, kind = services.ensure_variant(document, "preview")
    with queries.open_blob(blob) as file:
        shown = file.read()
    assert kind == "application/pdf"
    assert not any(word in shown for word in (b"/JavaScript", b"/Launch", b"virus", b"calc.exe"))
    with pikepdf_open(shown) as opened:
        assert len(opened.pages) == 1


def pikepdf_open(content: bytes) -> Any:
    import pikepdf

    return pikepdf.open(io.BytesIO(content))


# ---- Refused ----


def test_refuses_an_empty_file(an: User) -> None:
    assert refused(b"", "giay.pdf", an).reason == "empty"


def test_refuses_forty_megabytes_with_both_sizes_and_a_way_out(an: User) -> None:
    content = picture("HEIF") + b"\0" * (40 * MB)
    refusal = refused(content[: 40 * MB], "IMG_0217.HEIC", an)
    assert refusal.reason == "too_large"
    assert all(part in str(refusal) for part in ("IMG_0217.HEIC", "40 MB", "20 MB", "chụp lại"))


def test_does_not_trust_the_size_that_an_upload_names(an: User, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = MB
    file = upload(b"\xff" * (3 * MB), "a.jpg")
    file.size = 10
    with pytest.raises(UploadRefused) as caught:
        take_upload(file, by=an)
    assert caught.value.reason == "too_large"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"MZ\x90\x00" + b"\0" * 60 + b"PE\0\0" + b"\0" * 400, "giay-chung-sinh.pdf", "lying_name"),
        (b"GIF89a" + b"\0" * 100, "a.gif", "wrong_kind"),
        (b"<html><script>alert(1)</script></html>", "a.jpg", "lying_name"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "wrong_kind"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 100, "quay-phim.mov", "wrong_kind"),
        (b"PK\x03\x04" + b"\0" * 200, "don.docx", "office"),
        (b"chi la chu", "ghi-chu.txt", "wrong_kind"),
    ],
)
def test_refuses_what_is_no_picture_and_no_pdf(an: User, content: bytes, name: str, reason: str) -> None:
    refusal = refused(content, name, an)
    assert refusal.reason == reason
    assert name in str(refusal)


@pytest.mark.parametrize(
    ("form", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("HEIF", "a.heic"), ("WEBP", "a.webp")]
)
def test_refuses_a_picture_that_was_cut_off(an: User, form: str, name: str) -> None:
    content = picture(form, (1600, 1200))
    assert refused(content[: len(content) // 2], name, an).reason == "damaged"


def test_refuses_a_pdf_that_was_cut_off(an: User) -> None:
    content = pdf(30)
    assert refused(content[: len(content) // 2], "a.pdf", an).reason == "damaged"


@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (1, 2_000_000_000), (20_000, 5_001)])
def test_refuses_a_bomb_of_pixels_without_decoding_it(an: User, width: int, height: int) -> None:
    refusal = refused(huge_png(width, height), "bom.png", an)
    assert refusal.reason == "too_many_pixels"
    assert f"{width:,}".replace(",", ".") in str(refusal)


def test_a_pdf_whose_picture_unpacks_to_a_gigabyte_takes_nothing_down(an: User) -> None:
    with contextlib.suppress(UploadRefused):  # drawn within the helper's memory, or refused
        take_upload(upload(pdf_with_huge_picture(), "bom.pdf"), by=an)
    assert take_upload(upload(picture()), by=an).pages == 1


def test_refuses_a_pdf_of_too_many_pages(an: User) -> None:
    refusal = refused(pdf(201), "sach.pdf", an)
    assert refusal.reason == "too_many_pages"
    assert "201 trang" in str(refusal)
    assert take_upload(upload(pdf(200), "sach.pdf"), by=an).pages == 200


def test_refuses_a_pdf_with_a_password_and_says_what_to_do(an: User) -> None:
    refusal = refused(pdf(password="bi-mat"), "khoa.pdf", an)
    assert refusal.reason == "encrypted"
    assert "gỡ mật khẩu" in str(refusal)


def test_a_file_that_kills_the_helper_is_refused_and_the_next_one_is_taken(
    an: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = inspection.Inspector(seconds=0.0)
    monkeypatch.setattr(services, "inspector", helper)
    refusal = refused(picture(), "a.jpg", an)
    assert refusal.reason == "too_hard"
    helper.seconds = 20
    assert take_upload(upload(picture()), by=an).pages == 1
    helper.close()


# ---- Storing ----


def test_the_same_content_is_stored_once(an: User) -> None:
    first, second = (take_upload(upload(picture(), name), by=an) for name in ("a.jpg", "b.jpg"))
    assert first.pk != second.pk
    assert first.blob_id == second.blob_id
    assert Blob.objects.filter(pk=first.blob_id).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_content_from_two_people_at_once_is_stored_once() -> None:
    people = [User.objects.create(full_name=name, personal_number=f"00109000001{n}") for n, name in enumerate("AB")]
    content, barrier, taken, trouble = picture(), threading.Barrier(2), [], []

    def send(by: User) -> None:
        try:
            barrier.wait()
            taken.append(take_upload(upload(content), by=by))
        except BaseException as error:  # noqa: BLE001 (shown below)
            trouble.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not trouble
    assert len(taken) == 2
    assert Blob.objects.count() == 2  # the picture and its thumbnail
    assert all(queries.verify(blob) for blob in Blob.objects.all())


def test_killed_between_file_and_row_leaves_only_a_file_that_the_sweep_takes_away(
    an: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "claim", die)
    with pytest.raises(KeyboardInterrupt):
        take_upload(upload(picture()), by=an)
    monkeypatch.undo()
    assert not Blob.objects.exists()
    assert len(files()) == 2
    assert services.sweep().files == 0  # it may still be on its way
    assert services.sweep(now=timezone.now() + services.KEEP_UNUSED * 2).files == 2
    assert not files()


def files() -> list[Path]:
    storage = storages["documents"]
    assert isinstance(storage, LocalStorage)
    return [path for path in Path(storage.location).rglob("*") if path.is_file()]


def test_a_file_swept_while_its_row_was_being_made_is_laid_down_again(
    an: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = store.claim

    def late(waiting: Sequence[store.Stored]) -> list[Blob]:
        for stored in waiting:
            storages["documents"].delete(store.path_of(stored.sha256))
        return claim(waiting)

    monkeypatch.setattr(store, "claim", late)
    document = take_upload(upload(picture()), by=an)
    assert queries.verify(document.blob)


class FullStorage(LocalStorage):
    def _save(self, name: str, content: "File[bytes]") -> str:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_politely_and_breaks_nothing(an: User, settings: Any) -> None:
    good = settings.STORAGES
    settings.STORAGES = {**good, "documents": {**good["documents"], "BACKEND": f"{__name__}.FullStorage"}}
    with pytest.raises(StorageFull, match="Hệ thống tạm không nhận được tệp"):
        take_upload(upload(picture()), by=an)
    assert not Document.objects.exists()
    settings.STORAGES = good
    assert take_upload(upload(picture()), by=an).pages == 1


def test_a_half_written_file_never_stands_at_the_final_name(an: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("motcua.documents.storage.os.fsync", full)
    with pytest.raises(StorageFull):
        take_upload(upload(picture()), by=an)
    assert not files()


def test_a_changed_or_lost_file_is_noticed(an: User) -> None:
    document = take_upload(upload(picture()), by=an)
    assert queries.verify(document.blob)
    place = Path(storages["documents"].path(store.path_of(document.blob_id)))
    content = bytearray(place.read_bytes())
    content[100] ^= 1
    place.write_bytes(content)
    assert not queries.verify(document.blob)
    place.unlink()
    assert not queries.verify(document.blob)


# ---- The sweep ----


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_uploads_that_were_never_attached_and_leaves_what_we_made() -> None:
    an = User.objects.create(full_name="An", personal_number="001090000017")
    take_upload(upload(picture()), by=an)
    made = services.store_generated(pdf(), "ket-qua.pdf")
    assert services.sweep() == services.Swept(0, 0, 0)
    assert services.sweep(now=timezone.now() + services.KEEP_UNUSED * 2) == services.Swept(1, 2, 0)
    assert list(Document.objects.all()) == [made]
    assert len(files()) == 1
    assert queries.verify(made.blob)


def test_a_discarded_upload_goes_with_a_trace(an: User) -> None:
    document = take_upload(upload(picture()), by=an)
    services.discard(document, by=an)
    assert not Document.objects.exists()
    assert Event.objects.filter(act="document.discarded", actor_name=an.full_name).exists()


# ---- Pages ----


def test_a_page_is_drawn_once_at_the_next_wider_of_the_fixed_widths(an: User) -> None:
    document = take_upload(upload(pdf(2), "a.pdf"), by=an)
    blob = queries.page_image(document, 2, 900)
    assert image_of(blob).width == 1200
    assert queries.page_image(document, 2, 1200) == blob
    assert document.page_images.count() == 1
    with pytest.raises(LookupError):
        queries.page_image(document, 3, 800)


def test_a_page_of_a_picture_is_never_blown_up(an: User) -> None:
    document = take_upload(upload(picture(size=(640, 480))), by=an)
    assert image_of(queries.page_image(document, 1, 1600)).size == (640, 480)


def test_a_helper_that_was_killed_meanwhile_is_replaced(an: User) -> None:
    take_upload(upload(picture(seed=1)), by=an)
    helper = inspection.inspector._helper
    assert helper is not None
    helper.kill()
    helper.wait()
    assert take_upload(upload(picture(seed=2)), by=an).pages == 1


def test_one_upload_takes_five_statements(an: User, django_assert_num_queries: Any) -> None:
    """Which rows there are; then in one transaction: lock, rows of the bytes, the document, its trace."""
    take_upload(upload(picture(seed=1)), by=an)
    with django_assert_num_queries(5 + 2):  # the test's own transaction makes ours a savepoint
        take_upload(upload(picture(seed=2)), by=an)


@pytest.mark.django_db(transaction=True)
def test_works_with_a_storage_that_is_not_on_this_machine(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    an = User.objects.create(full_name="An", personal_number="001090000017")
    content = pdf(2)
    document = take_upload(upload(content, "a.pdf"), by=an)
    assert take_upload(upload(content, "a.pdf"), by=an).blob_id == document.blob_id
    assert queries.verify(document.blob)
    assert image_of(queries.page_image(document, 2, 800)).width == 800
    assert services.sweep(now=timezone.now() + services.KEEP_UNUSED * 2).documents == 2
    assert not queries.verify(document.blob)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_leaves_what_a_dossier_refers_to() -> None:
    dossier = a_submitted_dossier()
    assert services.sweep(now=timezone.now() + services.KEEP_UNUSED * 2).documents == 0
    assert dossier.attachments.filter(document__isnull=False).exists()
