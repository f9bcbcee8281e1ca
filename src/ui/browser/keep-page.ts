// Keeps a page in the browser so that it opens again without a network, and forgets those whose time is over. Pages that are kept say so.
const prefix = "traboule-page ";

/** `until`: when the page is forgotten, in milliseconds. `scope`: the addresses for which the service worker answers. False: cannot be. */
async function keepPage({ path, scope, until }: { path: string; scope: string; until: number }): Promise<boolean> {
  // Only where the browser allows it: TLS, or the machine's own address.
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  await forgetOld();
  await navigator.serviceWorker.register("/hors-ligne.js", { scope });
  if (until < Date.now()) return false;
  const name = `${prefix}${until} ${path}`;
  const page = await fetch(path, { credentials: "same-origin", cache: "reload" }).catch(() => null);
  // Without the line, what was kept before is what there is.
  if (!page?.ok || page.redirected) return caches.has(name);
  await putPage(name, path, page);
  return true;
}

/** Puts a page into a cache with its style, its scripts and its letters, whose names the page itself gives. */
export async function putPage(name: string, path: string, page: Response): Promise<void> {
  const text = await page.clone().text();
  const cache = await caches.open(name);
  await cache.put(path, page);
  await cache.addAll([...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url ?? ""));
}

/** Days after its own during which a page of names is kept on the device. */
const keptDays = 3;

/** Keeps the page that `element` stands on, of a day "2020-12-31", and says in it whether it could be. */
export async function keepThisPage(element: HTMLElement, dayOfPage: string | undefined): Promise<void> {
  const [year, month, day] = (dayOfPage ?? "").split("-").map(Number);
  const until = new Date(year ?? 0, (month ?? 1) - 1, (day ?? 1) + keptDays).getTime();
  const { pathname } = location;
  const scope = `${pathname.slice(0, pathname.lastIndexOf("/"))}/`;
  const kept = await keepPage({ path: pathname, scope, until }).catch(() => false);
  const said = element.querySelector("[data-kept]");
  if (said)
    said.textContent = kept
      ? "Cette page est gardée sur l’appareil : elle s’ouvre et note aussi sans réseau."
      : "Ne fermez pas cette page : elle note sans réseau, mais ne pourrait pas se rouvrir.";
}

/** Puts a fresh part into a page that is kept, so that it opens again without a network as it was last seen. */
export async function keepPart(path: string, part: HTMLElement): Promise<void> {
  if (!("caches" in window)) return;
  for (const name of await caches.keys()) {
    const page =
      name.startsWith(prefix) && name.endsWith(` ${path}`) ? await (await caches.open(name)).match(path) : null;
    if (!page) continue;
    const whole = new DOMParser().parseFromString(await page.text(), "text/html");
    whole.getElementById(part.id)?.replaceWith(part.cloneNode(true));
    const text = `<!doctype html>${whole.documentElement.outerHTML}`;
    await (await caches.open(name)).put(
      path,
      new Response(text, { headers: { "Content-Type": "text/html; charset=utf-8" } }),
    );
  }
}

/** Pages whose day is over. */
async function forgetOld(): Promise<void> {
  for (const name of await caches.keys())
    if (name.startsWith(prefix) && Number(name.slice(prefix.length).split(" ")[0]) < Date.now())
      await caches.delete(name);
}
