"""Questions as people type them find what is meant, first: without a database, on a small made-up catalogue."""

from functools import cache
from pathlib import Path

import pytest

from motcua.procedures.finding.index import Index
from tests.procedures.finding.catalogue import catalogue, entry

BIRTH, FOREIGN, MOBILE, AGAIN, MARRIAGE, OFF = (f"1.{number:06d}" for number in (1, 2, 3, 4, 5, 7))
STAY, LAND, CARD_LOST, PASSPORT, PASSPORT_PROVINCE = (f"1.{number:06d}" for number in (8, 10, 11, 13, 14))
ACCIDENT, INSURANCE, OLD_AGE, TRADE, ORIGIN = (f"1.{number:06d}" for number in range(15, 20))


@cache
def index() -> Index:
    return catalogue()


def first(text: str) -> str:
    found = index().search(text).entries
    return found[0].code if found else ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("dang ky khai sinh", BIRTH),
        ("ĐĂNG KÝ KHAI SINH", BIRTH),
        ("khai sinh đăng ký", BIRTH),
        ("cho em hỏi làm giấy khai sinh cho con cần giấy tờ gì ạ", BIRTH),
        ("khai sinh yếu tố nước ngoài", FOREIGN),
        ("khai sinh lưu động", MOBILE),
        ("đăng ký lại khai sinh", AGAIN),
        ("vk mới đẻ", BIRTH),
        ("dk kết hôn ntn", MARRIAGE),
        ("lấy chồng", MARRIAGE),
        ("cắt khẩu", OFF),
        ("KT3", STAY),
        ("mất sổ đỏ", LAND),
        ("mat so do", LAND),
        ("làm rơi cccd", CARD_LOST),
        ("mất cái thẻ căn cước", CARD_LOST),
        ("bảo hiểm y tế sai tên", INSURANCE),
        ("mở quán cà phê cần giấy tờ gì", TRADE),
        ("cấp C/O", ORIGIN),
    ],
)
def test_what_people_say_finds_what_the_state_writes(text: str, meant: str) -> None:
    assert first(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("dang ky khai sinhh", BIRTH),  # one letter too many
        ("kha sinh", BIRTH),  # one missing
        ("ket hom", MARRIAGE),  # a neighbour on the keyboard
        ("khia sinh", BIRTH),  # two swapped
        ("khaisinh", BIRTH),  # run together
        ("ddawng kys keets hoon", MARRIAGE),  # Telex, its keys left over
        ("d9a8ng ky1 khai sinh", BIRTH),  # VNI
        ("đăng kí kết hôn", MARRIAGE),  # i for y
    ],
)
def test_slips_of_fingers_and_keyboards_are_mended(text: str, meant: str) -> None:
    assert first(text) == meant


@pytest.mark.parametrize(
    ("text", "read", "meant"),
    [
        ("làm giấy khai xinh", "làm giấy khai sinh", BIRTH),
        ("dang ky tam chu", "dang ky tam tru", STAY),
        ("đăng ký tạm chú", "đăng ký tạm trú", STAY),
        ("xổ đỏ bị mất", "sổ đỏ bị mất", LAND),
        ("thẻ căng cước bị mất", "thẻ căn cước bị mất", CARD_LOST),
    ],
)
def test_words_are_read_as_the_ones_that_sound_alike(text: str, read: str, meant: str) -> None:
    found = index().search(text)
    assert (found.entries[0].code, found.read_as) == (meant, read)


@pytest.mark.parametrize("text", ["dăng ky khai sinh", "mắt giấy khai sinh bản chính", "căn cuoc bi mất"])
def test_marks_left_out_and_one_wrong_mark_among_right_ones_are_forgiven(text: str) -> None:
    assert index().search(text).entries[0].code in {BIRTH, AGAIN, CARD_LOST}


def test_a_word_that_sounds_like_a_commoner_one_stays_where_it_belongs() -> None:
    more = entry("2.000000", "Khám phá hang động"), entry("2.000001", "Bán hàng ăn uống")
    assert not catalogue(*more).search("kham pha hang dong").read_as


def test_short_words_are_written_out_in_names_too() -> None:
    assert first("tai nạn lao động lần đầu") == ACCIDENT
    assert first("bảo hiểm xã hội cấp lại sổ") == INSURANCE


def test_things_told_apart_from_each_other_make_a_situation() -> None:
    assert first("mẹ tôi 82 tuổi rồi, không có lương hưu thì được gì") == OLD_AGE
    assert first("bố em mất tuần trước, giờ muốn xóa tên khỏi hộ khẩu") == OFF


