// <live-search fragment="ID">: a search form that shows its results while one types. Without it the form works as any form does.
class LiveSearch extends HTMLElement {
  private timer = 0;
  private going: AbortController | null = null;

  connectedCallback(): void {
    const form = this.querySelector("form");
    const box = form?.querySelector<HTMLInputElement>("input[type=search]");
    if (!form || !box) return;
    box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.ask(form, box.value), 140);
    });
    this.addEventListener("keydown", (event) => this.move(event, box));
  }

  private async ask(form: HTMLFormElement, text: string): Promise<void> {
    const id = this.getAttribute("fragment") ?? "";
    const place = document.getElementById(id);
    if (!place) return;
    this.going?.abort();
    const going = new AbortController();
    this.going = going;
    if (text.trim().length === 1) return;
    const url = new URL(form.action);
    for (const [name, value] of new FormData(form))
      if (typeof value === "string" && value) url.searchParams.set(name, value);
    try {
      const answer = await fetch(url, {
        headers: { "X-Fragment": id },
        signal: going.signal,
        credentials: "same-origin",
      });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(id);
      if (fresh && !going.signal.aborted) place.replaceWith(fresh);
    } catch {
      // The line is cut or a newer search has left: the form still sends as usual.
    }
  }

  /** Arrows walk through the results; from the box, Enter opens the only one; Escape returns to the box. */
  private move(event: KeyboardEvent, box: HTMLInputElement): void {
    const place = document.getElementById(this.getAttribute("fragment") ?? "");
    const rows = [...(place?.querySelectorAll<HTMLElement>(".row") ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (rows.length === 0) return;
      event.preventDefault();
      const next = event.key === "ArrowDown" ? at + 1 : at - 1;
      if (next < 0) box.focus();
      else rows[Math.min(next, rows.length - 1)]?.focus();
    } else if (event.key === "Escape" && at >= 0) box.focus();
  }
}
customElements.define("live-search", LiveSearch);

export {};
