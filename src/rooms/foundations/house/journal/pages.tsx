// The journal: a filter, the lines, the way to older ones and to the file.
import type { VNode } from "preact";
import { DateField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { momentWords } from "../moments.ts";
import { Counted } from "../parts.tsx";
import type { JournalFilter, JournalPage } from "./reads.ts";
import { factsOf, kindOf } from "./words.ts";

type Props = {
  journal: JournalPage;
  count: number;
  filter: JournalFilter;
  /** What was typed in the box of the record. */
  typed: string;
  /** Not the first page. */
  after: boolean;
  accounts: readonly { id: string; name: string }[];
  words: Readonly<Record<string, string>>;
  /** Names of sites, by identifier. */
  sites: ReadonlyMap<string, string>;
  zone: string;
};

const addressOf = (path: string, filter: JournalFilter, after?: string): string => {
  const query = new URLSearchParams();
  if (filter.account) query.set("compte", filter.account);
  if (filter.act) query.set("acte", filter.act);
  if (filter.day) query.set("jour", filter.day);
  if (filter.record) query.set("fiche", filter.record);
  if (after) query.set("apres", after);
  return query.size > 0 ? `${path}?${query}` : path;
};

export const JournalPageBody = ({
  journal,
  count,
  filter,
  typed,
  after,
  accounts,
  words,
  sites,
  zone,
}: Props): VNode => (
  <>
    <Heading title="Journal">Qui a fait quoi, sur quelle fiche, quand. Rien ne s’y efface.</Heading>
    <form method="get" action="/journal" class="filters">
      <SelectField
        name="compte"
        label="Compte"
        empty="Tous"
        value={filter.account ?? ""}
        options={accounts.map((one) => ({ value: one.id, label: one.name }))}
      />
      <SelectField
        name="acte"
        label="Acte"
        empty="Tous"
        value={filter.act ?? ""}
        options={Object.entries(words).map(([value, label]) => ({ value, label }))}
      />
      <DateField name="jour" label="Jour" value={filter.day ? shortDay(filter.day) : ""} />
      <TextField name="fiche" label="Fiche" hint="code de la personne, ou identifiant" value={typed} />
      <button type="submit" class="second">
        Filtrer
      </button>
    </form>
    <Counted rows={count} count={plural(count, "ligne", "lignes")} href={addressOf("/journal/export.csv", filter)} />
    <DataTable
      caption="Lignes du journal, les dernières d’abord"
      hideCaption
      rows={journal.rows}
      rowKey={(row) => row.id}
      empty={<p>Aucune ligne ne répond à ce filtre.</p>}
      columns={[
        { key: "at", label: "Quand", header: true, render: (row) => momentWords(row.at, zone) },
        { key: "who", label: "Qui", render: (row) => row.name ?? "la machine" },
        { key: "act", label: "Acte", render: (row) => words[row.act] ?? row.act },
        {
          key: "subject",
          label: "Fiche",
          render: (row) =>
            row.subject_id ? (
              <a href={addressOf("/journal", { account: null, act: null, day: null, record: row.subject_id })}>
                {kindOf(row)} {row.subject_id.slice(-6)}
              </a>
            ) : (
              ""
            ),
        },
        { key: "ip", label: "Depuis", render: (row) => row.ip ?? "" },
        { key: "details", label: "Détails", render: (row) => factsOf(row, sites) },
      ]}
    />
    <Pager
      count={plural(count, "ligne", "lignes")}
      first={after ? addressOf("/journal", filter) : undefined}
      next={journal.next ? addressOf("/journal", filter, journal.next) : undefined}
    />
  </>
);
