// Visits for programs: the same acts, rights and traces as the desk's pages. A key notes for the sites of its role only.
import { z } from "zod";
import { notFound, refusal } from "../../../core/http/answer.ts";
import type { At, Routes } from "../../../core/http/route.ts";
import { isUuid } from "../../../core/ids.ts";
import { comparable } from "../../../core/importing/values.ts";
import { may, sitesFor } from "../../../core/rights.ts";
import { addDays, isDay, minuteIn } from "../../../core/time.ts";
import { sitesByName } from "../house/door.ts";
import { countVisits, listTerms, type VisitFilter, type VisitLine, visitById, visitList } from "./reads.ts";
import { rights } from "./rights.ts";
import { momentRefusal } from "./rules.ts";
import { recordVisit } from "./writes.ts";

const uuid = z.string().refine(isUuid, "un identifiant (UUID en minuscules)");
const day = z.string().refine(isDay, "une date, par exemple 2020-12-31");
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "une heure, par exemple 09:05");
const site = z.string().min(1).max(100).describe("Identifiant, code ou nom d’un lieu");

const VisitShape = z.object({
  id: uuid,
  day,
  hour: hour.nullable(),
  site: uuid,
  siteName: z.string(),
  person: uuid.nullable().describe("Identifiant de la fiche ; null : sans nom"),
  unnamedSex: z.enum(["F", "M"]).nullable(),
  reason: uuid.nullable(),
  reasonLabel: z.string().nullable(),
  orientation: uuid.nullable(),
  orientationLabel: z.string().nullable(),
  mode: z.enum(["in_person", "phone", "video"]),
  group: uuid.nullable(),
  withdrawn: z.string().nullable().describe("Pourquoi la visite est retirée ; null : elle compte"),
  version: z.number().int(),
});

const shapeOf = (visit: VisitLine): z.infer<typeof VisitShape> => ({
  id: visit.id,
  day: visit.occurredOn,
  hour: visit.occurredAt,
  site: visit.siteId,
  siteName: visit.site,
  person: visit.personId,
  unnamedSex: visit.unnamedSex as "F" | "M" | null,
  reason: visit.reasonId,
  reasonLabel: visit.reason,
  orientation: visit.orientationId,
  orientationLabel: visit.orientation,
  mode: visit.mode,
  group: visit.groupId,
  withdrawn: visit.withdrawn,
  version: visit.version,
});

/** The site that a program names, by identifier, code, name or other name. */
async function siteNamed(at: At<unknown>, text: string): Promise<string | null> {
  const known = await sitesByName(at.tx);
  if (isUuid(text)) return [...known.values()].includes(text) ? text : null;
  return known.get(comparable(text).replaceAll("_", " ")) ?? null;
}

