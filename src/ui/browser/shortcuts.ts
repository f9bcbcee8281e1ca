// Keys: each element with data-key answers to it, outside of text fields; "?" lists them.
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=button], [type=submit])") ||
    target.isContentEditable);

const nameOf = (element: HTMLElement): string =>
  element.getAttribute("aria-label") ??
  element.closest("label")?.querySelector("span")?.firstChild?.textContent ??
  element.getAttribute("placeholder") ??
  element.textContent ??
  "";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") return show();
  const element = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
  if (!element) return;
  event.preventDefault();
  element.focus();
  if (element.matches("a, button, input[type=radio]")) element.click();
});

function show(): void {
  const dialog = document.createElement("dialog");
  const title = document.createElement("h2");
  title.textContent = "Raccourcis";
  const keys = document.createElement("ul");
  keys.className = "results";
  for (const element of document.querySelectorAll<HTMLElement>("[data-key]")) {
    const line = document.createElement("li");
    const key = document.createElement("kbd");
    key.textContent = element.dataset.key ?? "";
    line.append(nameOf(element).trim(), " ", key);
    keys.append(line);
  }
  const close = document.createElement("button");
  close.textContent = "Fermer";
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(title, keys, close);
  document.body.append(dialog);
  dialog.showModal();
}

export {};
