// Forms: not sent twice by a double click (the server would not count it twice either), and what is typed survives a reload, a cut line
// or a wrong turn.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  // Back from the history, or after an error of the line, the form may be sent again.
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset.sent;
});

type Fields = [string, string][];
type Draft = { first: string; typed: Fields; at: number };
const twoHours = 7_200_000;

/** What is typed, with the keys of the form: sent again after a lost answer, it is recorded once. Passwords are not kept. */
const fieldsOf = (form: HTMLFormElement, hidden: boolean): Fields =>
  [...new FormData(form)].flatMap(([name, value]): Fields => {
    const control = form.querySelector(`[name="${CSS.escape(name)}"]`);
    const secret = control?.matches("[type=password]") || (control?.matches("[type=hidden]") && !hidden);
    return typeof value === "string" && !secret ? [[name, value]] : [];
  });

const sent = "draft-sent";
// A draft that was sent is dropped on the next page that says what was done, or is not its form again: an answer that never came leaves it.
const left = sessionStorage.getItem(sent);
if (left && (document.querySelector(".notice-success") || !left.startsWith(`draft:${location.pathname}:`))) {
  sessionStorage.removeItem(left);
  sessionStorage.removeItem(sent);
}

function putBack(form: HTMLFormElement, name: string, typed: Fields): void {
  for (const [field, value] of typed) {
    const control = form.elements.namedItem(field);
    if (
      control instanceof RadioNodeList ||
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement
    )
      control.value = value;
  }
  const said = document.createElement("div");
  said.className = "notice notice-info";
  said.setAttribute("role", "status");
  const anew = document.createElement("button");
  anew.type = "button";
  anew.className = "plain";
  anew.textContent = "Tout effacer";
  anew.addEventListener("click", () => {
    sessionStorage.removeItem(name);
    location.reload();
  });
  said.append("Votre saisie est revenue là où elle s’était arrêtée. ", anew);
  form.prepend(said);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
  const name = `draft:${location.pathname}:${form.dataset.draft}`;
  // What the page said first: a draft of other values than these is of another moment, and is dropped.
  const first = JSON.stringify(fieldsOf(form, false));
  const kept = sessionStorage.getItem(name);
  const draft = kept ? (JSON.parse(kept) as Draft) : null;
  if (draft && draft.first === first && Date.now() - draft.at < twoHours) putBack(form, name, draft.typed);
  const keep = (): void =>
    sessionStorage.setItem(
      name,
      JSON.stringify({ first, typed: fieldsOf(form, true), at: Date.now() } satisfies Draft),
    );
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => {
    keep();
    sessionStorage.setItem(sent, name);
  });
}
document.querySelector<HTMLElement>("#erreurs")?.focus();

export {};
