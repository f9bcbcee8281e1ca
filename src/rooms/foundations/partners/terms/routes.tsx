// The house's words for structures: roles and types. A word is never deleted: it is spelt again, or no longer offered.
import { z } from "zod";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { firstTyped, uuidShape } from "../fields.tsx";
import { listTerms, type Term } from "../reads.ts";
import { rights } from "../rights.ts";
import { structuresCrumb } from "../sheet/found.tsx";
import { termKindWords } from "../words.ts";
import { addTerm, changeTerm } from "../writes.ts";

type Values = Readonly<Record<string, string>>;
type Shown = { values?: Values; mistakes?: Values; status?: number };

const base = "/structures/listes";
const kinds = ["role", "type"] as const;
const stateOf = (term: Term, today: string): string => {
  if (!term.to_day) return "proposé";
  return term.to_day < today
    ? `plus proposé depuis le ${shortDay(term.to_day)}`
    : `proposé jusqu’au ${shortDay(term.to_day)}`;
};

const exported = (today: string): readonly ListColumn<Term>[] => [
  { label: "Liste", cell: (term) => termKindWords[term.kind] },
  { label: "Mot", cell: (term) => term.label },
  { label: "Structures", cell: (term) => term.used },
  { label: "État", cell: (term) => stateOf(term, today) },
];

async function listPage(at: At<unknown>, { values = {}, mistakes = {}, status = 200 }: Shown = {}): Promise<Answer> {
  const terms = await listTerms(at.tx);
  return page({
    title: "Listes de mots des structures",
    status,
    crumbs: [structuresCrumb],
    body: (
      <>
        <Heading title="Listes de mots des structures">{plural(terms.length, "mot", "mots")}.</Heading>
        <ErrorSummary fields={mistakes} />
        <p class="no-print">
          <ExportLink href={`${base}/export.csv`} count={terms.length} words={["ce mot", "mot", "mots"]} />
        </p>
        {kinds.map((kind) => (
          <DataTable
            key={kind}
            caption={termKindWords[kind]}
            rows={terms.filter((term) => term.kind === kind)}
            rowKey={(term) => term.id}
            empty={<p>Aucun mot dans cette liste.</p>}
            columns={[
              {
                key: "word",
                label: "Mot",
                header: true,
                render: (term) => <a href={`${base}/${term.id}`}>{term.label}</a>,
              },
              { key: "used", label: "Structures", number: true, render: (term) => term.used },
              { key: "state", label: "État", render: (term) => stateOf(term, at.tx.today) },
            ]}
          />
        ))}
        <h2>Ajouter un mot</h2>
        <form method="post" action={base}>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <div class="fields">
            <SelectField
              name="liste"
              label="Liste"
              value={values.liste}
              error={mistakes.liste}
              options={kinds.map((kind) => ({ value: kind, label: termKindWords[kind] }))}
            />
            <TextField name="mot" label="Mot" maxlength={80} value={values.mot} error={mistakes.mot} />
          </div>
          <button type="submit">Ajouter</button>
        </form>
      </>
    ),
  });
}

function wordPage(
  term: Term,
  { values = {}, mistakes = {}, status = 200, stale = false }: Shown & { stale?: boolean },
): Answer {
  return page({
    title: term.label,
    status,
    crumbs: [structuresCrumb, { href: base, label: "Listes de mots" }],
    body: (
      <>
        <Heading title={`Modifier « ${term.label} »`}>
          Corriger l’orthographe change aussi ce que disent les structures qui ont ce mot. Pour un autre sens,
          donnez-lui un dernier jour et ajoutez un autre mot.
        </Heading>
        <ErrorSummary fields={mistakes} />
        {stale ? (
          <p class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié ce mot entre-temps.</strong> Il dit maintenant «{"\u00a0"}
            {term.label}
            {"\u00a0"}»{term.to_day ? `, proposé jusqu’au ${shortDay(term.to_day)}` : ""}. Votre saisie est ci-dessous.
          </p>
        ) : null}
        <form method="post" action={`${base}/${term.id}`}>
          <input type="hidden" name="version" value={String(term.version)} />
          <div class="fields">
            <TextField name="mot" label="Mot" maxlength={80} value={values.mot} error={mistakes.mot} />
            <DateField
              name="au"
              label="Dernier jour proposé"
              hint="jj/mm/aaaa ; vide : toujours proposé"
              value={values.au}
              error={mistakes.au}
              required={false}
            />
          </div>
          <div class="submit">
            <button type="submit">Enregistrer</button>
            <a href={base}>Ne rien changer</a>
          </div>
        </form>
      </>
    ),
  });
}

