// Definitions of programmes as files of a folder, in the order of their names.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { Refused } from "./refused.ts";

const most = 200_000;

/** The texts of YAML files, and of those of folders. @throws Refused for what cannot be read. */
export function readDefinitionFiles(paths: readonly string[]): { name: string; text: string }[] {
  return paths.flatMap((path) => {
    try {
      const files = statSync(path).isDirectory()
        ? readdirSync(path)
            .filter((name) => /\.ya?ml$/.test(name))
            .sort()
            .map((name) => join(path, name))
        : [path];
      return files.map((file) => {
        if (statSync(file).size > most) throw new Refused(`« ${basename(file)} » est trop grand pour une définition.`);
        return { name: basename(file), text: readFileSync(file, "utf8") };
      });
    } catch (error) {
      throw error instanceof Refused ? error : new Refused(`« ${path} » ne peut pas être lu.`);
    }
  });
}
