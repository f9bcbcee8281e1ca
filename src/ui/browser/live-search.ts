// <live-search fragment="ID">: a search form that shows its results while one types. Without it the form works as any form does.
//
// Keys: from the box, arrows walk through the results and Enter goes to them: it opens the only one, or leads to the first of several.
// Results that came after Enter was pressed are only led to, never opened: nobody has read them yet.

class LiveSearch extends HTMLElement {
  private timer = 0;
  private going: AbortController | null = null;
  /** The text whose results are on the screen. */
  private shown = "";
  private readonly said = document.createElement("p");

  connectedCallback(): void {
    const form = this.querySelector("form");
    const box = form?.querySelector<HTMLInputElement>("input[type=search]");
    if (!form || !box) return;
    // One place that stays, so that screen readers hear each count.
    this.said.className = "visually-hidden";
    this.said.setAttribute("role", "status");
    this.append(this.said);
    if (this.rows().length > 0) this.shown = box.value.trim();
    box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(form, box.value.trim()), 140);
    });
    this.addEventListener("keydown", (event) => this.move(event, box));
    addEventListener("online", () => {
      this.shown = "";
    });
    form.addEventListener("submit", (event) => void this.enter(event, form, box));
  }

  private place(): HTMLElement | null {
    return document.getElementById(this.getAttribute("fragment") ?? "");
  }

  private rows(): HTMLElement[] {
    return [...(this.place()?.querySelectorAll<HTMLElement>(".row") ?? [])];
  }

  /** True when the results of that text are on the screen; null when a newer search has left meanwhile. */
  private async ask(form: HTMLFormElement, text: string): Promise<boolean | null> {
    const place = this.place();
    this.going?.abort();
    if (!place || text.length === 1) return false;
    const going = new AbortController();
    this.going = going;
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && value) url.searchParams.set(name, value);
    try {
      const answer = await fetch(url, {
        headers: { "X-Fragment": place.id },
        signal: going.signal,
        credentials: "same-origin",
      });
      if (answer.status === 401) this.signInAgain(place);
      if (!answer.ok) return false;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(place.id);
      if (going.signal.aborted) return null;
      if (!fresh) return false;
      place.replaceChildren(...fresh.childNodes);
      this.shown = text;
      this.said.textContent = place.querySelector("p")?.textContent ?? "";
      return true;
    } catch {
      // A newer search has left, or the line is cut: whoever is around may know what to do then; else the form is sent as usual.
      if (going.signal.aborted) return null;
      if (!text) return false;
      const cut = new CustomEvent("search-cut", { bubbles: true, cancelable: true, detail: { text, place } });
      // Whoever answered has put rows on the screen in its place: Enter goes to them, as to any results.
      if (!this.dispatchEvent(cut)) this.shown = text;
      return false;
    }
  }

  private signInAgain(place: HTMLElement): void {
    const link = document.createElement("a");
    link.href = `/connexion?${new URLSearchParams({ retour: location.pathname + location.search })}`;
    link.textContent = "connectez-vous de nouveau";
    const sentence = document.createElement("p");
    sentence.append("Votre session est terminée : ", link, ".");
    place.replaceChildren(sentence);
    this.said.textContent = sentence.textContent;
  }

  private async enter(event: SubmitEvent, form: HTMLFormElement, box: HTMLInputElement): Promise<void> {
    // A click on the button is the plain search, as without scripts.
    const byKey = document.activeElement === box;
    if (!byKey || event.defaultPrevented) return;
    const text = box.value.trim();
    // An empty box has an answer of its own where the page says so.
    const empty = text === "" ? this.querySelector<HTMLElement>("[data-enter]") : null;
    if (text.length < 2 && !empty) return;
    event.preventDefault();
    if (empty) return empty.click();
    if (text === this.shown) {
      clearTimeout(this.timer);
      const rows = this.rows();
      const found = rows.filter((row) => row.dataset.also === undefined);
      if (found.length === 1) found[0]?.click();
      else rows[0]?.focus();
      return;
    }
    const shown = await this.lead(form, text, 0);
    if (shown === false && !this.place()?.querySelector("a")) form.submit();
  }

  /** Asks for what is in the box now, and leads to one of its rows. Null: a newer search has left, and leads by itself. */
  private async lead(form: HTMLFormElement, text: string, at: 0 | -1): Promise<boolean | null> {
    clearTimeout(this.timer);
    const shown = await this.ask(form, text);
    const row = shown === null ? undefined : this.rows().at(at);
    row?.focus();
    return row ? true : shown;
  }

  private move(event: KeyboardEvent, box: HTMLInputElement): void {
    const rows = this.rows();
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (at < 0 && (document.activeElement !== box || (rows.length === 0 && box.value.trim().length < 2))) return;
      event.preventDefault();
      const text = box.value.trim();
      // Rows of an older text would be replaced under the finger that chooses one of them.
      if (at < 0 && box.form && text.length >= 2 && text !== this.shown)
        return void this.lead(box.form, text, event.key === "ArrowDown" ? 0 : -1);
      // Around the list and back: up from the box is the last row.
      const next = event.key === "ArrowDown" ? at + 1 : at < 0 ? rows.length - 1 : at - 1;
      if (next < 0 || next >= rows.length) box.focus();
      else rows[next]?.focus();
    } else if (event.key === "Escape" && at >= 0) {
      event.preventDefault();
      box.focus();
    }
  }
}
customElements.define("live-search", LiveSearch);

export {};
