// A form of a step becomes what the step says: what its kind needs is asked, what it does not have is left out, warnings are told.
import { createHash } from "node:crypto";
import type { Tx } from "../../../../core/db/transaction.ts";
import { shortDay } from "../../../../ui/words.ts";
import { structuresNamed } from "../../partners/door.ts";
import { plain } from "../definition/lines.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import { contractTypesOn, immersionRuleOn, immersionsOf, type Step, stepsOf } from "./reads.ts";
import { immersionWarnings } from "./rules.ts";
import type { StepTyped } from "./shapes.ts";
import { type StepKind, stepKindWords } from "./words.ts";
import type { StepFacts } from "./writes.ts";

export type Reading =
  | { ok: true; facts: StepFacts }
  | { ok: false; mistakes: Record<string, string>; warnings: readonly string[]; print: string };

/** Tells warnings from others: a box ticked under some sentences says nothing about others. */
const printOf = (warnings: readonly string[]): string =>
  createHash("sha256").update(warnings.join("\n")).digest("hex").slice(0, 32);

/** Reads a form of a step of that kind; `had` is the step that it corrects. */
export async function readStep(
  tx: Tx,
  enrolment: Enrolment,
  kind: StepKind,
  form: StepTyped,
  had: Step | null,
): Promise<Reading> {
  const mistakes: Record<string, string> = {};
  const immersion = kind === "immersion";
  const contract = kind === "contract";
  const planned = kind === "exam" ? null : form.fin_prevue;
  const ended = kind === "exam" ? null : form.fin;
  if (planned !== null && planned < form.debut) mistakes.fin_prevue = "La fin prévue est avant le début.";
  if (ended !== null && ended < form.debut) mistakes.fin = "La fin est avant le début.";
  if (ended !== null && ended > tx.today) mistakes.fin = "La fin réelle est à venir : notez-la comme prévue.";
  if (contract && form.essai !== null && form.essai < form.debut) mistakes.essai = "L’essai finit avant le début.";
  if (immersion && planned === null && ended === null)
    mistakes.fin_prevue = "Une immersion a une fin : donnez le jour prévu.";
  if (immersion && form.objectif === null) mistakes.objectif = "Choisissez l’objet de l’immersion.";
  if ((immersion || contract) && form.hote === null)
    mistakes.hote = immersion ? "Donnez la structure d’accueil." : "Donnez l’employeur.";
  if (["training", "vae", "exam"].includes(kind) && form.intitule === null)
    mistakes.intitule = `${stepKindWords[kind].title ?? "Intitulé"} : donnez-le en quelques mots.`;
  if (contract) {
    const types = await contractTypesOn(tx, form.debut, had?.contractType ?? null);
    if (!types.some((type) => type.value === form.contrat))
      mistakes.contrat =
        form.contrat === null
          ? "Choisissez le contrat."
          : `Ce contrat n’existe pas le ${shortDay(form.debut)} : choisissez dans la liste.`;
  }
  const renews = immersion ? form.renouvelle : null;
  if (renews !== null && !(await renewable(tx, enrolment, had)).some((one) => one.value === renews))
    mistakes.renouvelle = "Choisissez une immersion de ce parcours.";
  const host = form.hote === null ? null : await hostOf(tx, form.hote, had);
  if (host && "mistake" in host) mistakes.hote = host.mistake;
  if (Object.keys(mistakes).length > 0 || (host && "mistake" in host))
    return { ok: false, mistakes, warnings: [], print: "" };

  const facts: StepFacts = {
    startsOn: form.debut,
    plannedEndOn: planned,
    endedOn: ended,
    host: host?.name ?? null,
    structure: host?.structure ?? null,
    objective: immersion ? form.objectif : null,
    days: immersion ? form.jours : null,
    renews,
    contractType: contract ? form.contrat : null,
    weeklyHours: contract ? form.heures_semaine : null,
    trialEndOn: contract ? form.essai : null,
    title: stepKindWords[kind].title ? form.intitule : null,
    hours: kind === "training" ? form.heures : null,
    qualifying: kind === "training" && form.qualifiante !== null ? form.qualifiante === "oui" : null,
    result: ["training", "vae", "exam"].includes(kind) ? form.resultat : null,
    note: form.note,
    inSpiteOf: null,
  };
  const warnings = await warningsOf(tx, enrolment, kind, facts, had);
  if (warnings.length === 0) return { ok: true, facts };
  const print = printOf(warnings);
  if (form.confirme !== print) return { ok: false, mistakes: {}, warnings, print };
  return { ok: true, facts: { ...facts, inSpiteOf: warnings.join("\n") } };
}

type Host = { name: string; structure: string | null } | { mistake: string };

/** The structure of the house that the text names, or the text alone. One that was linked stays so while its name is not retyped. */
async function hostOf(tx: Tx, text: string, had: Step | null): Promise<Host> {
  if (had?.structure && text === had.structureName) return { name: text, structure: had.structure };
  const found = await structuresNamed(tx, text);
  const [only] = found;
  if (found.length > 1)
    return {
      mistake: "Plusieurs structures de la maison portent ce nom : donnez le SIRET de celle-ci.",
    };
  return only ? { name: only.name, structure: only.id } : { name: text, structure: null };
}

/** What may be wrong and is not refused: the adviser reads it and confirms. */
async function warningsOf(
  tx: Tx,
  enrolment: Enrolment,
  kind: StepKind,
  facts: StepFacts,
  had: Step | null,
): Promise<string[]> {
  const warnings: string[] = [];
  if (facts.startsOn < enrolment.entryOn)
    warnings.push(`Cette action commence avant l’entrée dans le parcours, le ${shortDay(enrolment.entryOn)}.`);
  if (enrolment.exitOn !== null && facts.startsOn > enrolment.exitOn)
    warnings.push(`Cette action commence après la sortie du parcours, le ${shortDay(enrolment.exitOn)}.`);
  const rule = kind === "immersion" ? await immersionRuleOn(tx, facts.startsOn) : null;
  if (!rule) return warnings;
  const said = immersionWarnings(
    {
      id: had?.id ?? "",
      structure: facts.structure,
      name: plain(facts.host ?? ""),
      from: facts.startsOn,
      to: facts.endedOn ?? facts.plannedEndOn ?? facts.startsOn,
      objective: facts.objective,
      renews: facts.renews,
    },
    await immersionsOf(tx, enrolment.person),
    rule,
  );
  return [...warnings, ...said.map((one) => `${one} (${rule.source})`)];
}

/** The immersions of this enrolment that another may renew. */
export async function renewable(
  tx: Tx,
  enrolment: Enrolment,
  had: Step | null,
): Promise<{ value: string; label: string }[]> {
  return (await stepsOf(tx, [enrolment.id]))
    .filter((one) => one.kind === "immersion" && one.withdrawn === null && one.id !== had?.id)
    .map((one) => ({
      value: one.id,
      label: `celle du ${shortDay(one.startsOn)}${one.structureName || one.host ? `, ${one.structureName ?? one.host}` : ""}`,
    }));
}
