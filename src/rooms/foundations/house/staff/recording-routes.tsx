// Somebody of the team, written down by hand or corrected: post, pole, employer, place, days, share of a full time.
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { Hidden, PostForm, Submit } from "../parts.tsx";
import { rights } from "../rights.ts";
import { dayField, keyField, optionalDay, versionField } from "../shapes.ts";
import { listSites } from "../sites/reads.ts";
import { readFullTime } from "./imports.ts";
import { nameOf } from "./reads.ts";
import { type MemberRecord, memberRecord } from "./record.ts";

const line = z.string().default("").transform(oneLine).pipe(z.string().max(120, "120 signes au plus."));
const fields = {
  nom: line.refine((name) => name !== "", "Écrivez le nom."),
  prenom: line,
  sexe: z.enum(["", "F", "M", "X"], "Choisissez dans la liste.").default(""),
  fonction: line,
  pole: line,
  employeur: line,
  lieu: z
    .string()
    .default("")
    .refine((id) => id === "" || isUuid(id), "Choisissez dans la liste."),
  entree: dayField("Écrivez le premier jour jj/mm/aaaa."),
  sortie: optionalDay("Écrivez le dernier jour jj/mm/aaaa."),
  part: z
    .string()
    .default("1")
    .transform((text, context) => {
      const read = readFullTime(oneLine(text) || "1");
      if (read.ok) return Number(read.value);
      context.addIssue({ code: "custom", message: `${read.reason}.` });
      return z.NEVER;
    }),
};
const endBeforeStart = { message: "Le dernier jour vient avant le premier.", path: ["sortie"] };
const inOrder = ({ entree, sortie }: { entree: string; sortie: string | null }): boolean => !sortie || sortie >= entree;
const NewMember = z.object({ ...fields, key: keyField }).refine(inOrder, endBeforeStart);
const CorrectedMember = z.object({ ...fields, version: versionField }).refine(inOrder, endBeforeStart);
type MemberForm = Omit<z.infer<typeof NewMember>, "key">;

const sexOptions = [
  { value: "F", label: "femme" },
  { value: "M", label: "homme" },
  { value: "X", label: "autre" },
];
const crumbs = [{ href: "/equipe", label: "Équipe" }];
const gone = "Cette personne";

type Values = Readonly<Record<string, string>>;
const valuesOf = (one: MemberRecord): Values => ({
  nom: one.familyName,
  prenom: one.givenName,
  sexe: one.sex ?? "",
  fonction: one.function ?? "",
  pole: one.pole ?? "",
  employeur: one.employer ?? "",
  lieu: one.siteId ?? "",
  entree: shortDay(one.fromDay),
  sortie: one.toDay ? shortDay(one.toDay) : "",
  part: String(one.percent / 100).replace(".", ","),
});

async function Fields({ tx, values, mistakes }: { tx: Tx; values: Values; mistakes: Values }) {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  const sites = (await listSites(tx)).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div class="fields">
      <TextField {...field("nom")} label="Nom" maxlength={120} />
      <TextField {...field("prenom")} label="Prénom" maxlength={120} required={false} />
      <SelectField {...field("sexe")} label="Sexe" options={sexOptions} empty="non précisé" required={false} />
      <TextField {...field("fonction")} label="Fonction" maxlength={120} required={false} />
      <TextField {...field("pole")} label="Pôle" maxlength={120} required={false} />
      <TextField
        {...field("employeur")}
        label="Employeur"
        hint="Vide : la maison. Sinon la structure qui met cette personne à disposition."
        maxlength={120}
        required={false}
      />
      <SelectField {...field("lieu")} label="Lieu" options={sites} empty="sans lieu" required={false} />
      <DateField {...field("entree")} label="Premier jour" />
      <DateField {...field("sortie")} label="Dernier jour" required={false} />
      <TextField {...field("part")} label="Part d’un temps plein" hint="1 ; 0,8 ; 80 %" width="short" />
    </div>
  );
}

const siteThere = async (tx: Tx, lieu: string): Promise<boolean> =>
  lieu === "" || (await listSites(tx)).some(({ id }) => id === lieu);
const unknownSite = { lieu: "Ce lieu n’est pas dans la liste." };

