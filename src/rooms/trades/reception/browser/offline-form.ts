// The page of a desk without a line: a name typed freely, kept until the line is back.
import { keep, waiting } from "./queue.ts";

const form = document.querySelector<HTMLFormElement>("form[data-offline]");
const said = document.getElementById("hors-ligne-dit");
const two = (n: number): string => String(n).padStart(2, "0");

async function tell(): Promise<void> {
  const count = (await waiting()).length;
  if (said)
    said.textContent =
      count === 0 ? "" : count === 1 ? "1 visite gardée sur ce poste." : `${count} visites gardées sur ce poste.`;
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  const now = new Date();
  const key = crypto.randomUUID();
  const typed: [string, string][] = [];
  for (const [name, value] of new FormData(form)) if (typeof value === "string") typed.push([name, value]);
  const fields: [string, string][] = [
    ...typed,
    ["key", key],
    ["jour", `${two(now.getDate())}/${two(now.getMonth() + 1)}/${now.getFullYear()}`],
    ["heure", `${two(now.getHours())}:${two(now.getMinutes())}`],
  ];
  void keep({ key, fields, name: String(new FormData(form).get("nom") ?? ""), at: now.toISOString() }).then(
    async () => {
      form.querySelectorAll<HTMLInputElement>("input[type=text]").forEach((input) => {
        input.value = "";
      });
      form.querySelector<HTMLInputElement>("input[type=text]")?.focus();
      await tell();
    },
  );
});
addEventListener("online", () => location.assign("/accueil"));
void tell();
