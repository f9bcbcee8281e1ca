// <door-list>: the door without a network. The list is in the page; what is noted is kept on the device first and sent when it can be, and
// the page itself is kept, so that it opens again in a cellar. Several devices may hold the same door.
import { freshKey } from "../../../../../ui/browser/fresh-key.ts";
import { keepPart, keepThisPage } from "../../../../../ui/browser/keep-page.ts";
import { alreadySaid, type Found, findGuest, nameOf, saidOf } from "../finding.ts";
import { listIn, marksOf } from "./list.ts";
import { forget, keep, type Waiting, waitingAt } from "./noted.ts";
import { cameOf, guestOf, undoable } from "./row.ts";
import { canScan, scan } from "./scan.ts";

/** Lines sent at once: well under what the server takes. */
const portion = 500;
/** Milliseconds between two exchanges with the house: what other devices noted shows after that. */
const every = 8_000;

class DoorList extends HTMLElement {
  private waiting: Waiting[] = [];
  private sending = false;
  private signedOut = false;
  private stopScan: (() => void) | null = null;
  private readonly device = this.ownDevice();

  connectedCallback(): void {
    this.addEventListener("submit", (event) => void this.submitted(event));
    this.addEventListener("input", (event) => {
      if ((event.target as HTMLElement).matches("[name=code]")) this.sift((event.target as HTMLInputElement).value);
    });
    const button = this.querySelector<HTMLButtonElement>("[data-scan]");
    if (button && canScan()) {
      button.hidden = false;
      button.addEventListener("click", () => void this.scan(button));
    }
    addEventListener("online", () => void this.exchange());
    setInterval(() => void this.exchange(), every);
    void this.begin();
  }

  private async begin(): Promise<void> {
    this.waiting = await waitingAt(this.date()).catch(() => []);
    this.draw();
    await this.send();
    await keepThisPage(this, this.dataset.day);
  }

