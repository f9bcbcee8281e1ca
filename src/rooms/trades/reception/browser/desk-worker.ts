// The service worker of pages that work without a line: what it shows was kept ahead by the page itself (`ui/browser/keep-page.ts`), and
// nothing else is ever kept. At the desk, whatever page is asked for is the page without a line, which holds no name (`offline-page.ts`).
type Waitable = Event & { waitUntil(promise: Promise<unknown>): void };
type Fetching = Event & { request: Request; respondWith(answer: Promise<Response>): void };
type Worker = typeof globalThis & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> } };

const worker = self as unknown as Worker;
const desk = "/accueil";
const offline = "/accueil/hors-ligne";

self.addEventListener("install", (event) => (event as Waitable).waitUntil(worker.skipWaiting()));
self.addEventListener("activate", (event) => (event as Waitable).waitUntil(worker.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event as Fetching;
  const navigates = request.mode === "navigate";
  const url = new URL(request.url);
  // A form sent by a page without a line is answered too: better our page than the browser's, and what was typed comes back by "back".
  if (!navigates && !(request.method === "GET" && url.pathname.startsWith("/assets/"))) return;
  const answer = async (): Promise<Response> => {
    try {
      return await fetch(request);
    } catch (error) {
      const kept = await caches.match(navigates && url.pathname.startsWith(desk) ? offline : url.pathname);
      if (kept) return kept;
      throw error;
    }
  };
  (event as Fetching).respondWith(answer());
});
