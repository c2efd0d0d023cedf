"""`motcua search`: a list for programs, lines for people."""

import json

import pytest
from django.test import TestCase

from motcua.config.cli import main
from tests.procedures.catalogue import publish_all


class SearchCommandTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_all()

    @pytest.fixture(autouse=True)
    def _terminal(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://this/one")  # settings know the real one already
        self.capsys = capsys

    def said(self, *words: str) -> str:
        self.assertEqual(main(["search", *words]), 0)
        return self.capsys.readouterr().out

    def test_prints_a_list_best_first_with_the_reasons(self) -> None:
        rows = json.loads(self.said("vk mới đẻ khai sinhh", "--json", "--limit", "3"))
        self.assertEqual(len(rows), 3)
        self.assertEqual(set(rows[0]), {"code", "name", "score", "why"})
        self.assertEqual(rows[0]["code"], "1.001193")
        self.assertIn({"typed": "sinhh", "read": "sinh"}, rows[0]["why"]["mended"])
        self.assertIn("khai", rows[0]["why"]["words"])
        self.assertGreaterEqual(rows[0]["score"], rows[1]["score"])

    def test_ten_at_most_unless_more_are_wanted(self) -> None:
        self.assertLessEqual(len(json.loads(self.said("giấy", "--json"))), 10)
        self.assertEqual(json.loads(self.said("giấy", "--json", "--limit", "0")), [])

    def test_nothing_found_is_an_empty_list(self) -> None:
        self.assertEqual(json.loads(self.said("zzzz", "--json")), [])

    def test_a_number_finds_its_procedure(self) -> None:
        self.assertEqual([row["code"] for row in json.loads(self.said("1.001193", "--json"))], ["1.001193"])

    def test_people_read_lines(self) -> None:
        lines = self.said("khai", "sinhh").splitlines()
        self.assertIn("khai sinh", lines[0])
        self.assertIn("1.001193", lines[1])