const word = z.string().trim().min(1, "Écrivez le mot.").max(80, "Au plus 80 signes.");
const AddForm = z.object({ key: uuidShape, liste: z.enum(kinds, "Choisissez une liste."), mot: word });
const ChangeForm = z.object({ mot: word, au: z.string().default(""), version: z.coerce.number().int() });

export function declareTerms(routes: Routes): void {
  const right = rights["structure.words"];
  const termOf = async (at: At<unknown>): Promise<Term | undefined> =>
    isUuid(at.params.term ?? "") ? (await listTerms(at.tx)).find((term) => term.id === at.params.term) : undefined;
  const none = { none: "a list of words holds no record of anybody" };

  routes.get(base, { right, trace: none }, (at) => listPage(at));
  routes.get(`${base}/export.csv`, { right, trace: none }, async (at) =>
    csvFile("mots-des-structures", exported(at.tx.today), [await listTerms(at.tx)]),
  );
  routes.post(
    base,
    {
      right,
      trace: "structure-word.added",
      form: AddForm,
      onMistakes: (at, { fields, typed }) => listPage(at, { values: firstTyped(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { key, liste, mot } = at.form;
      const there = (await listTerms(at.tx)).some((term) => term.id === key);
      if (there) at.nothingHappened();
      else if (await addTerm(at.tx, { id: key, kind: liste, label: mot }))
        at.about("structure-word", key, { word: mot });
      else
        return listPage(at, {
          values: firstTyped(at.typed),
          mistakes: { mot: "La liste a déjà ce mot." },
          status: 422,
        });
      return redirect(base, "Le mot est ajouté.");
    },
  );
  const valuesOf = (term: Term): Values => ({ mot: term.label, au: term.to_day ? shortDay(term.to_day) : "" });
  routes.get(`${base}/:term`, { right, trace: none }, async (at) => {
    const term = await termOf(at);
    return term ? wordPage(term, { values: valuesOf(term) }) : notFound("Ce mot");
  });
  routes.post(
    `${base}/:term`,
    {
      right,
      trace: "structure-word.changed",
      form: ChangeForm,
      async onMistakes(at, { fields, typed }) {
        const term = await termOf(at);
        return term ? wordPage(term, { values: firstTyped(typed), mistakes: fields, status: 422 }) : notFound("Ce mot");
      },
    },
    async (at) => {
      const term = await termOf(at);
      if (!term) return notFound("Ce mot");
      const values = firstTyped(at.typed);
      const day = at.form.au.trim() === "" ? { ok: true as const, value: null } : readDay(at.form.au);
      if (!day.ok) return wordPage(term, { values, mistakes: { au: `${day.reason}.` }, status: 422 });
      const { mot, version } = at.form;
      const outcome = await changeTerm(at.tx, term, { label: mot, toDay: day.value, version });
      if (outcome === "taken")
        return wordPage(term, { values, mistakes: { mot: "La liste a déjà ce mot." }, status: 422 });
      if (outcome === "stale") return wordPage((await termOf(at)) ?? term, { values, status: 409, stale: true });
      at.about("structure-word", term.id, { before: valuesOf(term), after: { mot, au: day.value } });
      return redirect(base, "La liste est modifiée.");
    },
  );
}
