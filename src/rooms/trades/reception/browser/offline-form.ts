// The page of a desk without a line: a name typed freely, kept until the line is back.
import { freshKey } from "../../../../ui/browser/fresh-key.ts";
import { dated, keep, now, waiting } from "./queue.ts";

const form = document.querySelector<HTMLFormElement>("form[data-offline]");
const said = document.getElementById("hors-ligne-dit");
const name = form?.querySelector<HTMLInputElement>("[name=nom]");

async function tell(before = ""): Promise<void> {
  const count = (await waiting().catch(() => [])).length;
  if (said)
    said.textContent =
      before +
      (count === 0 ? "" : count === 1 ? "1 visite gardée sur ce poste." : `${count} visites gardées sur ce poste.`);
}

async function record(form: HTMLFormElement): Promise<void> {
  const fields: [string, string][] = [];
  for (const [field, value] of new FormData(form)) if (typeof value === "string") fields.push([field, value]);
  const typed = name?.value.trim() ?? "";
  const key = freshKey();
  try {
    await keep({
      key,
      fields: [...dated(fields), ["key", key]],
      name: typed,
      at: now().toISOString(),
      account: form.dataset.offline ?? "",
    });
  } catch {
    if (said) said.textContent = "Ce navigateur ne peut rien garder : notez cette visite sur papier.";
    return;
  }
  form.reset();
  if (name) name.value = "";
  name?.focus();
  await tell(typed ? `Visite de ${typed} gardée. ` : "Visite sans nom gardée. ");
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void record(form);
});
// What was being searched when the line was cut.
const typed = new URLSearchParams(location.search).get("q");
if (name && typed) name.value = typed;
name?.focus();
void tell();

/** Back to the desk when the line is back; not under the hands of somebody who types. */
async function tryAgain(): Promise<void> {
  if (name?.value) return;
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) location.assign("/accueil");
}
addEventListener("online", () => void tryAgain());
setInterval(() => void tryAgain(), 15_000);
