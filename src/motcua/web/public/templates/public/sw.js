// Without a network: the page that says so. Nothing else is ever kept here, so that no cache holds a person's papers.
const NAME = "{{ name }}";
const OFFLINE = "{{ offline }}";
const KEPT = {{ kept|safe }};

self.addEventListener("install", (event) => {
  // Asked for without cookies: the page of nobody in particular.
  const page = new Request(OFFLINE, { cache: "reload", credentials: "omit" });
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => Promise.all([cache.add(page), cache.addAll(KEPT)]))
      .then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return; // a form that can't be sent: the browser says so and keeps what was typed
  const url = new URL(request.url);
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE, { ignoreVary: true }).then((page) => page || Response.error())));
  } else if (url.origin === location.origin && KEPT.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(request, { ignoreVary: true }).then((found) => found || Response.error())));
  }
});
