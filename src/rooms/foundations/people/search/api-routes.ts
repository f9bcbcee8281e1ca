// People for programs: the same search and the same identity as on the pages, under the same rights and with the same traces.
import { z } from "zod";
import { refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { findPersons, personById } from "../reads.ts";
import { rights } from "../rights.ts";

const Found = z.object({
  id: z.string(),
  code: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  birthDate: z.string().nullable(),
  communeName: z.string().nullable(),
  lastContactOn: z.string().nullable(),
});

const Identity = Found.extend({
  sex: z.enum(["F", "M", "X"]).nullable(),
  birthName: z.string().nullable(),
  communeCode: z.string().nullable(),
  site: z.string().nullable(),
  createdOn: z.string(),
  archived: z.boolean(),
  version: z.number().int(),
  /** Left out for a key whose role may not see how to reach people. */
  contact: z
    .object({
      phone: z.string().nullable(),
      email: z.string().nullable(),
      address: z.string().nullable(),
      postalCode: z.string().nullable(),
    })
    .optional(),
});

export function declarePersonsApi(routes: Routes): void {
  routes.api(
    "GET",
    "/api/v1/persons",
    {
      right: rights["person.search"],
      trace: "person.searched",
      summary: "Cherche des personnes : nom, date de naissance, téléphone, identifiant.",
      query: z.object({
        q: z.string("dites qui chercher").min(2, "deux signes au moins").max(200, "200 signes au plus"),
        most: z.coerce
          .number("un nombre de 1 à 50")
          .int("un nombre entier")
          .min(1, "au moins 1")
          .max(50, "au plus 50")
          .default(20),
      }),
      answer: z.object({ persons: z.array(Found) }),
    },
    async (at) => ({ persons: await findPersons(at.tx, at.form.q, at.form.most) }),
  );
  routes.api(
    "GET",
    "/api/v1/persons/:person",
    {
      right: rights["person.open"],
      trace: "person.opened",
      summary:
        "L’identité d’une personne. Une fiche fusionnée donne celle qui l’a reçue ; une fiche effacée n’est pas donnée.",
      query: z.object({}),
      answer: Identity,
    },
    async (at) => {
      let person = isUuid(at.params.person ?? "") ? await personById(at.tx, at.params.person ?? "") : null;
      while (person?.merged_into) person = await personById(at.tx, person.merged_into);
      if (!person || person.anonymised_at) return refusal(404, "Cette personne n’existe pas, ou n’est pas à voir.");
      at.about("person", person.id);
      return {
        id: person.id,
        code: person.code,
        familyName: person.family_name,
        givenName: person.given_name,
        birthDate: person.birth_date,
        communeName: person.commune_name,
        lastContactOn: person.last_contact_on,
        sex: person.sex,
        birthName: person.birth_name,
        communeCode: person.commune_code,
        site: person.site_id,
        createdOn: person.created_on,
        archived: person.archived_at !== null,
        version: person.version,
        ...(may(at.scope, rights["person.contact"])
          ? {
              contact: {
                phone: person.phone,
                email: person.email,
                address: person.address,
                postalCode: person.postal_code,
              },
            }
          : {}),
      };
    },
  );
}