function declareReading(routes: Routes): void {
  routes.api(
    "GET",
    "/api/v1/visits",
    {
      right: rights["visit.see"],
      trace: "visit.read",
      summary: "Les visites d’une période, les dernières d’abord, par pages ; les retirées y sont, avec leur raison.",
      query: z.object({
        from: day.optional().describe("Premier jour ; sans lui, trente jours avant le dernier"),
        to: day.optional().describe("Dernier jour ; sans lui, aujourd’hui"),
        site: site.optional(),
        before: uuid.optional().describe("Identifiant de la dernière visite de la page précédente"),
        most: z.coerce.number().int().min(1).max(500).default(100),
      }),
      answer: z.object({
        count: z.number().int().describe("Visites qui comptent, dans toute la période"),
        withdrawn: z.number().int().describe("Visites retirées, dans toute la période"),
        visits: z.array(VisitShape),
        next: uuid.nullable().describe("À donner comme `before` pour la suite ; null : c’est la fin"),
      }),
    },
    async (at) => {
      const { form, tx } = at;
      const to = form.to ?? tx.today;
      const held = sitesFor(at.scope, rights["visit.see"]);
      const asked = form.site === undefined ? null : await siteNamed(at, form.site);
      if (form.site !== undefined && (!asked || !may(at.scope, rights["visit.see"], { site: asked })))
        return notFound("Ce lieu");
      const filter: VisitFilter = { sites: asked ? [asked] : held, from: form.from ?? addDays(to, -30), to };
      const { rows } = await visitList(tx, filter, { before: form.before ?? null, most: form.most + 1 }).execute(
        tx.on(),
      );
      const visits = rows.slice(0, form.most);
      const { count, withdrawn } = await countVisits(tx, filter);
      return {
        count: count - withdrawn,
        withdrawn,
        visits: visits.map(shapeOf),
        next: rows.length > form.most ? (visits.at(-1)?.id ?? null) : null,
      };
    },
  );
  routes.api(
    "GET",
    "/api/v1/visits/:visit",
    {
      right: rights["visit.see"],
      trace: "visit.read",
      summary: "Une visite.",
      query: z.object({}),
      answer: VisitShape,
    },
    async (at) => {
      const id = at.params.visit ?? "";
      const visit = isUuid(id) ? await visitById(at.tx, id) : null;
      if (!visit || !may(at.scope, rights["visit.see"], { site: visit.siteId })) return notFound("Cette visite");
      at.about("visit", visit.id);
      return shapeOf(visit);
    },
  );
  routes.api(
    "GET",
    "/api/v1/visit-terms",
    {
      right: rights["visit.see"],
      trace: { none: "lists of words, no record of anybody" },
      summary: "Les motifs et les orientations, avec leurs jours.",
      query: z.object({}),
      answer: z.object({
        terms: z.array(
          z.object({
            id: uuid,
            kind: z.enum(["reason", "orientation"]),
            label: z.string(),
            site: uuid.nullable(),
            from: day,
            to: day.nullable(),
          }),
        ),
      }),
    },
    async (at) => ({
      terms: (await listTerms(at.tx)).map(({ id, kind, label, site_id, from_day, to_day }) => ({
        id,
        kind,
        label,
        site: site_id,
        from: from_day,
        to: to_day,
      })),
    }),
  );
}

function declareRecording(routes: Routes): void {
  routes.api(
    "POST",
    "/api/v1/visits",
    {
      right: rights["visit.record"],
      trace: "visit.recorded",
      summary: "Note une visite. Envoyée deux fois avec le même `id`, elle est notée une fois.",
      body: z.object({
        id: uuid.describe("Choisi par le programme, une fois pour chaque visite : c’est la clé qui empêche le double"),
        site,
        day: day.optional().describe("Sans lui, aujourd’hui"),
        hour: hour.optional().describe("Sans elle, maintenant si la visite est d’aujourd’hui"),
        person: uuid.nullable().default(null).describe("Identifiant d’une fiche ; null : sans nom"),
        unnamedSex: z.enum(["F", "M"]).nullable().default(null),
        reason: uuid.nullable().default(null),
        orientation: uuid.nullable().default(null),
        mode: z.enum(["in_person", "phone", "video"]).default("in_person"),
      }),
      answer: z.object({
        visit: VisitShape,
        made: z.boolean().describe("false : elle était déjà notée, et rien n’a changé"),
      }),
    },
    async (at) => {
      const { form, tx } = at;
      const siteId = await siteNamed(at, form.site);
      if (!siteId) return refusal(422, "site : ce lieu n’existe pas dans la maison.");
      if (!may(at.scope, rights["visit.record"], { site: siteId }))
        return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
      const now = minuteIn(at.scope.zone, at.services.clock.now());
      const occurredOn = form.day ?? tx.today;
      const occurredAt = form.hour ?? (occurredOn === tx.today ? now : null);
      const late = momentRefusal({ occurredOn, occurredAt }, tx.today, now);
      if (late) return refusal(422, late);
      const recorded = await recordVisit(tx, {
        id: form.id,
        siteId,
        occurredOn,
        occurredAt,
        personId: form.person,
        reasonId: form.reason,
        orientationId: form.orientation,
        mode: form.mode,
        groupId: null,
        unnamedSex: form.person ? null : form.unnamedSex,
      });
      if (!recorded.ok) return refusal(422, recorded.sentence);
      const visit = await visitById(tx, form.id);
      if (!visit || !may(at.scope, rights["visit.see"], { site: visit.siteId }))
        return refusal(409, "Cet identifiant est celui d’une autre visite.");
      if (recorded.made) at.about("visit", visit.id, { site: siteId });
      else at.nothingHappened();
      return { visit: shapeOf(visit), made: recorded.made };
    },
  );
}

/** Visits for programs: their pages are the desk's. */
export function declareVisits(routes: Routes): void {
  declareReading(routes);
  declareRecording(routes);
}
