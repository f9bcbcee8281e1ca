// The service worker of the desk: when the line is cut, a reload shows the page without a line, which holds no name. Nothing else is kept.
type Waitable = Event & { waitUntil(promise: Promise<unknown>): void };
type Fetching = Waitable & { request: Request; respondWith(answer: Promise<Response>): void };

const name = "traboule-accueil";
const offline = "/accueil/hors-ligne";

async function store(): Promise<void> {
  const cache = await caches.open(name);
  const page = await fetch(offline, { credentials: "same-origin", cache: "reload" });
  if (!page.ok) return;
  const text = await page.clone().text();
  await cache.put(offline, page);
  // Its style and its script, whose names the page itself gives.
  await Promise.all(
    [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => cache.add(url ?? "").catch(() => {})),
  );
}

self.addEventListener("install", (event) => (event as Waitable).waitUntil(store()));
self.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  if (request.method !== "GET") return;
  const url = new URL(request.url);
  const answer = async (): Promise<Response> => {
    try {
      const online = await fetch(request);
      if (request.mode === "navigate" && online.ok) void store();
      return online;
    } catch (error) {
      const cache = await caches.open(name);
      const kept = request.mode === "navigate" ? await cache.match(offline) : await cache.match(url.pathname);
      if (kept) return kept;
      throw error;
    }
  };
  if (request.mode === "navigate" || url.pathname.startsWith("/assets/")) (event as Fetching).respondWith(answer());
});
