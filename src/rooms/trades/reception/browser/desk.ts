// <offline-desk>: the desk without reloads, and without losing anything when the line is cut. Without scripts the same forms work.

import { freshKey } from "../../../../ui/browser/fresh-key.ts";
import { keepOfflinePage } from "./offline-page.ts";
import { sayPending } from "./pending.ts";
import { dated, forget, keep, learnTime, now, send, type Waiting, waiting } from "./queue.ts";

const textOf = (html: string): string =>
  (new DOMParser().parseFromString(html, "text/html").body.textContent ?? "").trim();

/** What a visit taken up again says and its form does not ask. */
function hiddenField(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = name;
  field.value = value;
  return field;
}

/** Takes a part of a page from the server into this one. */
async function fresh(id: string, url: string): Promise<"done" | "cut" | "signed-out"> {
  try {
    const answer = await fetch(url, { headers: { "X-Fragment": id }, credentials: "same-origin" });
    learnTime(answer);
    if (answer.status === 401) return "signed-out";
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    if (!answer.ok || !found) return "cut";
    document.getElementById(id)?.replaceWith(found);
    return "done";
  } catch {
    return "cut";
  }
}

class OfflineDesk extends HTMLElement {
  private search: HTMLElement | null = null;
  private resending = false;
  private signedOut = false;

  connectedCallback(): void {
    const start = this.saisie();
    if (start && !start.matches("form")) this.search = start.cloneNode(true) as HTMLElement;
    this.addEventListener("click", (event) => void this.follow(event));
    this.addEventListener("submit", (event) => void this.record(event));
    this.addEventListener("keydown", (event) => this.key(event));
    this.addEventListener("search-cut", (event) => {
      event.preventDefault();
      this.searchCut((event as CustomEvent).detail);
    });
    addEventListener("online", () => void this.resend());
    setInterval(() => void this.resend(), 10_000);
    void this.resend();
    if (start?.matches("form")) this.toReasons();
    else start?.querySelector<HTMLElement>("input[type=search]")?.focus();
    const { account = "", site = "", day = "" } = this.dataset;
    // Without it the desk works as well, but for a reload without a line.
    keepOfflinePage({ account, site, day }).catch((error: unknown) => console.warn(error));
  }

