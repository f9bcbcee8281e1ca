// Keys: each element with data-key answers to it, outside of text fields; "?" lists them, and turns them off for who dictates or is
// disturbed by single keys (WCAG 2.1.4).
const off = "traboule-sans-raccourcis";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])") ||
    target.isContentEditable);

/** What a key leads to, in words. */
const nameOf = (element: HTMLElement): string => {
  const label =
    element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels?.[0] : null;
  const named = (label ?? element).cloneNode(true) as HTMLElement;
  for (const key of named.querySelectorAll("kbd")) key.remove();
  return (element.getAttribute("aria-label") ?? named.textContent ?? "").trim();
};

/** The elements that answer to keys, one a key: what is in sight first, the page's content before its head. */
function answering(): Map<string, HTMLElement> {
  const found = new Map<string, HTMLElement>();
  const all = [...document.querySelectorAll<HTMLElement>("main [data-key], [data-key]")];
  const inMain = (element: HTMLElement): number => (element.closest("main") ? 0 : 1);
  const hidden = (element: HTMLElement): number => (element.getClientRects().length > 0 ? 0 : 1);
  all.sort((a, b) => hidden(a) - hidden(b) || inMain(a) - inMain(b));
  for (const element of all) if (!found.has(element.dataset.key ?? "")) found.set(element.dataset.key ?? "", element);
  return found;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") return show();
  if (localStorage.getItem(off)) return;
  const element = answering().get(event.key);
  if (!element) return;
  event.preventDefault();
  element.focus();
  if (element.matches("a, button, input[type=radio]")) element.click();
});

function line(key: string, says: string): HTMLElement {
  const item = document.createElement("li");
  const sign = document.createElement("kbd");
  sign.textContent = key;
  item.append(sign, says);
  return item;
}

function show(): void {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  title.id = "raccourcis";
  title.textContent = "Raccourcis";
  dialog.setAttribute("aria-labelledby", title.id);
  const keys = document.createElement("ul");
  keys.className = "keys";
  for (const [key, element] of answering()) keys.append(line(key, nameOf(element)));
  if (document.querySelector("live-search"))
    keys.append(line("↓", "aller aux personnes trouvées"), line("Échap", "revenir à la recherche"));
  keys.append(line("?", "cette liste"));
  const choice = document.createElement("label");
  choice.className = "choice";
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !localStorage.getItem(off);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(off) : localStorage.setItem(off, "1")));
  choice.append(box, "Raccourcis d’une seule touche");
  const close = document.createElement("button");
  close.textContent = "Fermer";
  close.autofocus = true;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, keys, choice, close);
  document.body.append(dialog);
  dialog.showModal();
}

// One menu at a time, and Escape closes it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector<HTMLDetailsElement>("details[name=menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll<HTMLDetailsElement>("details[name=menu][open]"))
    if (!open.contains(event.target as Node)) open.open = false;
});

export {};