  private date(): string {
    return this.dataset.date ?? "";
  }
  private ownDevice(): string {
    const name = "traboule-appareil";
    const known = localStorage.getItem(name) ?? freshKey();
    localStorage.setItem(name, known);
    return known;
  }
  private rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("li[data-booking]")];
  }

  /** Puts what is known on the screen. */
  private draw(): void {
    let all = 0;
    for (const row of this.rows()) {
      const guest = guestOf(row, this.waiting);
      if (guest.ended) continue;
      const came = guest.came ?? 0;
      all += came;
      const own = this.waiting.filter((line) => line.booking === guest.booking);
      const state = row.querySelector("[data-state]");
      if (state && own.length > 0)
        state.textContent =
          guest.came === null
            ? "pas encore"
            : came >= guest.seats
              ? guest.seats > 1
                ? `entrés, ${came} sur ${guest.seats}`
                : "entré"
              : `${came} sur ${guest.seats}`;
      row.classList.toggle("in", came >= guest.seats);
      const enter = row.querySelector<HTMLFormElement>("form.in");
      if (enter) enter.hidden = came >= guest.seats;
      const number = enter?.querySelector<HTMLInputElement>("input[name=entrees]:not([type=hidden])");
      if (number && own.length > 0 && document.activeElement !== number) number.value = String(guest.seats - came);
      const back = row.querySelector<HTMLFormElement>("form.back");
      if (back) back.hidden = undoable(row, this.waiting) === null;
    }
    const total = this.querySelector("[data-count]");
    if (total) total.textContent = String(all);
    this.tell();
  }

  private tell(): void {
    const place = this.querySelector<HTMLElement>("#porte-reseau");
    if (!place) return;
    const waiting = this.waiting.length;
    if (waiting === 0) {
      place.replaceChildren();
      return;
    }
    const box = document.createElement("p");
    box.className = "notice notice-warn";
    const strong = document.createElement("strong");
    strong.textContent = waiting === 1 ? "1 pointage attend le réseau." : `${waiting} pointages attendent le réseau.`;
    box.append(strong, " ");
    if (this.signedOut) {
      const link = document.createElement("a");
      link.href = `/connexion?retour=${encodeURIComponent(location.pathname)}`;
      link.textContent = "reconnectez-vous";
      box.append("Votre session est terminée : ", link, " et ils partiront.");
    } else box.append("Gardés sur cet appareil, ils partiront d’eux-mêmes.");
    place.replaceChildren(box);
  }

  private say(text: string, wrong = false): void {
    const place = this.querySelector("#porte-dit");
    if (!place) return;
    place.textContent = text;
    place.className = wrong ? "said wrong" : "said";
  }

  private async submitted(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (form.matches(".find-guest")) {
      event.preventDefault();
      return this.find(form.querySelector<HTMLInputElement>("[name=code]")?.value ?? "");
    }
    const row = form.closest<HTMLElement>("li[data-booking]");
    // Closing the door is for the house to do, with everything that the devices noted.
    if (!row) return form.dataset.close !== undefined && this.waiting.length > 0 ? this.notYet(event) : undefined;
    event.preventDefault();
    const booking = row.dataset.booking ?? "";
    const base = { id: freshKey(), date: this.date(), booking, at: Date.now() };
    const left = Number(row.dataset.seats) - (cameOf(row, this.waiting) ?? 0);
    const typed = Number(form.querySelector<HTMLInputElement>("[name=entrees]")?.value ?? "1");
    const undoes = form.matches(".back") ? undoable(row, this.waiting) : null;
    if (form.matches(".back") && undoes === null) return;
    if (undoes === null && !(Number.isInteger(typed) && typed >= 1 && typed <= left))
      return this.say(`Écrivez un nombre, de 1 à ${left}.`, true);
    const line: Waiting =
      undoes === null
        ? { ...base, kind: "arrival", came: typed, undoes }
        : { ...base, kind: "undo", came: null, undoes };
    try {
      await keep(line);
    } catch {
      // Nothing can be kept here: the form goes as it would without scripts.
      return form.submit();
    }
    this.waiting.push(line);
    this.draw();
    const guest = guestOf(row, this.waiting);
    this.say(
      undoes === null
        ? `${nameOf(guest)} : ${typed} ${typed > 1 ? "entrées" : "entrée"}.`
        : `${nameOf(guest)} : la dernière entrée est défaite.`,
    );
    this.querySelector<HTMLInputElement>("[name=code]")?.focus();
    await this.send();
  }

  private notYet(event: Event): void {
    event.preventDefault();
    this.say("Des pointages attendent encore le réseau : attendez qu’ils soient partis.", true);
  }

  /** Rows that do not match are put aside while typing. */
  private sift(text: string): void {
    const found =
      text.trim() === ""
        ? null
        : findGuest(
            text,
            this.rows().map((row) => guestOf(row, this.waiting)),
          );
    const shown = this.bookings(found);
    const any = shown.size > 0;
    for (const row of this.rows()) row.hidden = any && !shown.has(row.dataset.booking ?? "");
  }

  private bookings(found: Found | null): Set<string> {
    return new Set(found?.kind === "one" ? [found.booking] : found?.kind === "some" ? found.bookings : []);
  }

  private find(text: string): void {
    if (text.trim() === "") {
      this.sift("");
      return;
    }
    const found = findGuest(
      text,
      this.rows().map((row) => guestOf(row, this.waiting)),
    );
    this.sift(text);
    const row = found.kind === "one" ? this.rows().find((one) => one.dataset.booking === found.booking) : undefined;
    if (row) {
      const guest = guestOf(row, this.waiting);
      const details = row.closest("details");
      if (details) details.open = true;
      row.classList.add("found");
      row.scrollIntoView({ block: "center" });
      const wrong = guest.ended !== null || (guest.came ?? 0) >= guest.seats;
      // One more Enter lets them in.
      if (!wrong) row.querySelector<HTMLElement>("form.in button")?.focus();
      this.say(saidOf(guest), wrong);
      return;
    }
    this.say(found.said, found.kind === "none");
  }

  private async scan(button: HTMLButtonElement): Promise<void> {
    const place = this.querySelector<HTMLElement>("#porte-camera");
    if (!place) return;
    const over = (): void => {
      this.stopScan = null;
      button.textContent = "Lire un billet";
    };
    if (this.stopScan) {
      this.stopScan();
      over();
      return;
    }
    button.textContent = "Arrêter la caméra";
    this.stopScan = () => {};
    try {
      const stop = await scan(place, (text) => {
        over();
        this.find(text);
      });
      // It may have been read already.
      if (this.stopScan) this.stopScan = stop;
    } catch {
      over();
      this.say("La caméra ne répond pas, ou n’est pas permise : tapez le code.", true);
    }
  }

  /** Sends what waits, and takes the list again with what other devices noted. */
  private async send(): Promise<void> {
    if (this.sending || this.waiting.length === 0) return;
    this.sending = true;
    try {
      while (this.waiting.length > 0) {
        const lines = this.waiting.slice(0, portion);
        const answer = await fetch(this.dataset.action ?? "", {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Fragment": "porte-liste" },
          body: new URLSearchParams({
            appareil: this.device,
            lignes: JSON.stringify(
              lines.map(({ id, booking, kind, came, undoes, at }) => ({ id, booking, kind, came, undoes, at })),
            ),
          }),
          credentials: "same-origin",
          signal: AbortSignal.timeout(15_000),
        });
        this.signedOut = answer.status === 401 || answer.redirected;
        if (!answer.ok || this.signedOut) break;
        const list = listIn(await answer.text());
        if (!list) break;
        for (const line of lines) await forget(line.id);
        const gone = new Set(lines.map((line) => line.id));
        this.waiting = this.waiting.filter((line) => !gone.has(line.id));
        this.renew(list);
        this.sayAlready(list);
      }
    } catch {
      // The line is cut: what waits stays.
    } finally {
      this.sending = false;
    }
    this.draw();
  }

  /** Sends what waits; else asks what other devices noted. */
  private async exchange(): Promise<void> {
    if (this.waiting.length > 0) return this.send();
    if (this.sending || document.hidden) return;
    this.sending = true;
    try {
      const answer = await fetch(this.dataset.action ?? "", {
        headers: { "X-Fragment": "porte-liste" },
        credentials: "same-origin",
        signal: AbortSignal.timeout(8000),
      });
      const list = answer.ok && !answer.redirected ? listIn(await answer.text()) : null;
      // Something was noted here meanwhile: it is sent first.
      if (list && this.waiting.length === 0 && marksOf(list) !== marksOf(this)) this.renew(list);
    } catch {
      // The line is cut: the list stays as it is.
    } finally {
      this.sending = false;
    }
  }

  /** What was sent adds nothing to what another device had noted: whoever stands at the door is told. */
  private sayAlready(list: HTMLElement): void {
    const row = this.rows().find((one) => list.dataset.already?.split(" ").includes(one.dataset.booking ?? ""));
    if (row) this.say(alreadySaid(guestOf(row, this.waiting)), true);
  }

  /** The fresh list, under the hands of whoever types: what they typed and where they are stays. */
  private renew(list: HTMLElement): void {
    const active = document.activeElement as HTMLElement | null;
    const at = active?.closest<HTMLElement>("li[data-booking]")?.dataset.booking;
    const button = active?.matches("form.in button, form.back button");
    document.getElementById("porte-liste")?.replaceWith(list);
    keepPart(location.pathname, list).catch(() => {});
    this.sift(this.querySelector<HTMLInputElement>("[name=code]")?.value ?? "");
    if (at && button)
      this.rows()
        .find((row) => row.dataset.booking === at)
        ?.querySelector<HTMLElement>("form:not([hidden]) button")
        ?.focus();
  }
}
customElements.define("door-list", DoorList);
