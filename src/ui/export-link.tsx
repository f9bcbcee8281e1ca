// The rows of a list as a file, with how many there are.
import { plural } from "./words.ts";

/** `words`: the rows of the list, as "cette fiche", "fiche", "fiches". */
export const ExportLink = ({
  href,
  count,
  words: [only, one, many],
}: {
  href: string;
  count: number;
  words: readonly [only: string, one: string, many: string];
}) => <a href={href}>Exporter {count === 1 ? only : `ces ${plural(count, one, many)}`} (CSV)</a>;
