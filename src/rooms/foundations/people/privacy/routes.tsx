// A person's rights over their data: information and consent, requests and their answer, the whole file, erasure.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { addDays } from "../../../../core/time.ts";
import { SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { countHanging } from "../merge/writes.ts";
import { type Person, personById } from "../reads.ts";
import { anonymise } from "../retention/writes.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import type { ConsentsTable, PeopleTables, RequestsTable } from "../tables.ts";
import { consentWords, requestWords } from "../words.ts";
import { dossierOf } from "./dossier.tsx";

const purposes: Readonly<Record<string, string>> = {
  notice: "Information sur ses données (articles 13 et 14 du RGPD)",
  share: "Partage avec les partenaires qui l’accompagnent",
  contact: "Être recontacté(e) pour des propositions",
  image: "Photo et témoignage",
};

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export function declarePrivacy(routes: Routes, links: () => readonly PersonLink[]): void {
  const found = async (at: At<unknown>): Promise<Person | null> => {
    const id = at.params.person ?? "";
    const person = isUuid(id) ? await personById(at.tx, id) : null;
    return person && !person.merged_into && !person.anonymised_at ? person : null;
  };
  const mine = (at: At<unknown>, person: string) => ({
    house_id: at.scope.house,
    id: at.tx.ids.uuid(),
    person_id: person,
    recorded_by: at.scope.account,
  });

  routes.get("/personnes/:person/donnees", { right: rights["person.privacy"], trace: "person.opened" }, async (at) => {
    const person = await found(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    const db = at.tx.on<PeopleTables>();
    const consents = await db
      .selectFrom("people.consents")
      .selectAll()
      .where("house_id", "=", at.scope.house)
      .where("person_id", "=", person.id)
      .orderBy("on_day", "desc")
      .orderBy("id", "desc")
      .execute();
    const requests = await db
      .selectFrom("people.requests")
      .selectAll()
      .where("house_id", "=", at.scope.house)
      .where("person_id", "=", person.id)
      .orderBy("received_on", "desc")
      .execute();
    const hanging = (await countHanging(at.tx, links(), person.id)).filter((line) => line.count > 0);
    return page({
      title: "Données personnelles",
      crumbs: [
        { href: "/personnes", label: "Personnes" },
        { href: `/personnes/${person.id}`, label: nameOf(person) },
      ],
      body: (
        <>
          <Heading
            title={`Données personnelles de ${nameOf(person)}`}
            action={{ href: `/personnes/${person.id}/dossier`, label: "Remettre le dossier complet" }}
          />
          <h2>Information et consentements</h2>
          <DataTable
            caption="Information et consentements"
            hideCaption
            rows={consents}
            rowKey={(row) => row.id}
            empty={<p>Rien n’est encore noté : la personne doit être informée de ce que la maison garde sur elle.</p>}
            columns={[
              { key: "what", label: "Quoi", header: true, render: (row) => purposes[row.purpose] ?? row.purpose },
              { key: "answer", label: "Réponse", render: (row) => consentWords[row.answer] },
              { key: "day", label: "Le", render: (row) => shortDay(row.on_day) },
            ]}
          />
          <form method="post" action={`/personnes/${person.id}/consentements`} class="filters">
            <SelectField name="purpose" label="Quoi" options={options(purposes)} />
            <SelectField name="answer" label="Réponse" options={options(consentWords)} />
            <button type="submit">Noter</button>
          </form>
          <h2>Demandes</h2>
          <DataTable
            caption="Demandes de la personne"
            hideCaption
            rows={requests}
            rowKey={(row) => row.id}
            empty={<p>Aucune demande. La réponse est due dans le mois (article 12 du RGPD).</p>}
            columns={[
              { key: "kind", label: "Demande", header: true, render: (row) => requestWords[row.kind] },
              { key: "received", label: "Reçue le", render: (row) => shortDay(row.received_on) },
              { key: "due", label: "À répondre avant le", render: (row) => shortDay(row.due_on) },
              {
                key: "answer",
                label: "Réponse",
                render: (row) =>
                  row.answered_on ? (
                    `le ${shortDay(row.answered_on)} : ${row.answer ?? ""}`
                  ) : (
                    <form method="post" action={`/personnes/${person.id}/demandes/${row.id}`}>
                      <TextField name="answer" label="Réponse donnée" />
                      <button type="submit" class="second">
                        Répondue
                      </button>
                    </form>
                  ),
              },
            ]}
          />
          <form method="post" action={`/personnes/${person.id}/demandes`} class="filters">
            <SelectField name="kind" label="Demande reçue" options={options(requestWords)} />
            <button type="submit">Noter la demande</button>
          </form>
          {may(at.scope, rights["person.erase"]) ? (
            <>
              <h2>Effacer</h2>
              <p>
                L’effacement ne peut pas être annulé. Nom, date de naissance, coordonnées, numéros, consentements et
                informations sensibles disparaissent. Restent, sans que personne ne puisse les rattacher :{" "}
                {hanging.length === 0 ? "rien" : hanging.map((line) => `${line.count} ${line.label}`).join(", ")} ; les
                chiffres des années passées ne changent pas.
              </p>
              <form method="post" action={`/personnes/${person.id}/effacement`}>
                <TextField
                  name="reason"
                  label="Raison de l’effacement"
                  hint="Sans nom ni détail personnel : elle est gardée dans le journal."
                />
                <TextField
                  name="code"
                  label={`Pour confirmer, recopiez le code de la fiche : ${person.code}`}
                  width="short"
                />
                <button type="submit" class="danger">
                  Effacer définitivement
                </button>
              </form>
            </>
          ) : null}
        </>
      ),
    });
  });

  const Consent = z.object({
    purpose: z.string().refine((value) => value in purposes),
    answer: z.enum(["informed", "given", "refused", "withdrawn"]),
  });
  routes.post(
    "/personnes/:person/consentements",
    {
      right: rights["person.privacy"],
      trace: "consent.recorded",
      form: Consent,
      onMistakes: () => refusal(422, "Choisissez dans les listes."),
    },
    async (at) => {
      const person = await found(at);
      if (!person) return notFound("Cette fiche");
      const row: ConsentsTable = {
        ...mine(at, person.id),
        purpose: at.form.purpose,
        answer: at.form.answer,
        on_day: at.tx.today,
        recorded_at: at.tx.clock.now(),
      };
      await at.tx.on<PeopleTables>().insertInto("people.consents").values(row).execute();
      at.about("person", person.id, { purpose: at.form.purpose, answer: at.form.answer });
      return redirect(`/personnes/${person.id}/donnees`, "C’est noté.");
    },
  );

  const Request = z.object({ kind: z.enum(["access", "rectification", "erasure", "restriction", "objection"]) });
  routes.post(
    "/personnes/:person/demandes",
    {
      right: rights["person.privacy"],
      trace: "request.recorded",
      form: Request,
      onMistakes: () => refusal(422, "Choisissez dans la liste."),
    },
    async (at) => {
      const person = await found(at);
      if (!person) return notFound("Cette fiche");
      const row: RequestsTable = {
        ...mine(at, person.id),
        kind: at.form.kind,
        received_on: at.tx.today,
        due_on: addDays(at.tx.today, 30),
        answered_on: null,
        answer: null,
      };
      await at.tx.on<PeopleTables>().insertInto("people.requests").values(row).execute();
      at.about("person", person.id, { kind: at.form.kind });
      return redirect(`/personnes/${person.id}/donnees`, "La demande est notée ; la réponse est due dans le mois.");
    },
  );

  routes.post(
    "/personnes/:person/demandes/:request",
    {
      right: rights["person.privacy"],
      trace: "request.answered",
      form: z.object({ answer: z.string().min(1).max(1000) }),
      onMistakes: () => refusal(422, "Écrivez la réponse donnée."),
    },
    async (at) => {
      const person = await found(at);
      const id = at.params.request ?? "";
      if (!person || !isUuid(id)) return notFound("Cette demande");
      const done = await at.tx
        .on<PeopleTables>()
        .updateTable("people.requests")
        .set({ answered_on: at.tx.today, answer: at.form.answer })
        .where("house_id", "=", at.scope.house)
        .where("person_id", "=", person.id)
        .where("id", "=", id)
        .where("answered_on", "is", null)
        .returning("id")
        .execute();
      if (done.length === 0) return notFound("Cette demande");
      at.about("person", person.id, { request: id });
      return redirect(`/personnes/${person.id}/donnees`, "La réponse est notée.");
    },
  );

  routes.get(
    "/personnes/:person/dossier",
    { right: rights["person.privacy"], trace: "person.file-given" },
    async (at) => {
      const person = await found(at);
      if (!person) return notFound("Cette fiche");
      at.about("person", person.id);
      return {
        kind: "file",
        stream: await dossierOf(at.tx, links(), person),
        name: `dossier-${person.code}.html`,
        type: "text/html; charset=utf-8",
      };
    },
  );

  routes.post(
    "/personnes/:person/effacement",
    {
      right: rights["person.erase"],
      trace: "person.erased",
      form: z.object({ reason: z.string().trim().min(3).max(300), code: z.string().trim().toUpperCase() }),
      onMistakes: () => refusal(422, "Écrivez la raison et le code de la fiche. Rien n’a été effacé."),
    },
    async (at) => {
      const person = await found(at);
      if (!person) return notFound("Cette fiche");
      if (at.form.code !== person.code)
        return refusal(422, "Le code recopié n’est pas celui de la fiche. Rien n’a été effacé.");
      await anonymise(at.tx, links(), [person.id]);
      at.about("person", person.id, { reason: at.form.reason });
      return redirect("/personnes", "Les données de cette personne sont effacées.");
    },
  );
}
