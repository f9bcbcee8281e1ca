// Every command, in the order in which a newcomer meets them.
import { accountNew } from "./account-new.ts";
import { backup, restore } from "./backup.ts";
import type { Command } from "./command.ts";
import { demo } from "./demo.ts";
import { figures } from "./figures.ts";
import { houseNew } from "./house-new.ts";
import { importFiles } from "./import.ts";
import { migrateOnly } from "./migrate.ts";
import { start } from "./start.ts";

export const commands: readonly Command[] = [
  start,
  demo,
  migrateOnly,
  importFiles,
  figures,
  houseNew,
  accountNew,
  backup,
  restore,
];