async function formPage(
  at: At<unknown>,
  facts: { title: string; action: string; hidden: Values; values: Values; submit: string },
  told: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Promise<Answer> {
  const again = told.mistakes !== undefined || told.stale === true;
  const mistakes = told.mistakes ?? {};
  return page({
    title: facts.title,
    status: told.stale ? 409 : again ? 422 : 200,
    crumbs,
    ...(told.stale
      ? {
          notice: {
            kind: "warn" as const,
            text: "Quelqu’un a modifié cela entre-temps : rouvrez la fiche pour voir ce qu’elle dit ; votre saisie est ci-dessous.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={facts.title} />
        <ErrorSummary fields={mistakes} />
        <PostForm action={facts.action}>
          {Object.entries(facts.hidden).map(([name, value]) => (
            <Hidden key={name} name={name} value={value} />
          ))}
          {await Fields({ tx: at.tx, values: again ? firstValues(at.typed) : facts.values, mistakes })}
          <Submit>{facts.submit}</Submit>
        </PostForm>
      </>
    ),
  });
}

const columns = (wish: MemberForm) =>
  sql`family_name = ${wish.nom}, given_name = ${wish.prenom}, sex = ${wish.sexe || null}, function = ${wish.fonction || null}, pole = ${wish.pole || null},
      employer = ${wish.employeur || null}, site_id = ${wish.lieu || null}, from_day = ${wish.entree}, to_day = ${wish.sortie}, full_time_percent = ${wish.part}`;

export function staffRecordingRoutes(routes: Routes): void {
  const right = rights["staff.see"];
  const fresh = "/equipe/nouvelle";
  const freshPage = (at: At<unknown>, mistakes?: Record<string, string>): Promise<Answer> =>
    formPage(
      at,
      {
        title: "Ajouter quelqu’un à l’équipe",
        action: fresh,
        hidden: { key: firstValues(at.typed).key || at.tx.ids.uuid() },
        values: { entree: shortDay(at.tx.today), part: "1" },
        submit: "Ajouter à l’équipe",
      },
      mistakes ? { mistakes } : {},
    );
  routes.get(fresh, { right, trace: { none: "an empty form" } }, (at) => freshPage(at));
  routes.post(
    fresh,
    { right, trace: "staff.added", form: NewMember, onMistakes: (at, { fields: mistakes }) => freshPage(at, mistakes) },
    async (at) => {
      const { key, ...wish } = at.form;
      if (!(await siteThere(at.tx, wish.lieu))) return freshPage(at, unknownSite);
      const { rows } = await sql`
        INSERT INTO house.staff (house_id, id, family_name, given_name, sex, function, pole, employer, site_id, from_day, to_day, full_time_percent)
        VALUES (${at.scope.house}, ${key}, ${wish.nom}, ${wish.prenom}, ${wish.sexe || null}, ${wish.fonction || null}, ${wish.pole || null}, ${wish.employeur || null}, ${wish.lieu || null}, ${wish.entree}, ${wish.sortie}, ${wish.part})
        ON CONFLICT DO NOTHING RETURNING id`.execute(at.tx.on());
      if (rows.length > 0) at.about("staff", key);
      else at.nothingHappened();
      return redirect(`/equipe/${key}`, "Cette personne est de l’équipe.");
    },
  );

  const correction = (
    at: At<unknown>,
    one: MemberRecord,
    told: { mistakes?: Record<string, string>; stale?: boolean } = {},
  ): Promise<Answer> =>
    formPage(
      at,
      {
        title: `Corriger ${nameOf(one)}`,
        action: `/equipe/${one.id}/corriger`,
        hidden: { version: String(one.version) },
        values: valuesOf(one),
        submit: "Corriger",
      },
      told,
    );
  const found = (at: At<unknown>): Promise<MemberRecord | null> => memberRecord(at.tx, at.params.member ?? "");
  routes.get("/equipe/:member/corriger", { right, trace: "staff.opened" }, async (at) => {
    const one = await found(at);
    if (!one) return notFound(gone);
    at.about("staff", one.id);
    return correction(at, one);
  });
  routes.post(
    "/equipe/:member/corriger",
    {
      right,
      trace: "staff.corrected",
      form: CorrectedMember,
      async onMistakes(at, { fields: mistakes }) {
        const one = await found(at);
        return one ? correction(at, one, { mistakes }) : notFound(gone);
      },
    },
    async (at) => {
      const one = await found(at);
      if (!one) return notFound(gone);
      const { version, ...wish } = at.form;
      if (!(await siteThere(at.tx, wish.lieu))) return correction(at, one, { mistakes: unknownSite });
      const { rows } = await sql`
        UPDATE house.staff SET ${columns(wish)}, version = version + 1 WHERE house_id = ${at.scope.house} AND id = ${one.id} AND version = ${version} RETURNING id`.execute(
        at.tx.on(),
      );
      if (rows.length === 0) return correction(at, one, { stale: true });
      at.about("staff", one.id);
      return redirect(`/equipe/${one.id}`, "La fiche est corrigée.");
    },
  );
}
