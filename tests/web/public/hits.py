"""Records of one name by several bodies, and the list of results as a test reads it."""

import re
from typing import Any

from django.test import Client

from motcua.procedures import services
from tests.procedures.catalogue import made_up

LAND = "Xóa đăng ký thuê đất"
BODIES = ("Bộ Mẫu", "UBND tỉnh Minh Giang", "UBND tỉnh Lạng Sơn", "UBND Thành phố Hải Phòng")


def publish(number: int, name: str, **changes: Any) -> str:
    code: str = services.publish_record(made_up(number, name=name, short_name=name, **changes), by=None).procedure.code
    return code


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def titles(html: str) -> list[str]:
    """The codes of the rows, best first."""
    return re.findall(r'<h2 class="[^"]*"[^>]*><a[^>]* href="/thu-tuc/([^/"]+)/', html)
