import { parseArgs } from "node:util";
import { createHouse } from "../../rooms/foundations/house/door.ts";
import { furnishHouse } from "../furnish.ts";
import { open } from "../opening.ts";
import { Refused } from "../refused.ts";
import type { Command } from "./command.ts";

export const houseNew: Command = {
  name: "house new",
  usage: "house new CODE --name NOM",
  summary: "Crée une maison, vide, avec ses listes de départ.",
  help: "CODE : lettres minuscules, chiffres et tirets, par exemple « lyon ». Ensuite : « npx traboule account new ».",
  async run(args) {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { name: { type: "string" } } });
    const [code] = positionals;
    if (!code || !/^[a-z][a-z0-9-]{1,30}$/.test(code))
      throw new Refused(
        "Le code d’une maison s’écrit en lettres minuscules, chiffres et tirets, et commence par une lettre.",
        64,
      );
    if (!values.name?.trim()) throw new Refused('Donnez le nom de la maison : --name "Maison de l’emploi de …".', 64);
    const opened = await open();
    try {
      const made = await createHouse(opened.owner, opened.services, { code, name: values.name.trim() });
      if (!made.ok) throw new Refused(made.sentence);
      await furnishHouse(opened.services, code);
      process.stdout.write(`La maison « ${values.name.trim()} » (${code}) est créée.\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};
