// Forms: not sent twice by a double click (the server would not count it twice either), and what is typed survives a reload.
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

const fieldsOf = (form: HTMLFormElement): [string, string][] =>
  [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
    typeof value === "string" &&
    !form.querySelector(`[name="${CSS.escape(name)}"]`)?.matches("[type=hidden], [type=password]")
      ? [[name, value]]
      : [],
  );

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
  const name = `draft:${location.pathname}:${form.dataset.draft}`;
  const kept = sessionStorage.getItem(name);
  if (kept && !document.querySelector("[aria-invalid]"))
    for (const [field, value] of JSON.parse(kept) as [string, string][]) {
      const control = form.elements.namedItem(field);
      if (control instanceof RadioNodeList) control.value = value;
      else if (
        control instanceof HTMLInputElement ||
        control instanceof HTMLTextAreaElement ||
        control instanceof HTMLSelectElement
      )
        if (!control.value) control.value = value;
    }
  form.addEventListener("input", () => sessionStorage.setItem(name, JSON.stringify(fieldsOf(form))));
  form.addEventListener("submit", () => sessionStorage.removeItem(name));
}
document.querySelector<HTMLElement>("#erreurs")?.focus();

export {};
