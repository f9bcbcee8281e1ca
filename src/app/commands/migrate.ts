import { parseArgs } from "node:util";
import { whileOpen } from "../opening.ts";

export async function migrateOnly(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  return whileOpen(async ({ migrated }) => {
    process.stdout.write(migrated.length === 0 ? "La base est à jour.\n" : `Appliqué : ${migrated.join(", ")}.\n`);
    return 0;
  });
}
