// The catalogue as a list; its export is what the import of programmes reads back.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { holds } from "../../../../core/lists/conditions.ts";
import type { Choice, List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { catalogue, type ProgrammeLine } from "./reads.ts";

const none = { none: "the catalogue holds no record of anybody" };

const choicesOf =
  (said: (programme: ProgrammeLine) => readonly (string | null)[]) =>
  async (tx: Tx): Promise<Choice[]> => {
    const words = new Set((await catalogue(tx)).flatMap(said));
    return [...words].filter((word) => word !== null).map((word) => ({ value: word, label: word }));
  };

export const programmeList: List<ProgrammeLine> = {
  name: "dispositifs",
  path: "/dispositifs",
  title: "Dispositifs",
  words: ["dispositif", "dispositifs"],
  right: rights["programme.list"],
  trace: { listed: none, exported: none },
  query: (tx) => ({
    select: sql`g.id, g.code, g.title, g.pole, g.funders, g.takes, g.ended_on`,
    from: sql`programmes.programmes g`,
    where: [sql`g.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`g.pole`, nulls: "last" }, { by: sql`g.title` }],
  tie: { by: sql`g.id` },
  filters: [
    { kind: "text", key: "titre", label: "Intitulé", where: (value) => holds(sql`g.code || ' ' || g.title`, value) },
    {
      kind: "choice",
      key: "pole",
      label: "Pôle",
      all: "tous",
      hiddenBelow: 2,
      options: choicesOf(({ pole }) => [pole]),
      where: (value) => sql`g.pole = ${value}`,
    },
    {
      kind: "choice",
      key: "financeur",
      label: "Financeur",
      all: "tous",
      hiddenBelow: 2,
      options: choicesOf(({ funders }) => funders),
      where: (value) => sql`${value} = ANY(g.funders)`,
    },
  ],
  columns: [
    { key: "code", label: "Code", cell: ({ code }) => code },
    {
      key: "titre",
      label: "Intitulé",
      header: true,
      render: (programme) => (
        <>
          <a href={`/dispositifs/${programme.code}`}>{programme.title}</a>
          {programme.ended_on ? <small> terminé le {shortDay(programme.ended_on)}</small> : null}
        </>
      ),
      cell: ({ title }) => title,
      sort: sql`g.title`,
    },
    { key: "code-lu", label: "Code", render: ({ code }) => code, sort: sql`g.code` },
    {
      key: "pole",
      label: "Pôle",
      render: ({ pole }) => pole,
      cell: ({ pole }) => pole,
      sort: sql`g.pole`,
      nulls: "last",
    },
    // As the import reads them: the exported file may come back.
    {
      key: "financeurs",
      label: "Financeurs",
      render: ({ funders }) => list(funders),
      cell: ({ funders }) => funders.join(";"),
    },
  ],
  tell: ({ count }) => `${plural(count, "dispositif", "dispositifs")}, par pôle.`,
  action: ({ scope }) =>
    may(scope, rights["programme.write"]) ? { href: "/dispositifs/nouveau", label: "Ajouter un dispositif" } : null,
  empty: () => <p>Aucun dispositif : ajoutez-en un, ou importez la liste de la maison (dispositifs.csv).</p>,
};
