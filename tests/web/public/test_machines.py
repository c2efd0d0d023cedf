"""Feeds, sitemap, robots.txt: well-formed, honest about what changed when, cheap."""

from datetime import timedelta
from unittest.mock import patch
from xml.etree import ElementTree

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.procedures.services import publish_record
from motcua.web.public import machines
from tests.procedures.catalogue import made_up, publish_lists
from tests.web.public.records import imported

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class MachinesTests(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        publish_lists()
        for number in range(1, 6):
            publish_record(made_up(number, short_name=f"Việc <{number}> & khác"), by=None)

    def xml(self, url: str) -> ElementTree.Element:
        response = self.client.get(url)
        self.assertEqual(response.status_code, 200, url)
        return ElementTree.fromstring(response.content)

    def test_the_feed_tells_what_changed_last(self) -> None:
        imported(change_note="Giảm còn 3 ngày", conditions="Mới")
        feed = self.xml("/thay-doi.atom")
        first = feed.find(f"{ATOM}entry")
        assert first is not None
        self.assertIn("Giảm còn 3 ngày", first.findtext(f"{ATOM}summary", ""))
        self.assertEqual(len(feed.findall(f"{ATOM}entry")), 6)
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        self.assertEqual(len(set(ids)), 6)

    def test_a_letter_that_xml_cannot_hold_ends_no_feed(self) -> None:
        imported(change_note="Giảm\x0b còn \ufffe3\uffff ngày\x1f", conditions="Mới")
        first = self.xml("/thay-doi.atom").find(f"{ATOM}entry")
        assert first is not None
        self.assertIn("Giảm còn 3 ngày", first.findtext(f"{ATOM}summary", ""))

    def test_a_part_of_the_sitemap_that_nobody_can_count_to_isnt_there(self) -> None:
        for number in (2, 2**31, 2**63, 10**30):
            self.assertEqual(self.client.get(f"/sitemap-{number}.xml").status_code, 404, number)

    def test_a_field_has_its_own_feed(self) -> None:
        publish_record(made_up(9, field="chung-thuc"), by=None)
        self.assertEqual(len(self.xml("/linh-vuc/chung-thuc/thay-doi.atom").findall(f"{ATOM}entry")), 1)
        self.assertEqual(self.client.get("/linh-vuc/khong-co/thay-doi.atom").status_code, 404)

    def test_what_is_still_to_come_isnt_told_as_a_change(self) -> None:
        day = timezone.localdate() + timedelta(days=5)
        publish_record(made_up(9, effective_from=day.isoformat()), by=None)
        self.assertEqual(len(self.xml("/thay-doi.atom").findall(f"{ATOM}entry")), 5)

    def test_the_feed_is_asked_again_cheaply(self) -> None:
        response = self.client.get("/thay-doi.atom")
        again = self.client.get("/thay-doi.atom", headers={"If-Modified-Since": response["Last-Modified"]})
        self.assertEqual(again.status_code, 304)
        self.assertIn("public", response["Cache-Control"])
        self.assertFalse(response.cookies)

    def test_the_sitemap_has_every_record_once_at_its_readable_address(self) -> None:
        with patch.object(machines, "PER_PART", 2):
            parts = [one.text or "" for one in self.xml("/sitemap.xml").iter(f"{MAP}loc")]
            self.assertEqual(len(parts), 4)
            found = [
                one.text or "" for part in parts for one in self.xml("/" + part.split("/", 3)[3]).iter(f"{MAP}loc")
            ]
        records = [url for url in found if "/thu-tuc/9." in url]
        self.assertEqual(len(records), len(set(records)))
        self.assertEqual(len(records), 5)
        self.assertTrue(records[0].endswith("/thu-tuc/9.000001/viec-1-khac/"), records[0])
        self.assertEqual(self.client.get("/sitemap-7.xml").status_code, 404)

    def test_robots_are_led_to_the_sitemap_and_away_from_what_is_private(self) -> None:
        text = self.client.get("/robots.txt").content.decode()
        self.assertIn("Disallow: /ho-so/", text)
        self.assertRegex(text, r"Sitemap: http\S+/sitemap.xml")

    def test_a_sample_asks_to_be_left_out(self) -> None:
        with patch("motcua.web.public.machines.is_sample", return_value=True):
            self.assertIn("Disallow: /\n", self.client.get("/robots.txt").content.decode())

    def test_feed_and_sitemap_cost_the_same_for_few_and_many(self) -> None:
        def counts() -> list[int]:
            found = []
            for url in ("/thay-doi.atom", "/sitemap-1.xml"):
                self.client.get(url)
                with CaptureQueriesContext(connection) as context:
                    self.client.get(url)
                found.append(len(context))
            return found

        few = counts()
        for number in range(10, 40):
            publish_record(made_up(number), by=None)
        self.assertEqual(counts(), few)
        self.assertLessEqual(max(few), 4)
