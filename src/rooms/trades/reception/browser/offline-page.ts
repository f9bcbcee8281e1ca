// The page that a desk without a line shows on a reload, kept ahead in the browser: asked for once a day, an account and a site.
import { putPage } from "../../../../ui/browser/keep-page.ts";

const name = "traboule-accueil";
const path = "/accueil/hors-ligne";

export async function keepOfflinePage(of: { account: string; site: string; day: string }): Promise<void> {
  // Only where the browser allows it: TLS, or the machine's own address.
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  await navigator.serviceWorker.register("/hors-ligne.js", { scope: "/accueil" });
  const mark = `${of.account} ${of.site} ${of.day} ${import.meta.url}`;
  if (localStorage.getItem(name) === mark && (await caches.has(name))) return;
  const page = await fetch(`${path}?lieu=${of.site}`, { credentials: "same-origin", cache: "reload" });
  if (!page.ok) return;
  await caches.delete(name);
  await putPage(name, path, page);
  localStorage.setItem(name, mark);
}
