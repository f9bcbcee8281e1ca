import { parseArgs } from "node:util";
import { createHouse } from "../../rooms/foundations/house/door.ts";
import { furnishHouse } from "../furnish.ts";
import { whileOpen } from "../opening.ts";
import { Refused } from "../refused.ts";

export async function houseNew(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: "string" }, zone: { type: "string" } },
  });
  const [code] = positionals;
  if (!code || positionals.length > 1 || !/^[a-z][a-z0-9-]{1,30}$/.test(code))
    throw new Refused(
      "Le code d’une maison s’écrit en lettres minuscules, chiffres et tirets, et commence par une lettre.",
      64,
    );
  const name = values.name?.trim();
  if (!name) throw new Refused('Donnez le nom de la maison : --name "Maison de l’emploi de …".', 64);
  const zone = values.zone ?? "Europe/Paris";
  if (!isZone(zone))
    throw new Refused(`--zone ${zone} n’est pas un fuseau horaire : par exemple Europe/Paris, Indian/Reunion.`, 64);
  return whileOpen(async ({ owner, services }) => {
    const made = await createHouse(owner, services, { code, name, zone });
    if (!made.ok) throw new Refused(made.sentence);
    await furnishHouse(services, code);
    process.stdout.write(`La maison « ${name} » (${code}) est créée.\n`);
    return 0;
  });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("fr-FR", { timeZone: zone });
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
