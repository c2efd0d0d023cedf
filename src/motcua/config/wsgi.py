"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
application = get_wsgi_application()

from motcua.procedures.search.serving import watch  # noqa: E402 -- needs Django to be set up

watch()  # the catalogue is at hand before the first visitor comes
