// <outpost-spot>: counting, booking and noting without a network. What is done is kept on the telephone first and sent when it can be; the page
// itself is kept, so that it opens again in a cellar. Without scripts the same forms work.
import { freshKey } from "../../../../../ui/browser/fresh-key.ts";
import { keepThisPage } from "../../../../../ui/browser/keep-page.ts";
import { forgetAct, type KeptAct, keepAct, keptActs } from "./kept-acts.ts";

const moment = 10_000;

const fieldOf = (act: KeptAct, name: string): string => act.fields.find(([field]) => field === name)?.[1] ?? "";
const signOf = (act: KeptAct): number => (fieldOf(act, "qui").startsWith("moins-") ? -1 : 1);
const whoOf = (act: KeptAct): string => fieldOf(act, "qui").replace("moins-", "");
const headsOf = (act: KeptAct): number => signOf(act) * (Number(fieldOf(act, "combien")) || 1);
const placesWords = (count: number): string => `${count} place${count > 1 ? "s" : ""}`;
/** What an act was, for who has to decide about it. */
const wordsOf = (act: KeptAct): string =>
  act.kind === "met"
    ? `${headsOf(act)} (${{ F: "femme", M: "homme", sans: "sans précision" }[whoOf(act)] ?? ""})`
    : act.kind === "places"
      ? `${placesWords(Number(fieldOf(act, "personnes")))}${fieldOf(act, "prenom") ? ` pour ${fieldOf(act, "prenom")}` : ""}`
      : `« ${fieldOf(act, "texte").slice(0, 80)} »`;

