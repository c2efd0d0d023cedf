"""Two records against each other: what the public and the editors read of a change."""

import copy
import json
from pathlib import Path
from typing import Any

from django.test import SimpleTestCase

from motcua.procedures.comparing import SECTIONS, Change, Kind, Mark, differences
from motcua.procedures.records import SCHEMA
from tests.procedures.catalogue import SAMPLE, made_up

NOT_CONTENT = {"$schema", "code", "effective_from", "life_events"}


def compared(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Change]]:
    return {one.section.key: list(one.changes) for one in differences(before, after)}


def paper(key: str, name: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": name, "form": "ban-chinh", "required_if": {}, "originals": 1} | more


class DifferencesTests(SimpleTestCase):
    def test_every_key_of_the_format_stands_in_one_section(self) -> None:
        keys = set(json.loads(SCHEMA.read_text(encoding="utf-8"))["properties"]) - NOT_CONTENT
        told = [field for section in SECTIONS for field in section.fields]
        self.assertEqual(sorted(told), sorted(keys))

    def test_a_record_differs_in_nothing_from_itself(self) -> None:
        for path in sorted(Path(SAMPLE / "procedures").glob("*.json")):
            record = json.loads(path.read_text(encoding="utf-8"))
            self.assertEqual(differences(record, copy.deepcopy(record)), [], path.name)

    def test_a_paper_is_added_removed_and_changed(self) -> None:
        before = made_up(1, requirements=[paper("don", "Đơn đề nghị"), paper("anh", "Ảnh chân dung 4x6")])
        after = made_up(1, requirements=[paper("don", "Đơn đề nghị", copies=1), paper("so", "Sổ khám sức khỏe")])
        changed, removed, added = compared(before, after)["giay-to"]
        self.assertEqual((changed.kind, changed.title), (Kind.CHANGED, "Đơn đề nghị"))
        self.assertEqual(
            [(part.label, part.before, part.after) for part in changed.parts],
            [("Số lượng", "1 bản chính", "1 bản chính, 1 bản sao")],
        )
        self.assertEqual((removed.kind, removed.title), (Kind.REMOVED, "Ảnh chân dung 4x6"))
        self.assertEqual((added.kind, added.title), (Kind.ADDED, "Sổ khám sức khỏe"))

    def test_a_paper_without_its_key_is_known_by_its_words(self) -> None:
        before = made_up(1, requirements=[paper("a", "Tờ khai theo mẫu số 01 ban hành kèm theo Thông tư")])
        after = made_up(1, requirements=[paper("b", "Tờ khai theo mẫu số 02 ban hành kèm theo Thông tư")])
        (change,) = compared(before, after)["giay-to"]
        self.assertEqual(change.kind, Kind.CHANGED)
        marks = [(piece.text.strip(), piece.mark) for piece in change.parts[0].pieces if piece.mark is not Mark.SAME]
        self.assertEqual(marks, [("01", Mark.REMOVED), ("02", Mark.ADDED)])

    def test_several_rows_of_one_channel_are_told_apart(self) -> None:
        def ways(*texts: str) -> dict[str, Any]:
            return made_up(
                1, methods=[{"channel": "truc-tiep", "limit_text": text, "fee_text": "Miễn phí"} for text in texts]
            )

        (added,) = compared(ways("2 ngày", "5 ngày"), ways("2 ngày", "5 ngày", "9 ngày"))["cach-nop"]
        self.assertEqual(added.kind, Kind.ADDED)
        (changed,) = compared(ways("2 ngày", "5 ngày"), ways("5 ngày", "3 ngày"))["cach-nop"]
        self.assertEqual((changed.parts[0].before, changed.parts[0].after), ("2 ngày", "3 ngày"))

    def test_steps_in_another_order_are_told(self) -> None:
        steps = [{"title": f"Bước {name}", "text": f"Làm việc {name}"} for name in ("nộp", "xem xét", "trả")]
        (moved,) = compared(made_up(1, steps=steps), made_up(1, steps=steps[::-1]))["cac-buoc"]
        self.assertEqual(moved.kind, Kind.MOVED)
        places = [(part.label, part.before, part.after) for part in moved.parts]
        self.assertEqual(places, [("Bước trả", "3", "1"), ("Bước nộp", "1", "3")])

    def test_only_what_moved_is_named_with_its_places_among_the_others(self) -> None:
        papers = [paper(f"p-{number}", f"Giấy tờ thứ {number}") for number in range(1, 7)]
        arranged = [papers[4], *papers[:4], papers[5]]
        (moved,) = compared(
            made_up(1, requirements=papers, dossier_sets=2), made_up(1, requirements=arranged, dossier_sets=2)
        )["giay-to"]
        self.assertEqual([(one.label, one.before, one.after) for one in moved.parts], [("Giấy tờ thứ 5", "5", "1")])

    def test_when_a_paper_is_wanted_is_said_in_the_records_own_words(self) -> None:
        situation = {
            "field": "for_whom",
            "kind": "one",
            "title": "Khai cho ai",
            "choices": [{"value": "con", "label": "Con tôi"}, {"value": "khac", "label": "Người khác"}],
        }
        before = made_up(1, situations=[situation], requirements=[paper("don", "Đơn")])
        shown = {"not": {"field": "for_whom", "in": ["con"]}}
        after = made_up(1, situations=[situation], requirements=[paper("don", "Đơn", shown_if=shown)])
        (change,) = compared(before, after)["giay-to"]
        self.assertEqual((change.parts[0].label, change.parts[0].after), ("Chỉ cần khi", "không phải: Con tôi"))

    def test_blanks_alone_are_no_difference(self) -> None:
        self.assertEqual(compared(made_up(1, conditions="Một\nHai"), made_up(1, conditions=" Một  Hai ")), {})

    def test_fields_are_called_by_their_names(self) -> None:
        found = differences(made_up(1), made_up(1, field="cu-tru"), names={"ho-tich": "Hộ tịch", "cu-tru": "Cư trú"})
        self.assertEqual(found[0].changes[0].parts[0].after, "Cư trú")

    def test_a_fee_that_isnt_published_is_never_free(self) -> None:
        way = {"channel": "truc-tiep", "limit_text": "", "fee_text": ""}
        before = made_up(1, methods=[way | {"fee_kind": "chua-ro"}])
        after = made_up(1, methods=[way | {"fee_kind": "co-muc", "fees": [{"amount": "1.5", "currency": "USD"}]}])
        (change,) = compared(before, after)["cach-nop"]
        self.assertEqual(
            [(part.before, part.after) for part in change.parts],
            [("Chưa công bố", "Có mức phí, lệ phí"), ("", "1,5 USD")],
        )
