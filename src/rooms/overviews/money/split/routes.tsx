// Entries given their funder and their programme: one by one, or by rules.
import { notFound, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { plural } from "../../../../ui/words.ts";
import { listProgrammes } from "../../../foundations/programmes/door.ts";
import { rights } from "../rights.ts";
import { entryPage, rulesPage } from "./pages.tsx";
import { type EntryLine, entryById } from "./reads.ts";
import { NewRule, Nothing, SplitEntry } from "./shapes.ts";
import { addRule, applyRules, removeRule, splitEntry } from "./writes.ts";

const rulesPath = "/finances/repartition";
const gone = "Cette écriture";
const unknownProgramme = { dispositif: "Ce dispositif n’est pas dans la liste." };

export function declareSplit(routes: Routes): void {
  const write = rights["entry.split"];
  const found = async (at: At<unknown>): Promise<EntryLine | null> => {
    const id = at.params.entry ?? "";
    return isUuid(id) ? entryById(at.tx, id) : null;
  };
  const known = async (at: At<unknown>, programme: string | null): Promise<boolean> =>
    programme === null || (await listProgrammes(at.tx)).some(({ id }) => id === programme);

  routes.get("/finances/ecritures/:entry", { right: rights["entry.see"], trace: "entry.opened" }, async (at) => {
    const entry = await found(at);
    if (!entry) return notFound(gone);
    at.about("entry", entry.id);
    return entryPage(at, entry);
  });
  routes.post(
    "/finances/ecritures/:entry",
    {
      right: write,
      trace: "entry.split",
      form: SplitEntry,
      async onMistakes(at, { fields }) {
        const entry = await found(at);
        return entry ? entryPage(at, entry, { mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const entry = await found(at);
      if (!entry) return notFound(gone);
      const { financeur: funder, dispositif: programme, version } = at.form;
      if (!(await known(at, programme))) return entryPage(at, entry, { mistakes: unknownProgramme });
      if (!(await splitEntry(at.tx, entry.id, version, { funder, programme })))
        return entryPage(at, entry, { stale: true });
      at.about("entry", entry.id, { from: entry.funder, to: funder || null });
      return redirect(`/finances/ecritures/${entry.id}`, "L’écriture est répartie.");
    },
  );

  routes.get(rulesPath, { right: write, trace: "split-rule.listed" }, (at) => rulesPage(at));
  routes.post(
    rulesPath,
    { right: write, trace: "split-rule.added", form: NewRule, onMistakes: (at, { fields }) => rulesPage(at, fields) },
    async (at) => {
      if (!(await known(at, at.form.dispositif))) return rulesPage(at, unknownProgramme);
      const done = await addRule(at.tx, at.form);
      if (done === "taken") return rulesPage(at, { compte: "Une autre règle dit déjà ce compte et ces mots." });
      if (done === "done") at.about("split-rule", at.form.key, { account: at.form.compte });
      else at.nothingHappened();
      return redirect(rulesPath, "La règle est ajoutée\u00a0: elle attend que l’on répartisse.");
    },
  );
  routes.post(
    `${rulesPath}/application`,
    { right: write, trace: "split-rule.applied", form: Nothing, onMistakes: (at) => rulesPage(at) },
    async (at) => {
      const count = await applyRules(at.tx);
      at.about("house", at.scope.house, { entries: count });
      return redirect(rulesPath, `${plural(count, "écriture est répartie", "écritures sont réparties")}.`);
    },
  );
  routes.post(
    `${rulesPath}/:rule/retrait`,
    { right: write, trace: "split-rule.removed", form: Nothing, onMistakes: (at) => rulesPage(at) },
    async (at) => {
      const id = at.params.rule ?? "";
      if (!isUuid(id) || !(await removeRule(at.tx, id))) return notFound("Cette règle");
      at.about("split-rule", id);
      return redirect(rulesPath, "La règle est retirée\u00a0; ce qu’elle a dit reste.");
    },
  );
}