def test_what_is_denied_is_not_looked_for() -> None:
    assert first("đăng ký tạm trú, không phải gia hạn") == STAY
    assert first("đăng ký khai sinh, không có yếu tố nước ngoài") == BIRTH


def test_accents_tell_words_apart_and_their_absence_does_not() -> None:
    more = [entry("2.000001", "Cấp phép chở khách"), entry("2.000002", "Cấp phép họp chợ")]
    both = catalogue(*more)
    assert both.search("họp chợ").entries[0].code == "2.000002"
    assert {found.code for found in both.search("cho").entries} >= {"2.000001", "2.000002"}


@pytest.mark.parametrize("text", ["cơm tấm", "lái thử"])
def test_words_that_only_their_accents_tell_apart_are_others(text: str) -> None:
    assert index().search(text).entries == []


def test_a_word_without_its_tone_may_be_the_word() -> None:
    assert first("tam trú") == first("tạm trú") == STAY


def test_behind_the_first_ten_nothing_stands_that_has_little_of_the_question() -> None:
    names = ["Bay dù lượn ban đêm", *(f"Bay {letter * 3}" for letter in "abcdeghiklmnopqrstuv")]
    those = [entry(f"2.{number:06d}", name) for number, name in enumerate(names)]
    found = catalogue(*those).search("bay dù lượn ban đêm").entries
    assert found[0].short_name == names[0]
    assert len(found) <= 10 < len(catalogue(*those).search("bay").entries)


def test_a_short_word_of_messages_is_written_out_though_a_record_has_it_as_a_keyword() -> None:
    more = entry("2.000000", "Thủ tục đăng ký khai sinh", keywords=("vk đẻ",)), entry("2.000001", "Cấp C/O mẫu VK")
    assert catalogue(*more).search("vk đẻ").entries[0].short_name == "Thủ tục đăng ký khai sinh"


def test_a_small_word_is_no_slip_of_the_finger() -> None:
    more = entry("2.000000", "Tin học văn phòng"), entry("2.000001", "Cấp chứng chỉ tin học")
    assert not catalogue(*more).search("xin hoc").read_as


def test_the_level_named_is_the_level_meant() -> None:
    assert first("trình báo mất hộ chiếu cấp tỉnh") == PASSPORT_PROVINCE
    assert first("trình báo mất hộ chiếu cấp xã") == PASSPORT


def test_the_ministrys_record_comes_before_a_provinces_copy_and_many_copies_leave_room() -> None:
    name = "Hỗ trợ nuôi tôm hùm"
    copies = [entry(f"3.{n:06d}", name, issuing_body=f"UBND tỉnh Thứ {n}") for n in range(1, 9)]
    others = [entry("3.000100", name), entry("3.000200", f"{name} bị thiệt hại do bão")]
    codes = [found.code for found in catalogue(*copies, *others).search(name).entries]
    assert codes[0] == "3.000100"
    assert "3.000200" in codes[:5]
    assert set(codes) >= {one.code for one in [*copies, *others]}


def test_a_full_name_typed_is_found_before_longer_ones_that_have_it() -> None:
    for code, name in [(BIRTH, "Thủ tục đăng ký khai sinh"), (FOREIGN, "đăng ký khai sinh có yếu tố nước ngoài")]:
        assert first(f"tôi cần làm {name}") == code


def test_words_of_long_texts_find_only_when_all_are_there() -> None:
    texts = catalogue(entry("4.000001", "Cấp phép", body="Viết bằng mực xanh lam"))
    assert [found.code for found in texts.search("mực xanh lam").entries] == ["4.000001"]


@pytest.mark.parametrize("text", ["zzzz", "qwrt asdf", "wifi"])
def test_what_is_not_there_is_not_found(text: str) -> None:
    assert index().search(text).entries == []


@pytest.mark.parametrize(
    "text", ["'", "AND OR NOT", "name:khai", "khai*", "\x00", "💒", "_", "không", "(" * 99, "a" * 5000]
)
def test_odd_input_is_only_text(text: str) -> None:
    index().search(text)


def test_scores_fall_and_reasons_are_given() -> None:
    found = index().search("vk mới đẻ khai sinhh")
    assert len(found.scores) == len(found.entries)
    assert list(found.scores) == sorted(found.scores, reverse=True)
    why = found.why(0)
    assert ("sinhh", "sinh") in why.mended
    assert "khai" in why.words
    assert any(written == "dang ky khai sinh" for _, written in why.synonyms)
    assert not why.pinned


