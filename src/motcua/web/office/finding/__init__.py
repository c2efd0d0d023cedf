"""Tìm kiếm: what people didn't find, the words that help them, results on top."""
