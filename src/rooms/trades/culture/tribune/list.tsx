// What came for the forum of expression, what is to be read first.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { dayIn } from "../../../../core/time.ts";
import { Link } from "../../../../ui/link.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { Also } from "../also.tsx";
import { kitRights } from "../kit/rights.ts";
import { optionsOf } from "../projects/words.ts";
import { type ContributionLine, contributionColumns } from "./reads.ts";
import { tribuneRights } from "./rights.ts";
import { cameByWords, contributionStateWords, signatureOf, signedWords } from "./words.ts";

export const contributionList: List<ContributionLine> = {
  name: "tribune",
  path: "/culture/tribune",
  title: "Tribune d’expression",
  words: ["texte", "textes"],
  right: tribuneRights["contribution.see"],
  trace: { listed: "contribution.listed", exported: "contribution.exported" },
  query: (tx) => ({
    select: contributionColumns,
    from: sql`culture.contributions r`,
    where: [sql`r.house_id = ${tx.scope.house}`],
  }),
  usual: [
    { by: sql`(r.state = 'received')`, down: true },
    { by: sql`r.created_at`, down: true },
  ],
  tie: { by: sql`r.id` },
  filters: [
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => optionsOf(contributionStateWords),
      where: (value) => sql`r.state = ${value}`,
    },
    { kind: "text", key: "mots", label: "Mots", where: (value) => holds(sql`r.title || ' ' || r.body`, value) },
  ],
  columns: [
    {
      key: "titre",
      label: "Titre",
      header: true,
      render: (line) => <Link href={`/culture/tribune/${line.id}`}>{line.title || "texte retiré"}</Link>,
      cell: (line) => line.title,
    },
    {
      key: "etat",
      label: "État",
      render: (line) => contributionStateWords[line.state],
      cell: (line) => contributionStateWords[line.state],
      sort: sql`r.state`,
    },
    { key: "signature", label: "Signé", render: (line) => signatureOf(line) || "sans nom", cell: signatureOf },
    { key: "accord", label: "Accord", cell: (line) => `${signedWords[line.signed]}, ${cameByWords[line.cameBy]}` },
    {
      key: "recu",
      label: "Reçu le",
      render: (line, tx) => shortDay(dayIn(tx.scope.zone, line.createdAt)),
      cell: (line, tx) => ({ day: dayIn(tx.scope.zone, line.createdAt) }),
      sort: sql`r.created_at`,
    },
    { key: "publie", label: "Publié le", cell: (line) => (line.publishedOn ? { day: line.publishedOn } : null) },
  ],
  action: () => ({ href: "/culture/tribune/nouveau", label: "Saisir un texte reçu" }),
  above: (at) => (
    <Also
      scope={at.scope}
      links={[
        { href: "/culture/page-publique", label: "Page publique", right: tribuneRights["public-page.write"] },
        { href: "/culture/kit", label: "Kit de survie culturelle", right: kitRights["kit.see"] },
      ]}
    />
  ),
  empty: () => <p>Aucun texte.</p>,
};
