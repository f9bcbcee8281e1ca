// The forms of governance: mandates, members of the association, meetings of its bodies.
import { z } from "zod";
import {
  countField,
  neededField,
  neededLine,
  readField,
  uuidField,
  versionField,
  whyField,
} from "../../../../core/http/fields.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));
const endBeforeStart = { message: "La fin vient avant le début.", path: ["fin"] };
const inOrder = ({ debut, fin }: { debut: string | null; fin: string | null }): boolean =>
  debut === null || fin === null || fin >= debut;

const mandate = {
  nom: neededLine("Écrivez le nom.", 120),
  prenom: line(120),
  sexe: z.enum(["", "F", "M", "X"], "Choisissez dans la liste.").default(""),
  college: neededLine("Dites de quel collège.", 200),
  structure: line(200),
  fonction: line(120),
  bureau: z.literal("oui").optional(),
  debut: readField(readDay),
  fin: readField(readDay),
};
export const NewMandate = z.object({ ...mandate, key: uuidField }).refine(inOrder, endBeforeStart);
export const CorrectedMandate = z.object({ ...mandate, version: versionField }).refine(inOrder, endBeforeStart);
export type MandateForm = Omit<z.infer<typeof NewMandate>, "key">;

const member = {
  nature: z.enum(["person", "organisation"], "Choisissez dans la liste."),
  nom: neededLine("Écrivez le nom.", 200),
  college: line(200),
  debut: neededField(readDay, "Écrivez depuis quel jour."),
  fin: readField(readDay),
};
export const NewMember = z.object({ ...member, key: uuidField }).refine(inOrder, endBeforeStart);
export const CorrectedMember = z.object({ ...member, version: versionField }).refine(inOrder, endBeforeStart);

const most = 10_000;
const meeting = {
  date: neededField(readDay, "Écrivez le jour de la réunion."),
  instance: neededLine("Dites quelle instance s’est réunie.", 120),
  objet: line(300),
  convoques: countField(0, most),
  presents: countField(0, most),
  representes: countField(0, most),
  quorum: countField(0, most),
  decisions: z
    .string()
    .default("")
    .transform((text) => text.split(/\r?\n/).map(oneLine).filter(Boolean).join("\n"))
    .pipe(z.string().max(4000, "Au plus 4000 signes.")),
};
const tooMany = { message: "Présents et représentés sont plus que les convoqués.", path: ["presents"] };
const within = (form: { convoques: number | null; presents: number | null; representes: number | null }): boolean =>
  form.convoques === null || (form.presents ?? 0) + (form.representes ?? 0) <= form.convoques;
export const NewMeeting = z.object({ ...meeting, key: uuidField }).refine(within, tooMany);
export const CorrectedMeeting = z.object({ ...meeting, version: versionField }).refine(within, tooMany);

export const Withdrawal = z.object({ raison: whyField });
