"""Administrative units (đơn vị hành chính): two tiers since 1/7/2025 (QĐ 19/2025/QĐ-TTg)."""

from django.db import models


class Unit(models.Model):
    """A province (tỉnh, thành phố) or a commune (xã, phường, đặc khu)."""

    class Kind(models.TextChoices):
        PROVINCE = "tinh", "Tỉnh"
        CITY = "thanh-pho", "Thành phố"
        COMMUNE = "xa", "Xã"
        WARD = "phuong", "Phường"
        SPECIAL_ZONE = "dac-khu", "Đặc khu"

    code = models.CharField(max_length=10, primary_key=True)  # of the statistics office
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=100)  # without the kind: "Hoa Sen"
    folded = models.CharField(max_length=120)  # core.text.fold of kind and name, for typing without accents
    sort_key = models.CharField(max_length=400)  # core.text.sort_key of the name: Vietnamese order without ICU

    class Meta:
        indexes = [models.Index(fields=["parent", "sort_key"], name="place_by_parent")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
