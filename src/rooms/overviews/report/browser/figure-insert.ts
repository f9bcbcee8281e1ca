// <figure-insert>: around the form of a block. What is typed in the search box, or behind "{{" in the text, is looked for at once, and a
// figure that is chosen goes where the text stands. Without it the form's own buttons do the same.

const shortest = 2;

class FigureInsert extends HTMLElement {
  private timer = 0;
  private going: AbortController | null = null;

  connectedCallback(): void {
    const search = this.querySelector<HTMLElement>(".figure-search");
    const box = this.querySelector<HTMLInputElement>("#cherche");
    const place = this.querySelector<HTMLElement>("#chiffres-trouves");
    const text = this.querySelector<HTMLTextAreaElement | HTMLInputElement>("#texte, #lignes, #chiffre");
    if (!search || !box || !place || !text) return;
    const ask = (sought: string): void => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(search.dataset.address ?? "", sought, place), 160);
    };
    box.addEventListener("input", () => ask(box.value.trim()));
    // Enter in the box looks, and does not send the whole block.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      ask(box.value.trim());
    });
    text.addEventListener("input", () => {
      const begun = this.begun(text);
      if (begun === null || begun.length < shortest) return;
      box.value = begun;
      ask(begun);
    });
    place.addEventListener("click", (event) => {
      const button = (event.target as HTMLElement).closest<HTMLButtonElement>("button[value^='inserer:']");
      if (!button) return;
      event.preventDefault();
      this.put(text, button.value.slice("inserer:".length));
    });
  }

  /** What stands behind the braces that are open at the cursor; null when none are. */
  private begun(text: HTMLTextAreaElement | HTMLInputElement): string | null {
    const before = text.value.slice(0, text.selectionStart ?? 0);
    return /\{\{([^{}|\n]{0,60})$/.exec(before)?.[1] ?? null;
  }

  private async ask(address: string, sought: string, place: HTMLElement): Promise<void> {
    this.going?.abort();
    if (sought.length < shortest) return;
    const going = new AbortController();
    this.going = going;
    try {
      const answer = await fetch(`${address}?${new URLSearchParams({ q: sought })}`, {
        headers: { "X-Fragment": place.id },
        signal: going.signal,
        credentials: "same-origin",
      });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
      if (fresh && !going.signal.aborted) place.replaceChildren(...fresh.childNodes);
    } catch {
      // A newer search has left, or the line is cut: the form's own button still works.
    }
  }

  private put(text: HTMLTextAreaElement | HTMLInputElement, code: string): void {
    if (text.id === "chiffre") text.value = code;
    else {
      const from = text.selectionStart ?? text.value.length;
      const to = text.selectionEnd ?? from;
      const begun = this.begun(text);
      const start = begun === null ? from : from - begun.length - 2;
      const line = text.id === "lignes";
      const rest = text.value.slice(to).replace(begun === null ? /^/ : /^\}{0,2}/, "");
      const put = line ? `${start > 0 && text.value[start - 1] !== "\n" ? "\n" : ""}${code}` : `{{${code}}}`;
      text.value = text.value.slice(0, start) + put + rest;
      text.setSelectionRange(start + put.length, start + put.length);
    }
    text.focus();
  }
}
customElements.define("figure-insert", FigureInsert);

export {};