  /** Escape goes back to the search; Enter notes the visit from a closed list too, where browsers would open it. */
  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const form = target.closest<HTMLFormElement>("form[data-visit]");
    const closed = target.matches("select") && CSS.supports("selector(:open)") && !target.matches(":open");
    if (!form || !(event.key === "Escape" || (event.key === "Enter" && closed))) return;
    event.preventDefault();
    if (event.key === "Enter") form.requestSubmit();
    else this.back();
  }

  private saisie(): HTMLElement | null {
    return document.getElementById("accueil-saisie");
  }

  private address(): string {
    return `/accueil?lieu=${this.dataset.site ?? ""}`;
  }

  private toReasons(): void {
    const chosen = this.querySelector<HTMLElement>("form[data-visit] input[name=motif]:checked");
    (chosen ?? this.querySelector<HTMLElement>("form[data-visit] button"))?.focus();
  }

  private async follow(event: Event): Promise<void> {
    const link = (event.target as HTMLElement).closest<HTMLElement>(
      "a[data-pick], a[data-unnamed], a[data-back], [data-cut]",
    );
    const mouse = event as MouseEvent;
    if (!link || mouse.ctrlKey || mouse.metaKey || mouse.shiftKey) return;
    event.preventDefault();
    if (link.dataset.back) return this.back();
    if (link.dataset.cut !== undefined) return this.withoutLine({ nom: link.dataset.cut });
    const { href } = link as HTMLAnchorElement;
    const state = await fresh("accueil-saisie", href);
    if (state === "signed-out") location.href = href;
    // The line is cut between the search and the choice: who was chosen is known all the same.
    else if (state === "cut")
      this.withoutLine({ personne: link.dataset.pick ?? "" }, link.querySelector("strong")?.textContent ?? "");
    else this.toReasons();
  }

  /** The form that needs no line, with these values in it. */
  private withoutLine(values: Record<string, string>, name = ""): void {
    const template = this.querySelector<HTMLTemplateElement>("template[data-without-line]");
    const form = template?.content.querySelector("form")?.cloneNode(true) as HTMLFormElement | undefined;
    if (!form) return;
    const all: Record<string, string> = { key: freshKey(), ...values };
    for (const [field, value] of Object.entries(all)) {
      const control = form.elements.namedItem(field);
      if (control && "value" in control) control.value = value;
      else if (value) form.append(hiddenField(field, value));
    }
    form.dataset.visit = name;
    const free = !all.personne;
    if (!free) form.querySelector("[data-free]")?.remove();
    const title = form.querySelector("[data-name]");
    if (title) title.textContent = name || "quelqu’un";
    this.saisie()?.replaceWith(form);
    if (free) form.querySelector<HTMLElement>("[name=nom]")?.focus();
    else this.toReasons();
  }

  /** The search got no answer: the visit can be noted all the same. */
  private searchCut({ text, place }: { text: string; place: HTMLElement }): void {
    const row = document.createElement("button");
    row.type = "button";
    row.className = "row";
    row.dataset.cut = text;
    row.textContent = `Noter la visite de « ${text} » sans chercher : sa fiche se retrouvera au retour du réseau`;
    const item = document.createElement("li");
    item.append(row);
    const list = document.createElement("ul");
    list.className = "results";
    list.append(item);
    const said = document.createElement("p");
    said.textContent = "Pas de réseau.";
    place.replaceChildren(said, list);
  }

  private async record(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (form.dataset.visit === undefined) return;
    event.preventDefault();
    if (form.dataset.going) return;
    form.dataset.going = "1";
    const typed: [string, string][] = [];
    for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.push([name, value]);
    const fieldOf = (name: string): string => typed.find(([field]) => field === name)?.[1] ?? "";
    const name = fieldOf("nom").trim() || (fieldOf("personne") ? form.dataset.visit : "");
    const fields: [string, string][] = [...typed.filter(([field]) => field !== "nom"), ["nom", name.slice(0, 160)]];
    // The moment is that of the key pressed, wherever the visit goes.
    const visit: Waiting = {
      key: fieldOf("key"),
      fields: dated(fields),
      name,
      at: now().toISOString(),
      account: this.dataset.account ?? "",
    };
    const sent = await send({ fields });
    delete form.dataset.going;
    if (sent.state === "refused") return this.say(sent.html);
    if (sent.state === "done") {
      this.say(sent.html);
      await forget(visit.key).catch(() => {});
    } else {
      this.signedOut = sent.state === "signed-out";
      try {
        await keep(visit);
      } catch {
        return this.say(
          "<p class='notice notice-error' role='alert'><strong>À refaire</strong> Pas de réseau, et ce navigateur ne peut rien garder. Ne fermez pas cette page et réessayez dans un instant.</p>",
        );
      }
      this.say("");
    }
    this.back();
    await this.tell();
    if (sent.state === "done") await this.renewDay(visit.key);
  }

  private async renewDay(key?: string): Promise<void> {
    await fresh("accueil-dernieres", this.address());
    if (key) document.querySelector(`[data-visit-line="${CSS.escape(key)}"]`)?.classList.add("new");
  }

  /** Back to the search, the box empty and ready. */
  private back(): void {
    if (!this.search) {
      // The page came with a visit in it, without scripts or from a link: its search is the server's.
      location.href = this.address();
      return;
    }
    const search = this.search.cloneNode(true) as HTMLElement;
    const box = search.querySelector<HTMLInputElement>("input[type=search]");
    if (box) box.value = "";
    search.querySelector("#accueil-resultats")?.replaceChildren();
    this.saisie()?.replaceWith(search);
    box?.focus();
  }

  private say(html: string): void {
    const said = new DOMParser().parseFromString(html, "text/html").body;
    document.getElementById("accueil-dit")?.replaceChildren(...said.childNodes);
  }

  private tell(): Promise<void> {
    return sayPending(document.getElementById("accueil-reseau"), {
      account: this.dataset.account ?? "",
      signedOut: this.signedOut,
      takeUp: (visit) => this.withoutLine(Object.fromEntries(visit.fields), visit.name),
      again: () => void this.resend(),
    });
  }

  /** Sends what waits and was noted by who is signed in here; what was refused waits for a decision. */
  private async resend(): Promise<void> {
    if (this.resending) return;
    this.resending = true;
    let done = 0;
    try {
      for (const visit of await waiting()) {
        if (visit.account !== this.dataset.account || visit.refused !== undefined) continue;
        const sent = await send(visit);
        this.signedOut = sent.state === "signed-out";
        if (sent.state === "done") {
          await forget(visit.key);
          done++;
        } else if (sent.state === "refused") await keep({ ...visit, refused: textOf(sent.html).slice(0, 300) });
        else break;
      }
    } catch (error) {
      console.warn(error);
    } finally {
      this.resending = false;
    }
    await this.tell();
    if (done > 0) await this.renewDay();
  }
}
customElements.define("offline-desk", OfflineDesk);
