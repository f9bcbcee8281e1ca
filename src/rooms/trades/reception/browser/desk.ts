// <offline-desk>: the desk without reloads, and without losing anything when the line is cut. Without scripts the same forms work.
import { forget, keep, send, type Waiting, waiting } from "./queue.ts";

const two = (n: number): string => String(n).padStart(2, "0");

/** The day and minute of now, as the form's fields write them: a visit kept for later says when it happened. */
function moment(now: Date): { jour: string; heure: string } {
  return {
    jour: `${two(now.getDate())}/${two(now.getMonth() + 1)}/${now.getFullYear()}`,
    heure: `${two(now.getHours())}:${two(now.getMinutes())}`,
  };
}

async function fresh(id: string, url: string): Promise<void> {
  try {
    const answer = await fetch(url, { headers: { "X-Fragment": id }, credentials: "same-origin" });
    if (!answer.ok) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    if (found) document.getElementById(id)?.replaceWith(found);
  } catch {
    // The line is cut: what is on the screen stays.
  }
}

class OfflineDesk extends HTMLElement {
  private search: HTMLElement | null = null;
  private sending = false;

  connectedCallback(): void {
    const start = document.getElementById("accueil-saisie");
    if (start && !start.matches("form[data-visit]")) this.search = start.cloneNode(true) as HTMLElement;
    this.addEventListener("click", (event) => void this.pick(event));
    this.addEventListener("submit", (event) => void this.record(event));
    addEventListener("online", () => void this.resend());
    setInterval(() => void this.resend(), 10_000);
    void this.resend();
    if ("serviceWorker" in navigator)
      void navigator.serviceWorker.register("/accueil-hors-ligne.js", { scope: "/accueil" }).catch(() => {});
    this.querySelector<HTMLElement>("form[data-visit] input[type=radio]:checked")?.focus();
  }

  private async pick(event: Event): Promise<void> {
    const row = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[data-pick]");
    if (!row) return;
    event.preventDefault();
    await fresh("accueil-saisie", row.href);
    document.querySelector<HTMLElement>("form[data-visit] input[type=radio]:checked")?.focus();
    // The line is cut between the search and the choice: the plain link says so.
    if (!document.querySelector("form[data-visit]")) location.href = row.href;
  }

  private async record(event: SubmitEvent): Promise<void> {
    const form = event.target as HTMLFormElement;
    if (form.dataset.visit === undefined) return;
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    const fields: [string, string][] = [];
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.push([name, value]);
    const visit: Waiting = {
      key: fields.find(([name]) => name === "key")?.[1] ?? "",
      fields,
      name: form.dataset.visit,
      at: new Date().toISOString(),
    };
    const sent = await send(visit);
    this.sending = false;
    if (sent.state === "done") {
      this.say(sent.html);
      this.again();
      await fresh("accueil-dernieres", location.href);
    } else if (sent.state === "refused") this.say(sent.html);
    else {
      const now = moment(new Date());
      await keep({
        ...visit,
        fields: fields.map(([name, value]): [string, string] =>
          name in now && !value ? [name, now[name as keyof typeof now]] : [name, value],
        ),
      });
      this.again();
      await this.tell(sent.state === "signed-out");
    }
  }

  /** Back to the search, the box empty and ready. */
  private again(): void {
    const place = document.getElementById("accueil-saisie");
    if (!this.search) {
      location.href = location.pathname + location.search.replace(/[?&](personne|sansnom|q|dit)=[^&]*/g, "");
      return;
    }
    const search = this.search.cloneNode(true) as HTMLElement;
    const box = search.querySelector<HTMLInputElement>("input[type=search]");
    if (box) box.value = "";
    search.querySelector("#accueil-resultats")?.replaceChildren();
    place?.replaceWith(search);
    box?.focus();
  }

  private say(html: string): void {
    const place = document.getElementById("accueil-dit");
    const said = new DOMParser().parseFromString(html, "text/html").body;
    place?.replaceChildren(...said.childNodes);
  }

  private async tell(signedOut = false): Promise<void> {
    const place = document.getElementById("accueil-reseau");
    const kept = await waiting();
    if (!place) return;
    place.replaceChildren();
    if (kept.length === 0) return;
    const box = document.createElement("div");
    box.className = "notice notice-warn";
    const strong = document.createElement("strong");
    strong.textContent = kept.length === 1 ? "1 visite attend le réseau" : `${kept.length} visites attendent le réseau`;
    box.append(
      strong,
      signedOut ? " Votre session est terminée : " : " Elles sont gardées sur ce poste et partiront d’elles-mêmes. ",
    );
    if (signedOut) {
      const link = document.createElement("a");
      link.href = "/connexion?retour=/accueil";
      link.textContent = "connectez-vous pour les envoyer";
      box.append(link);
    }
    for (const visit of kept) if (visit.refused) box.append(` ${visit.name} : ${visit.refused}`);
    place.append(box);
  }

  private async resend(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let signedOut = false;
    let done = 0;
    try {
      for (const visit of await waiting()) {
        const sent = await send(visit);
        if (sent.state === "done") {
          await forget(visit.key);
          done++;
        } else if (sent.state === "refused") {
          const text = new DOMParser().parseFromString(sent.html, "text/html").body.textContent ?? "";
          await keep({ ...visit, refused: text.trim().slice(0, 200) });
        } else {
          signedOut = sent.state === "signed-out";
          break;
        }
      }
    } finally {
      this.sending = false;
    }
    await this.tell(signedOut);
    if (done > 0) await fresh("accueil-dernieres", location.href);
  }
}
customElements.define("offline-desk", OfflineDesk);
