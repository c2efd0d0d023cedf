"""The administrators' first page: what there is to look after, and how many people come."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.agencies.queries import administered
from motcua.content.queries import visits, visits_by_day
from motcua.core.words import grouped
from motcua.procedures.access import edits_catalogue
from motcua.web.components.doors import OfficerRequest, administrator_required

SHOWN_DAYS = 31


@require_GET
@administrator_required
def home(request: OfficerRequest) -> HttpResponse:
    """A list of the pages; visits of the last month."""
    now, today = visits(), timezone.localdate()
    tiles = [
        {"name": name, "number": grouped(number), "icon": ("people", "indigo"), "words": words}
        for name, number, words in (
            ("Đang truy cập", now.online, "trong 5 phút qua"),
            ("Hôm nay", now.today, "lượt"),
            ("Tuần này", now.week, "lượt, từ thứ Hai"),
            ("Tất cả", now.total, "lượt"),
        )
    ]
    days = {
        "caption": f"Lượt truy cập {SHOWN_DAYS} ngày qua",
        "columns": [{"name": "Ngày"}, {"name": "Lượt truy cập", "is_number": True}],
        "rows": [
            [f"{day:%d/%m/%Y}", grouped(count)] for day, count in visits_by_day(today - timedelta(SHOWN_DAYS), today)
        ],
    }
    context = {
        "tiles": tiles, "days": days, "edits_catalogue": edits_catalogue(request.user),
        "of_province": administered(request.user) is None,
    }  # fmt: skip
    return render(request, "office/home.html", context)
