// What governance keeps by hand, mandates, members and meetings, is kept alike: a form, a page, a correction, a withdrawal with its reason.
import type { ComponentChildren } from "preact";
import type { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, FormShape, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { rights } from "../rights.ts";
import { Withdrawal } from "./shapes.ts";

export type Values = Readonly<Record<string, string>>;
/** A record in the words of its form. */
export type KeptRecord = { id: string; version: number; title: string; values: Values };

export type Kept<New extends FormShape, Corrected extends FormShape> = {
  /** "/gouvernance/mandats": its records' pages hang there. */
  path: string;
  /** The last word of the address of an empty form. */
  fresh: "nouveau" | "nouvelle";
  /** The name of its parameter, of its journal subject and of its acts. */
  param: string;
  kind: string;
  list: { href: string; label: string };
  words: { add: string; gone: string; added: string; corrected: string; removed: string };
  New: New;
  Corrected: Corrected;
  start: (tx: Tx) => Values;
  fields: (values: Values, mistakes: Values) => ComponentChildren;
  /** What the record says, for who only reads. */
  show: (values: Values) => ComponentChildren;
  find: (tx: Tx, id: string) => Promise<KeptRecord | null>;
  /** False: it was there already. */
  add: (tx: Tx, wish: z.infer<New>) => Promise<boolean>;
  /** False: it has changed since. */
  correct: (tx: Tx, id: string, wish: z.infer<Corrected>) => Promise<boolean>;
  remove: (tx: Tx, id: string) => Promise<void>;
};

const stale =
  "Cette ligne a changé entre-temps\u00a0: voici ce qu’elle est maintenant\u00a0; ce que vous aviez écrit est resté dans le formulaire.";

type Told = { form?: "correction" | "withdrawal"; mistakes?: Record<string, string>; stale?: boolean };

export function declareKept<
  New extends z.ZodType<{ key: string }> & FormShape,
  Corrected extends z.ZodType<{ version: number }> & FormShape,
>(routes: Routes, kept: Kept<New, Corrected>): void {
  const { path, param, kind, words } = kept;
  const write = rights["governance.write"];
  const freshPath = `${path}/${kept.fresh}`;

  const freshPage = (at: At<unknown>, mistakes: Record<string, string> = {}): Answer => {
    const values: Values = { ...kept.start(at.tx), ...firstValues(at.typed) };
    return page({
      title: words.add,
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      crumbs: [kept.list],
      body: (
        <>
          <Heading title={words.add} />
          <ErrorSummary fields={mistakes} />
          <form method="post" action={freshPath}>
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            {kept.fields(values, mistakes)}
            <button type="submit">{words.add}</button>
          </form>
        </>
      ),
    });
  };
  const recordPage = (at: At<unknown>, record: KeptRecord, told: Told = {}): Answer => {
    const mistakes = told.mistakes ?? {};
    const corrected = told.form === "correction";
    return page({
      title: record.title,
      status: told.stale ? 409 : told.form ? 422 : 200,
      crumbs: [kept.list],
      ...(told.stale ? { notice: { kind: "warn" as const, text: stale } } : {}),
      body: (
        <>
          <Heading title={record.title} />
          {kept.show(record.values)}
          {may(at.scope, write) ? (
            <>
              <h2>Corriger</h2>
              {corrected ? <ErrorSummary fields={mistakes} /> : null}
              <form method="post" action={`${path}/${record.id}`}>
                <input type="hidden" name="version" value={String(record.version)} />
                {kept.fields(corrected ? firstValues(at.typed) : record.values, corrected ? mistakes : {})}
                <button type="submit">Corriger</button>
              </form>
              <h2>Retirer</h2>
              {told.form === "withdrawal" ? <ErrorSummary fields={mistakes} /> : null}
              <form method="post" action={`${path}/${record.id}/retrait`}>
                <TextField
                  name="raison"
                  label="Pourquoi cette ligne est retirée"
                  hint="Pour ce qui fut noté par erreur ; ce qui a pris fin garde sa ligne, avec sa date de fin. La raison reste au journal."
                  value={told.form === "withdrawal" ? firstValues(at.typed).raison : ""}
                  error={told.form === "withdrawal" ? mistakes.raison : undefined}
                  maxlength={300}
                />
                <button type="submit" class="second">
                  Retirer
                </button>
              </form>
            </>
          ) : null}
        </>
      ),
    });
  };
  const found = async (at: At<unknown>): Promise<KeptRecord | null> => {
    const id = at.params[param] ?? "";
    return isUuid(id) ? kept.find(at.tx, id) : null;
  };
  const onRecord =
    (form: "correction" | "withdrawal") =>
    async (at: At<unknown>, { fields }: { fields: Record<string, string> }): Promise<Answer> => {
      const record = await found(at);
      return record ? recordPage(at, record, { form, mistakes: fields }) : notFound(words.gone);
    };

  routes.get(freshPath, { right: write, trace: { none: "an empty form" } }, (at) => freshPage(at));
  routes.post(
    freshPath,
    { right: write, trace: `${kind}.added`, form: kept.New, onMistakes: (at, { fields }) => freshPage(at, fields) },
    async (at) => {
      const { key } = at.form;
      if (await kept.add(at.tx, at.form)) at.about(kind, key);
      else at.nothingHappened();
      return redirect(`${path}/${key}`, words.added);
    },
  );
  routes.get(`${path}/:${param}`, { right: rights["governance.see"], trace: `${kind}.opened` }, async (at) => {
    const record = await found(at);
    if (!record) return notFound(words.gone);
    at.about(kind, record.id);
    return recordPage(at, record);
  });
  routes.post(
    `${path}/:${param}`,
    { right: write, trace: `${kind}.corrected`, form: kept.Corrected, onMistakes: onRecord("correction") },
    async (at) => {
      const record = await found(at);
      if (!record) return notFound(words.gone);
      if (!(await kept.correct(at.tx, record.id, at.form)))
        return recordPage(at, record, { form: "correction", stale: true });
      const after = await kept.find(at.tx, record.id);
      const changed = Object.keys(record.values).filter((key) => after?.values[key] !== record.values[key]);
      at.about(kind, record.id, { changed });
      return redirect(`${path}/${record.id}`, words.corrected);
    },
  );
  routes.post(
    `${path}/:${param}/retrait`,
    { right: write, trace: `${kind}.removed`, form: Withdrawal, onMistakes: onRecord("withdrawal") },
    async (at) => {
      const record = await found(at);
      if (!record) return notFound(words.gone);
      await kept.remove(at.tx, record.id);
      at.about(kind, record.id, { why: at.form.raison });
      return redirect(kept.list.href, words.removed);
    },
  );
}
