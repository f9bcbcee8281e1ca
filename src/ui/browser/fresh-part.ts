// <fresh-part id="ID" every="1500">: a part of the page that work under way changes. It is asked for again until it says no more `every`;
// without this script the page itself is asked for again. What the part says of itself (`said`) is told to screen readers, once.
class FreshPart extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.wait();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private wait(): void {
    const every = Number(this.getAttribute("every"));
    if (every > 0) this.timer = window.setTimeout(() => void this.ask(), every);
  }

  private async ask(): Promise<void> {
    try {
      const answer = await fetch(location.href, { headers: { "X-Fragment": this.id }, credentials: "same-origin" });
      // The work has led to another page, or the session has ended: the browser goes where the answer comes from.
      if (answer.redirected || answer.status === 401 || answer.status === 404) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(this.id);
      if (answer.ok && fresh) return this.become(fresh);
    } catch {
      // The line is cut: it is asked again.
    }
    this.wait();
  }

  private become(fresh: HTMLElement): void {
    const told = document.getElementById(`${this.id}-dit`);
    const said = fresh.getAttribute("said") ?? "";
    if (told && told.textContent !== said) told.textContent = said;
    const focused = this.contains(document.activeElement);
    this.replaceWith(fresh);
    if (focused) fresh.querySelector<HTMLElement>("a, button")?.focus();
  }
}
customElements.define("fresh-part", FreshPart);

export {};
