// Who opened or changed a person's file: a page of its own, because few ask and everybody who opens a sheet would wait for it.
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { notFound, page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { countReaders, type Reader, readersOf, readersQuery } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { actOf, type Words, whoOf } from "../words.ts";
import { personOf } from "./found.ts";

const right = rights["person.readers"];
/** On the page; the file has them all. */
const mostShown = 200;

const whenOf = (zone: string, reader: Reader): string =>
  `${shortDay(dayIn(zone, reader.at))} ${hour(minuteIn(zone, reader.at))}`;

const columns = (zone: string, words: Words): readonly ListColumn<Reader>[] => [
  { label: "Quand", cell: (reader) => whenOf(zone, reader) },
  { label: "Qui", cell: whoOf },
  { label: "Acte", cell: (reader) => actOf(words, reader) },
];

export function declareReaders(routes: Routes, words: Words): void {
  routes.get("/personnes/:person/lectures", { right, trace: "person.readers-listed" }, async (at) => {
    const person = await personOf(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    const [count, readers] = await Promise.all([
      countReaders(at.tx, person.id),
      readersOf(at.tx, person.id, mostShown),
    ]);
    const name = person.anonymised_at ? "Fiche rendue anonyme" : nameOf(person);
    return page({
      title: "Qui a ouvert cette fiche",
      crumbs: [
        { href: "/personnes", label: "Personnes" },
        { href: `/personnes/${person.id}`, label: name },
      ],
      body: (
        <>
          <Heading title="Qui a ouvert cette fiche">
            {plural(count, "ligne", "lignes")} du journal
            {count > readers.length ? ` ; voici les ${readers.length} dernières, le fichier les a toutes` : ""}.
          </Heading>
          {count > 0 ? (
            <p class="no-print">
              <ExportLink
                href={`/personnes/${person.id}/lectures/export.csv`}
                count={count}
                words={["cette ligne", "ligne", "lignes"]}
              />
            </p>
          ) : null}
          <DataTable
            caption="Lectures et changements de la fiche"
            hideCaption
            rows={readers}
            rowKey={(reader) => reader.id}
            empty={<p>Personne ne l’a ouverte.</p>}
            columns={[
              { key: "when", label: "Quand", header: true, render: (reader) => whenOf(at.scope.zone, reader) },
              { key: "who", label: "Qui", render: whoOf },
              { key: "act", label: "Acte", render: (reader) => actOf(words, reader) },
            ]}
          />
        </>
      ),
    });
  });

  routes.get("/personnes/:person/lectures/export.csv", { right, trace: "person.readers-exported" }, async (at: At) => {
    const person = await personOf(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    return csvFile(
      `lectures-${person.code}`,
      columns(at.scope.zone, words),
      readInBatches<Reader>(at.tx, { compile: () => readersQuery(at.tx, person.id).compile(at.tx.on()) }),
    );
  });
}
