from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "motcua.sample"
    label = "sample"

    def ready(self) -> None:
        """Let every page say that it is a sample."""
        from motcua.core import portal
        from motcua.sample.marker import is_sample

        portal.sample_mark = is_sample
