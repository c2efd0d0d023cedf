"""Công khai tiến độ giải quyết TTHC: how dossiers progress, agency by agency, for everybody."""