class OutpostSpot extends HTMLElement {
  private waiting: KeptAct[] = [];
  /** The moment of the last act: the next one is later. */
  private lastAt = 0;
  /** What the house has counted, by who: what the page said when it came, or came back. */
  private counted = new Map<string, number>();
  private sending = false;
  private signedOut = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => void this.submitted(event));
    addEventListener("online", () => void this.send());
    setInterval(() => void this.send(), moment);
    void this.begin();
  }

  private async begin(): Promise<void> {
    this.readCounts(document);
    this.waiting = (await keptActs().catch(() => [])).filter((act) => act.session === this.dataset.session);
    this.lastAt = Math.max(this.lastAt, this.waiting.at(-1)?.at ?? 0);
    this.draw();
    await this.send();
    await keepThisPage(this, this.dataset.day);
  }

  /** The counts of a page of the house, unless a later one was seen: a page that was kept says what was true when it was. */
  private readCounts(from: ParentNode): void {
    const said = from.querySelector<HTMLElement>("outpost-spot");
    const at = Number(said?.dataset.at ?? "0");
    const name = `traboule-sur-place ${this.dataset.session}`;
    const counts: [string, number][] = [...from.querySelectorAll<HTMLElement>("[data-spot-count]")].map((place) => [
      place.dataset.spotCount ?? "",
      Number(place.textContent),
    ]);
    const later = JSON.parse(localStorage.getItem(name) ?? "null") as { at: number; counts: [string, number][] } | null;
    if (later && later.at > at) {
      this.counted = new Map(later.counts);
      return;
    }
    this.counted = new Map(counts);
    localStorage.setItem(name, JSON.stringify({ at, counts }));
  }

  /** What is known, with what waits, on the screen. */
  private draw(): void {
    let total = 0;
    for (const place of this.querySelectorAll<HTMLElement>("[data-spot-count]")) {
      const who = place.dataset.spotCount ?? "";
      const more = this.waiting
        .filter((act) => act.kind === "met" && act.refused === undefined && whoOf(act) === who)
        .reduce((sum, act) => sum + headsOf(act), 0);
      const count = Math.max(0, (this.counted.get(who) ?? 0) + more);
      place.textContent = String(count);
      total += count;
    }
    const all = this.querySelector("[data-spot-total]");
    if (all) all.textContent = String(total);
    this.tell();
  }

  private tell(): void {
    const place = this.querySelector("#spot-reseau");
    if (!place) return;
    const boxes: HTMLElement[] = [];
    const own = this.waiting.filter((act) => act.refused === undefined);
    if (own.length > 0) {
      const box = document.createElement("p");
      box.className = "notice notice-warn";
      const strong = document.createElement("strong");
      strong.textContent =
        own.length === 1 ? "1 saisie attend le réseau." : `${own.length} saisies attendent le réseau.`;
      box.append(strong, " ");
      if (this.signedOut) {
        const link = document.createElement("a");
        link.href = `/connexion?retour=${encodeURIComponent(location.pathname)}`;
        link.textContent = "reconnectez-vous";
        box.append("Votre session est terminée : ", link, " et elles partiront.");
      } else if (own.some((act) => act.account !== this.dataset.account))
        box.append("Quelqu’un d’autre les a faites sur cet appareil : sa connexion les enverra.");
      else box.append("Gardées sur cet appareil, elles partiront d’elles-mêmes.");
      boxes.push(box);
    }
    for (const act of this.waiting.filter(({ refused }) => refused !== undefined)) {
      const box = document.createElement("p");
      box.className = "notice notice-error";
      const strong = document.createElement("strong");
      strong.textContent = "Pas pris :";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = "J’ai vu";
      button.addEventListener("click", () => void this.drop(act));
      box.append(strong, ` ${wordsOf(act)}. ${act.refused} `, button);
      boxes.push(box);
    }
    place.replaceChildren(...boxes);
  }

  private async drop(act: KeptAct): Promise<void> {
    await forgetAct(act.key);
    this.waiting = this.waiting.filter(({ key }) => key !== act.key);
    this.draw();
  }

  private say(text: string): void {
    const place = this.querySelector("#spot-dit");
    if (place) place.textContent = text;
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    const kind = form.dataset.spot;
    if (!kind) return;
    event.preventDefault();
    const fields: [string, string][] = [];
    // The key of the form as the server made it served once at most: a page that was kept is opened again and again.
    const key = freshKey();
    for (const [name, value] of new FormData(form, event.submitter))
      if (typeof value === "string") fields.push([name, name === "key" ? key : value]);
    const act: KeptAct = {
      key,
      session: this.dataset.session ?? "",
      account: this.dataset.account ?? "",
      path: new URL(form.action).pathname,
      kind,
      fields,
      // In the order in which they were done, whatever the device's clock.
      at: Math.max(Date.now(), this.lastAt + 1),
    };
    this.lastAt = act.at;
    // At once: who goes on typing while this is being kept types into an empty form, and keeps what they type.
    if (kind !== "met") form.reset();
    try {
      await keepAct(act);
    } catch {
      // Nothing can be kept here: the same fields go as they would without scripts.
      const plain = Object.assign(document.createElement("form"), { method: "post", action: act.path, hidden: true });
      for (const [name, value] of fields)
        plain.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      document.body.append(plain);
      plain.submit();
      return;
    }
    this.waiting.push(act);
    this.say(kind === "met" ? "" : "C’est gardé.");
    this.draw();
    await this.send();
  }

  /** Sends what waits, one after the other; what the house refuses is set aside with its sentence. */
  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      for (;;) {
        const act = this.waiting.find((one) => one.refused === undefined && one.account === this.dataset.account);
        if (!act) break;
        const answer = await fetch(act.path, {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: new URLSearchParams(act.fields),
          credentials: "same-origin",
          signal: AbortSignal.timeout(15_000),
        });
        this.signedOut = answer.status === 401;
        // It cannot now: what waits stays.
        if (this.signedOut || answer.status >= 500 || answer.status === 429) break;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (answer.ok && answer.redirected) {
          await forgetAct(act.key);
          this.waiting = this.waiting.filter(({ key }) => key !== act.key);
          this.readCounts(page);
          const said = page.querySelector(".notice");
          said?.querySelector("strong")?.remove();
          if (act.kind !== "met") this.say(said?.textContent?.trim() ?? "");
        } else {
          const said = page.querySelector("#erreurs li") ?? page.querySelector("main p");
          const why = said?.textContent?.trim() ?? "";
          act.refused = why.slice(0, 300) || "La maison ne l’a pas pris.";
          await keepAct(act);
        }
        this.draw();
      }
    } catch {
      // The line is cut: what waits stays.
    } finally {
      this.sending = false;
    }
    this.draw();
  }
}
customElements.define("outpost-spot", OutpostSpot);
