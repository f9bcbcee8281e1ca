// The list of structures: one box and filters that combine, counted, given as a file with the same filters.
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { SelectField, TextField } from "../../../../ui/fields.tsx";
import { Chips, Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { countStructures, listTerms, offered, type StructureLine, structureCommunes, structureList } from "../reads.ts";
import { rights } from "../rights.ts";
import { legalNumberWords } from "../rules.ts";
import { sharedStream } from "./data-inclusion.ts";
import { chipsOf, filterOf, queryOf } from "./filter.ts";

const pageSize = 50;

const stateOf = (line: StructureLine): string => (line.closedOn ? `fermée le ${shortDay(line.closedOn)}` : "active");

const exported: readonly ListColumn<StructureLine>[] = [
  { label: "Nom", cell: (line) => line.name },
  { label: "Autres noms", cell: (line) => line.aliases.join(" ; ") },
  { label: "Type", cell: (line) => line.type },
  { label: "Rôles", cell: (line) => line.roles.join(";") },
  { label: "SIRET", cell: (line) => line.siret },
  { label: "SIREN", cell: (line) => line.siren },
  { label: "Adresse", cell: (line) => line.address },
  { label: "Code postal", cell: (line) => line.postalCode },
  { label: "Commune", cell: (line) => line.communeName },
  { label: "Code officiel de la commune", cell: (line) => line.communeCode },
  { label: "Téléphone", cell: (line) => line.phone },
  { label: "Courriel", cell: (line) => line.email },
  { label: "Site web", cell: (line) => line.website },
  { label: "Effectif", cell: (line) => line.workforce },
  { label: "Secteur d’activité", cell: (line) => line.sector },
  { label: "Structure mère", cell: (line) => line.parent },
  { label: "État", cell: stateOf },
  { label: "Anciens numéros", cell: (line) => line.externalIds.join(";") },
  { label: "Fiche", cell: (line) => line.id },
];

export function declareList(routes: Routes): void {
  const right = rights["structure.see"];
  routes.get("/structures", { right, trace: "structure.listed" }, async (at) => {
    const filter = filterOf(at.query);
    const number = Math.max(0, Math.min(100_000, Math.trunc(Number(at.query.page ?? "1")) || 1) - 1);
    const { rows } = await structureList(at.tx, filter, { skip: number * pageSize, most: pageSize }).execute(
      at.tx.on(),
    );
    const [count, terms, communes] = await Promise.all([
      countStructures(at.tx, filter),
      listTerms(at.tx),
      structureCommunes(at.tx),
    ]);
    const writes = may(at.scope, rights["structure.write"]);
    const query = queryOf(at.query);
    const chips = chipsOf(at.query, filter, terms);
    const counted = plural(count, "structure", "structures");
    const nextPage = new URLSearchParams(query);
    nextPage.set("page", String(number + 2));
    const empty =
      chips.length > 0 ? (
        <p>
          Aucune structure ne correspond.{" "}
          {writes && filter.q ? (
            <a href={`/structures/nouvelle?nom=${encodeURIComponent(filter.q)}`}>L’ajouter</a>
          ) : null}
        </p>
      ) : (
        <p>Aucune structure{"\u00a0"}: ajoutez-en une, ou importez la liste de la maison (structures.csv).</p>
      );
    return page({
      title: "Structures",
      body: (
        <>
          <Heading
            title="Structures"
            {...(writes ? { action: { href: "/structures/nouvelle", label: "Nouvelle structure" } } : {})}
          >
            {counted}
            {chips.length > 0 ? " avec ces filtres" : ""}.
          </Heading>
          <form method="get" action="/structures" class="filters" role="search">
            <TextField name="q" label="Nom, SIRET ou commune" type="search" value={filter.q} />
            <SelectField
              name="role"
              label="Rôle"
              empty="tous"
              value={filter.role}
              options={offered(terms, "role", at.tx.today, filter.role)}
            />
            <SelectField
              name="type"
              label="Type"
              empty="tous"
              value={filter.type}
              options={offered(terms, "type", at.tx.today, filter.type)}
            />
            <SelectField
              name="commune"
              label="Commune"
              empty="toutes"
              value={filter.commune}
              options={communes.map((name) => ({ value: name, label: name }))}
            />
            <SelectField
              name="etat"
              label="État"
              empty="actives"
              value={at.query.etat}
              options={[
                { value: "fermees", label: "fermées" },
                { value: "toutes", label: "toutes" },
              ]}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          <Chips chips={chips} />
          <p class="no-print">
            {may(at.scope, rights["structure.merge"]) ? (
              <>
                <a href="/structures/doublons">Doublons</a> ·{" "}
              </>
            ) : null}
            {may(at.scope, rights["convention.see"]) ? (
              <>
                <a href="/structures/conventions">Conventions</a> ·{" "}
              </>
            ) : null}
            {may(at.scope, rights["structure.words"]) ? (
              <>
                <a href="/structures/listes">Listes de mots</a> ·{" "}
              </>
            ) : null}
            <ExportLink
              href={`/structures/export.csv${query}`}
              count={count}
              words={["cette structure", "structure", "structures"]}
            />{" "}
            · <a href={`/structures/data-inclusion.json${query}`}>Format data·inclusion (JSON)</a>
          </p>
          <DataTable
            caption="Structures"
            hideCaption
            rows={rows}
            rowKey={(line) => line.id}
            empty={empty}
            columns={[
              {
                key: "name",
                label: "Nom",
                header: true,
                render: (line) => <a href={`/structures/${line.id}`}>{line.name}</a>,
              },
              { key: "type", label: "Type", render: (line) => line.type },
              { key: "roles", label: "Rôles", render: (line) => line.roles.join(", ") },
              { key: "commune", label: "Commune", render: (line) => line.communeName },
              { key: "siret", label: "SIRET", render: (line) => (line.siret ? legalNumberWords(line.siret) : "") },
              { key: "state", label: "État", render: stateOf },
            ]}
          />
          <Pager
            count={counted}
            first={number > 0 ? `/structures${query}` : undefined}
            next={(number + 1) * pageSize < count ? `/structures?${nextPage}` : undefined}
          />
        </>
      ),
    });
  });
  routes.get("/structures/export.csv", { right, trace: "structure.exported" }, (at) =>
    csvFile(
      "structures",
      exported,
      readInBatches<StructureLine>(at.tx, {
        compile: () => structureList(at.tx, filterOf(at.query)).compile(at.tx.on()),
      }),
    ),
  );
  routes.get("/structures/data-inclusion.json", { right, trace: "structure.shared" }, (at) => ({
    kind: "file",
    stream: sharedStream(at.tx, filterOf(at.query)),
    name: "structures-data-inclusion.json",
    type: "application/json; charset=utf-8",
  }));
}
