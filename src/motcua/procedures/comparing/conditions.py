"""A condition of an electronic form in words, as far as the record's own questions have words for it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Situations = Sequence[Mapping[str, Any]]


def in_words(condition: Mapping[str, Any] | None, situations: Situations) -> str:
    """ "(Tôi đi khai sinh hộ) và (không phải: Trẻ bị bỏ rơi)"; empty where there is no condition."""
    if not condition:
        return ""
    for key, joint in (("all", " và "), ("any", " hoặc ")):
        if key in condition:
            return joint.join(f"({in_words(one, situations)})" for one in condition[key])
    if "not" in condition:
        return f"không phải: {in_words(condition['not'], situations)}"
    return _comparison(condition, situations)


def _comparison(leaf: Mapping[str, Any], situations: Situations) -> str:
    wanted = leaf.get("in", [leaf.get("is")])
    values = ["true" if value is True else value for value in wanted]
    labels = {
        choice["value"]: choice["label"]
        for situation in situations
        if situation["field"] == leaf.get("field")
        for choice in situation["choices"]
    }
    if values and all(value in labels for value in values):
        return " hoặc ".join(labels[value] for value in values)
    # Nobody has put it into words: the editors' own notation is better than nothing.
    return json.dumps(leaf, ensure_ascii=False, sort_keys=True)
