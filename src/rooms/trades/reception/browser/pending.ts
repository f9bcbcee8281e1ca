// What the desk says of the visits that wait: how many, whose, and what to do with those that the server did not take.
import { forget, keep, type Waiting, waiting } from "./queue.ts";

const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

function button(text: string, act: () => void): HTMLButtonElement {
  const made = element("button", text);
  made.type = "button";
  made.className = "plain";
  made.addEventListener("click", act);
  return made;
}

const whose = (visit: Waiting): string => visit.name || "sans nom";

export type Pending = {
  account: string;
  signedOut: boolean;
  /** Takes a refused visit up again in the form. */
  takeUp: (visit: Waiting) => void;
  /** Something changed: send what can be sent, and say again. */
  again: () => void;
};

/** Says it in the given place; nothing when nothing waits. */
export async function sayPending(place: HTMLElement | null, facts: Pending): Promise<void> {
  const all = await waiting().catch((): Waiting[] => []);
  if (!place) return;
  if (all.length === 0) return place.replaceChildren();
  const box = element("div");
  box.className = "notice notice-warn";
  const refused = all.filter((visit) => visit.refused !== undefined);
  const others = all.filter((visit) => visit.refused === undefined && visit.account !== facts.account);
  const own = all.length - refused.length - others.length;
  if (own > 0) {
    const count = own === 1 ? "1 visite attend le réseau." : `${own} visites attendent le réseau.`;
    const line = element("p", element("strong", count));
    if (facts.signedOut) {
      const link = element("a", "connectez-vous pour les envoyer");
      link.href = "/connexion?retour=/accueil";
      line.append(" Votre session est terminée : ", link, ".");
    } else line.append(" Gardées sur ce poste, elles partiront d’elles-mêmes.");
    box.append(line);
  }
  if (others.length > 0)
    box.append(
      element(
        "p",
        `${others.length === 1 ? "1 visite notée" : `${others.length} visites notées`} ici par quelqu’un d’autre : sa connexion les enverra. `,
        button("Les envoyer à mon nom", () => {
          void Promise.all(others.map((visit) => keep({ ...visit, account: facts.account }))).then(facts.again);
        }),
      ),
    );
  for (const visit of refused)
    box.append(
      element(
        "p",
        element("strong", `${whose(visit)} : `),
        `${visit.refused} `,
        button("Reprendre", () => facts.takeUp(visit)),
        " ",
        button("Abandonner", () => {
          if (confirm(`Abandonner la visite de ${whose(visit)} ? Elle ne sera notée nulle part.`))
            void forget(visit.key).then(facts.again);
        }),
      ),
    );
  place.replaceChildren(box);
}