def test_what_was_read_is_the_persons_text_with_mended_words_only() -> None:
    assert index().search("Đăng ký kết hom").read_as == "Đăng ký kết hôn"
    assert index().search("khaisinh").read_as == "khai sinh"
    assert index().search("khaisinh", as_typed=True).read_as == ""
    assert index().search("qwert xiny").read_as == "", "nothing was found by reading it otherwise"


def test_staff_add_words_and_put_results_on_top() -> None:
    changed = catalogue(synonyms={"giấy chào đời": ["đăng ký khai sinh"]}, pins={"khai sinh": [MOBILE]})
    assert changed.search("giấy chào đời").entries[0].code == BIRTH
    found = changed.search("Khai Sinh")
    assert found.entries[0].code == MOBILE
    assert found.why(0).pinned
    assert not found.why(1).pinned
    assert list(found.scores) == sorted(found.scores, reverse=True)


def test_an_index_in_a_folder_answers_as_the_one_that_was_built(tmp_path: Path) -> None:
    built = catalogue(synonyms={"giấy chào đời": ["đăng ký khai sinh"]}, pins={"a b": [MARRIAGE]}, folder=tmp_path)
    loaded = Index.load(tmp_path)
    for text in ("khai sinhh", "giấy chào đời", "a b", "mat so do", "", "1.000001"):
        here, there = built.search(text), loaded.search(text)
        assert (here.entries, here.scores, here.read_as) == (there.entries, there.scores, there.read_as)


def test_what_is_prepared_answers_the_same() -> None:
    before = [index().search(text).entries for text in ("khai sinh", "vk đẻ", "xyz")]
    index().prepare()
    assert [index().search(text).entries for text in ("khai sinh", "vk đẻ", "xyz")] == before


@pytest.mark.parametrize("text", ["sổ hồng bị mất", "sổ hổng bị mất", "so hong bi mat"])
def test_a_short_word_is_itself_where_people_say_it_so(text: str) -> None:
    """ "hổng" is "không" in the South, but nobody has a "sổ không"."""
    assert first(text) == LAND


def test_a_short_word_is_written_out_beside_other_words() -> None:
    more = entry("2.000000", "Người không quốc tịch"), entry("2.000001", "Người có quốc tịch")
    assert catalogue(*more).search("hổng quốc tịch").entries[0].code == "2.000000"


@pytest.mark.parametrize(
    "text", ["Nguyễn Văn An", "Trần Thị Bích Ngọc", "nguyen van an", "trần thị mai", "Lê Minh", "PHẠM VĂN ĐỒNG"]
)
def test_the_name_of_a_person_finds_nothing(text: str) -> None:
    assert index().search(text).entries == []


@pytest.mark.parametrize(
    "text",
    ["khai sinh cho Nguyễn Hoàng Bảo Ngọc", "khai sinh của bé Trần Văn Sinh", "Đăng Ký Khai Sinh"],
)
def test_beside_other_words_it_is_left_out(text: str) -> None:
    assert first(text) == BIRTH


@pytest.mark.parametrize("text", ["Hồ Sơ Khai Sinh", "lý do khai sinh", "Hộ Kinh Doanh", "tạm trú"])
def test_words_that_families_are_called_by_are_words(text: str) -> None:
    assert index().search(text).entries


def test_what_has_little_of_the_question_and_scores_little_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.procedures.finding.index.LITTLE", 99)
    assert index().search("khai sinh").entries, "it has all of the question"
    assert index().search("khai báo xuất trình giấy thông hành hàng hóa quá cảnh").entries == []


def test_words_of_a_story_say_nothing_beside_what_is_meant() -> None:
    more = entry("2.000000", "Cấp phép bác sĩ ở quê đi làm tuần"), entry("2.000001", "Cấp thẻ cho người đến nhờ")
    found = catalogue(*more).search("bữa đó bác nhờ cháu ở quê lên cắt khẩu").entries
    assert found[0].code == OFF


def test_of_several_things_said_the_longest_official_name_does_not_drown_the_others() -> None:
    long = [entry(f"2.{n:06d}", f"Cấp giấy phép xây dựng mới đối với công trình nhà số {n}") for n in range(100)]
    found = catalogue(*long, entry("3.000000", "Hòa giải tranh chấp đất đai")).search("hàng xóm xây nhà lấn sang đất")
    assert "3.000000" in [one.code for one in found.entries[:10]]
    assert len({one.code for one in found.entries}) == len(found.entries)
