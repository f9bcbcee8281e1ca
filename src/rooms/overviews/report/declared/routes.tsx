// Declared figures: given, opened, corrected, withdrawn.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { DeclaredFields } from "./form.tsx";
import { declaredList } from "./list.tsx";
import { declaredCrumb, declaredPage } from "./page.tsx";
import { type DeclaredLine, declaredById } from "./reads.ts";
import { declaredRights as rights } from "./rights.ts";
import { CorrectedDeclared, type DeclaredForm, NewDeclared, WithdrawnDeclared } from "./shapes.ts";
import { correctFigure, declareFigure, withdrawFigure } from "./writes.ts";

const path = "/rapport/declares/nouveau";
const gone = "Ce chiffre déclaré";

function newPage(at: At<unknown>, mistakes: Record<string, string> = {}): Answer {
  const values: Record<string, string> = {
    nature: "declared",
    periode: at.tx.today.slice(0, 4),
    dit: shortDay(at.tx.today),
    ...firstValues(at.typed),
  };
  return page({
    title: "Déclarer un chiffre",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [declaredCrumb],
    body: (
      <>
        <Heading title="Déclarer un chiffre">
          Un chiffre qu’aucune fiche ne donne : il dit qui l’avance, et sur quoi. Partout il porte sa marque.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={path}>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <DeclaredFields values={values} mistakes={mistakes} />
          <button type="submit">Déclarer ce chiffre</button>
        </form>
      </>
    ),
  });
}

/** `all` holds the figures that records give: a declared one takes no code of theirs. */
export function declareDeclared(routes: Routes, all: () => Registry): void {
  const write = rights["declared.write"];
  declareList(routes, declaredList);
  const codeOf = ({ code }: DeclaredForm): Record<string, string> =>
    all().figure(code) ? { code: "Ce code est celui d’un chiffre que les fiches donnent." } : {};
  const takenCode = { code: "Un autre chiffre porte ce code pour la même période." };

  routes.get(path, { right: write, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    path,
    {
      right: write,
      trace: "declared-figure.declared",
      form: NewDeclared,
      onMistakes: (at, { fields }) => newPage(at, fields),
    },
    async (at) => {
      const { key, ...wish } = at.form;
      const wrong = codeOf(wish);
      if (wrong.code) return newPage(at, wrong);
      const done = await declareFigure(at.tx, key, wish);
      if (done === "taken") return newPage(at, takenCode);
      if (done === "done") at.about("declared-figure", key, { code: wish.code, kind: wish.nature });
      else at.nothingHappened();
      return redirect(`/rapport/declares/${key}`, "Le chiffre est déclaré.");
    },
  );

  const found = async (at: At<unknown>): Promise<DeclaredLine | null> => {
    const id = at.params.figure ?? "";
    return isUuid(id) ? declaredById(at.tx, id) : null;
  };
  routes.get(
    "/rapport/declares/:figure",
    { right: rights["declared.see"], trace: "declared-figure.opened" },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      at.about("declared-figure", line.id);
      return declaredPage(at, line);
    },
  );
  routes.post(
    "/rapport/declares/:figure",
    {
      right: write,
      trace: "declared-figure.corrected",
      form: CorrectedDeclared,
      async onMistakes(at, { fields }) {
        const line = await found(at);
        return line ? declaredPage(at, line, { form: "correction", mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const { version, raison, ...wish } = at.form;
      const wrong = codeOf(wish);
      if (wrong.code) return declaredPage(at, line, { form: "correction", mistakes: wrong });
      const done = await correctFigure(at.tx, line, version, wish, raison);
      if (done === "taken") return declaredPage(at, line, { form: "correction", mistakes: takenCode });
      if (done === "not") return declaredPage(at, line, { form: "correction", stale: true });
      at.about("declared-figure", line.id, { code: wish.code, from: line.value, to: wish.valeur });
      return redirect(`/rapport/declares/${line.id}`, "Le chiffre est corrigé ; ce qu’il disait avant reste lisible.");
    },
  );
  routes.post(
    "/rapport/declares/:figure/retrait",
    {
      right: write,
      trace: "declared-figure.withdrawn",
      form: WithdrawnDeclared,
      async onMistakes(at, { fields }) {
        const line = await found(at);
        return line ? declaredPage(at, line, { form: "withdrawal", mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const { version, raison } = at.form;
      if (line.withdrawnWhy) at.nothingHappened();
      else if (!(await withdrawFigure(at.tx, line.id, version, raison)))
        return declaredPage(at, line, { form: "withdrawal", stale: true });
      else at.about("declared-figure", line.id, { code: line.code });
      return redirect(`/rapport/declares/${line.id}`, "Le chiffre est retiré ; il reste lisible.");
    },
  );
}
