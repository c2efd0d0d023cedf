"""Marks within a text: nothing of either text is lost, changes read as phrases."""

import time

from django.test import SimpleTestCase
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.procedures.comparing import Mark, Piece, marked, shortened

WORDS = st.lists(st.sampled_from(["nộp", "hồ", "sơ", "tại", "xã,", "phường\n", "trong", "3", "5", "ngày"]), max_size=60)


def said(pieces: tuple[Piece, ...], *marks: Mark) -> list[str]:
    return [piece.text.strip() for piece in pieces if piece.mark in marks]


class MarkedTests(SimpleTestCase):
    @settings(max_examples=60, deadline=None)
    @given(WORDS, WORDS)
    def test_nothing_of_either_text_is_lost(self, left: list[str], right: list[str]) -> None:
        pieces = marked(" ".join(left), " ".join(right))
        new = " ".join(said(pieces, Mark.SAME, Mark.ADDED))
        old = " ".join(said(pieces, Mark.SAME, Mark.REMOVED))
        self.assertEqual(new.split(), " ".join(right).split())
        self.assertEqual(old.split(), " ".join(left).split())

    def test_a_very_long_piece_stands_folded_and_whole(self) -> None:
        long = Piece("Điều kiện thứ nhất. " * 100, Mark.ADDED)
        self.assertLess(len(long.head), 600)
        self.assertEqual(f"{long.head} {long.rest}".split(), long.text.split())
        self.assertEqual((Piece("Ngắn", Mark.SAME).head, Piece("Ngắn", Mark.SAME).rest), ("Ngắn", ""))
        one_word = Piece("x" * 2000, Mark.REMOVED)
        self.assertEqual(one_word.head + one_word.rest, one_word.text)

    def test_a_short_text_in_place_of_a_long_one_is_no_salad(self) -> None:
        long = " ".join(f"Điều {number} quy định để chứng minh việc đăng ký." for number in range(40))
        short = "Dùng để chứng minh việc ấy khi làm thủ tục khác."
        self.assertEqual([piece.mark for piece in marked(long, short)], [Mark.REMOVED, Mark.ADDED])
        self.assertIn(Mark.SAME, [piece.mark for piece in marked(short, f"{short} {long}")])

    def test_one_changed_word_is_marked(self) -> None:
        pieces = marked(
            "Trong 3 ngày làm việc kể từ ngày nhận đủ hồ sơ", "Trong 5 ngày làm việc kể từ ngày nhận đủ hồ sơ"
        )
        self.assertEqual((said(pieces, Mark.REMOVED), said(pieces, Mark.ADDED)), (["3"], ["5"]))

    def test_single_words_between_changes_belong_to_them(self) -> None:
        pieces = marked("một hai ba bốn năm sáu bảy tám", "một X ba Y năm sáu bảy tám")
        self.assertEqual(said(pieces, Mark.REMOVED), ["hai ba bốn"])

    def test_texts_with_little_in_common_stand_one_after_the_other(self) -> None:
        pieces = marked("a b c d e f g h tại", "i k l m n o p q tại")
        self.assertEqual([piece.mark for piece in pieces], [Mark.REMOVED, Mark.ADDED])

    def test_long_texts_are_compared_quickly(self) -> None:
        before = "\n".join(f"Dòng thứ {number} có những từ {number * 7} khác nhau ở đây." for number in range(3_000))
        after = before.replace("Dòng thứ 1500 có", "Dòng thứ 1500 không có")
        began = time.process_time()
        pieces = marked(before, after)
        self.assertLess(time.process_time() - began, 3)
        self.assertEqual(said(pieces, Mark.ADDED), ["không"])

    def test_what_stayed_far_from_a_change_is_skipped_but_not_lost(self) -> None:
        before = " ".join(f"từ{number}" for number in range(200))
        pieces = marked(before, before.replace("từ100 ", "MỚI "))
        short = shortened(pieces)
        self.assertEqual([piece.mark for piece in short], [
            Mark.SKIPPED, Mark.SAME, Mark.REMOVED, Mark.ADDED, Mark.SAME, Mark.SKIPPED,
        ])  # fmt: skip
        self.assertEqual("".join(piece.text for piece in short), "".join(piece.text for piece in pieces))

    def test_a_text_that_says_the_same_again_and_again_takes_no_time(self) -> None:
        for before, after in (
            ("a\nb\n" * 5000, "b\nc\n" * 5000),
            ("a b " * 249, "b c " * 249),
            ("a " * 30_000, "b " * 30_000),
        ):
            began = time.process_time()
            pieces = marked(before, after)
            self.assertLess(time.process_time() - began, 2)
            self.assertLessEqual({Mark.REMOVED, Mark.ADDED}, {piece.mark for piece in pieces})
