"""The portal as an app on a phone: what it is called and looks like, and what it says without a network."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from motcua.agencies.queries import desks
from motcua.web.components.doors import public
from motcua.web.public.caching import same_for_all

LACQUER, PAPER = "#971b1e", "#ffffff"  # --mc-lacquer, --mc-paper of look.css
SHORT_NAME = 12  # letters that fit beneath an icon
ICONS = (("app/icon-192.png", 192, "any"), ("app/icon-512.png", 512, "any"),
         ("app/maskable-192.png", 192, "maskable"), ("app/maskable-512.png", 512, "maskable"))  # fmt: skip
# What the page without a network is drawn with. Everything else is fetched when it is needed.
KEPT = (
    "fonts.css", "govuk.css", "look.css", "logo.svg", "icons.svg", "breeze.svg",
    "fonts/be-vietnam-pro-latin-400-normal.woff2", "fonts/be-vietnam-pro-vietnamese-400-normal.woff2",
    "fonts/be-vietnam-pro-latin-600-normal.woff2", "fonts/be-vietnam-pro-vietnamese-600-normal.woff2",
)  # fmt: skip
OFFLINE = "/ngoai-tuyen/"


@public
@same_for_all
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, icons and colours for the home screen (W3C Web Application Manifest)."""
    name = settings.PORTAL["name"]
    content = {
        "id": "/",
        "name": f"{name}, Dịch vụ công {settings.PORTAL['place']}",
        "short_name": name[:SHORT_NAME].rstrip(),
        "description": f"Nộp và theo dõi hồ sơ thủ tục hành chính ở {settings.PORTAL['place']}.",
        "lang": "vi",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": LACQUER,
        "background_color": PAPER,
        "icons": [
            {"src": static(path), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for path, size, purpose in ICONS
        ],
        "shortcuts": [
            {"name": "Tra cứu hồ sơ", "url": "/tra-cuu/"},
            {"name": "Hồ sơ của tôi", "url": "/ho-so/"},
        ],
    }
    dumps = {"ensure_ascii": False}
    return JsonResponse(content, content_type="application/manifest+json", json_dumps_params=dumps)


@public
@same_for_all
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its name moves with whatever it keeps, so that a new portal is kept anew."""
    kept = [static(path) for path in KEPT]
    page = render_to_string("public/offline.html", _offline())
    version = hashlib.sha256(json.dumps([kept, page]).encode()).hexdigest()[:16]
    context = {"name": f"mot-cua-{version}", "kept": json.dumps(kept), "offline": OFFLINE}
    return render(request, "public/sw.js", context, content_type="text/javascript; charset=utf-8")


@public
@same_for_all
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown without a network: what still works, and whom to call. Nobody's name, nobody's dossier."""
    return render(request, "public/offline.html", _offline())


def _offline() -> dict[str, object]:
    return {"portal": settings.PORTAL, "desks": desks()}
