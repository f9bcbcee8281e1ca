// An adviser's active list: who is accompanied today, who was not met for long, and the hand-over of one, several or all of them.
import { sql } from "kysely";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import type { PathAhead, PathFacts } from "../../../../core/room.ts";
import { addDays } from "../../../../core/time.ts";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith } from "../../house/door.ts";
import { planDueWords } from "../plans/panel.tsx";
import { duePlanActions } from "../plans/reads.ts";
import { rights, seenBy } from "../rights.ts";
import { dueWords } from "../steps/panel.tsx";
import { dueSteps } from "../steps/reads.ts";
import { handOver, handovers, takeBack } from "./handovers.ts";
import { referentRoles } from "./new-routes.tsx";
import { NothingForm, ReferentForm } from "./shapes.ts";

/** Days without a contact after which somebody is shown first. The house's habit, not a law. */
const longDays = 60;

export type CaseloadLine = {
  id: string;
  person: string;
  name: string;
  programme: string;
  site: string | null;
  entryOn: string;
  lastContact: string | null;
  stage: string | null;
};

/** The enrolments of which somebody is the referent today, those not met for longest first. `referent` null: those that have none. */
export const caseload = (at: At<unknown>, referent: string | null) => {
  const within = seenBy(at.scope, rights["enrolment.see"]);
  return sql<CaseloadLine>`
    SELECT e.id, e.person_id AS person, trim(p.given_name || ' ' || p.family_name) AS name, g.title AS programme, s.name AS site, e.entry_on AS "entryOn", p.last_contact_on AS "lastContact", (
        SELECT t.label FROM programmes.stages_reached x JOIN programmes.stages t ON t.house_id = x.house_id AND t.id = x.stage_id WHERE x.house_id = e.house_id AND x.enrolment_id = e.id ORDER BY t.position DESC LIMIT 1) AS stage
      FROM ${
        referent === null
          ? sql`programmes.enrolments e`
          : sql`programmes.referents r JOIN programmes.enrolments e ON e.house_id = r.house_id AND e.id = r.enrolment_id`
      }
      JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
      JOIN programmes.programmes g ON g.house_id = e.house_id AND g.id = e.programme_id
      LEFT JOIN house.sites s ON s.house_id = e.house_id AND s.id = e.site_id
     WHERE e.house_id = ${at.scope.house} AND (e.exit_on IS NULL OR e.exit_on >= ${at.tx.today}) AND e.followed
       AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)
       ${
         referent === null
           ? sql`AND NOT EXISTS (SELECT 1 FROM programmes.referents r WHERE r.house_id = e.house_id AND r.enrolment_id = e.id AND r.to_day IS NULL)`
           : sql`AND r.house_id = ${at.scope.house} AND r.account_id = ${referent} AND r.from_day <= ${at.tx.today} AND (r.to_day IS NULL OR r.to_day >= ${at.tx.today})`
       }
       ${within === null ? sql`` : sql`AND (e.site_id = ANY(${within.sites}::uuid[]) OR e.programme_id = ANY(${within.programmes}::uuid[]) OR ${referent !== null && referent === at.scope.account})`}
     ORDER BY p.last_contact_on NULLS FIRST, p.family_name, p.given_name, e.id`;
};

const none = "aucun";

async function aheadOf(
  at: At<unknown>,
  others: readonly PathFacts[],
  persons: readonly string[],
): Promise<Map<string, PathAhead[]>> {
  const found: PathAhead[] = [];
  for (const other of others) if (may(at.scope, other.right)) found.push(...(await other.ahead(at.tx, persons)));
  return Map.groupBy(found, (one) => one.person);
}

const Ahead = ({ ahead }: { ahead: readonly PathAhead[] }) => (
  <>
    {ahead.map((one, place) => (
      <span key={one.href}>
        {place > 0 ? ", " : ""}
        <a href={one.href}>{one.late ? <strong>{one.text}</strong> : one.text}</a>
      </span>
    ))}
  </>
);

async function active(at: At<unknown>, others: readonly PathFacts[], mistake = ""): Promise<Answer> {
  const referents = await accountsWith(at.tx, referentRoles);
  const asked = at.query.referent ?? "";
  const referent = asked === none ? null : isUuid(asked) ? asked : at.scope.account;
  const who = referents.find((one) => one.id === referent);
  const mine = referent !== null && referent === at.scope.account;
  const { rows } = await caseload(at, referent).execute(at.tx.on());
  const late = rows.filter((line) => line.lastContact === null || line.lastContact < addDays(at.tx.today, -longDays));
  const ids = rows.map((line) => line.id);
  const due = Map.groupBy(await dueSteps(at.tx, ids), (one) => one.enrolment);
  const planned = Map.groupBy(await duePlanActions(at.tx, ids), (one) => one.enrolment);
  const ahead = await aheadOf(at, others, [...new Set(rows.map((line) => line.person))]);
  const hands = may(at.scope, rights["caseload.hand"]);
  const past = hands ? await handovers(at.tx, 10) : [];
  const title = mine
    ? "Ma file active"
    : referent === null
      ? "Parcours sans référent"
      : `File active de ${who?.name ?? "ce compte"}`;
  const lateIds = new Set(late.map((line) => line.id));
  return page({
    title,
    status: mistake ? 422 : 200,
    ...(mistake ? { notice: { kind: "error", text: mistake } } : {}),
    body: (
      <>
        <Heading title={title}>
          {plural(rows.length, "parcours en cours", "parcours en cours")}
          {late.length > 0
            ? `, dont ${plural(late.length, "sans contact", "sans contact")} depuis plus de ${longDays} jours`
            : ""}
          .
        </Heading>
        <form method="get" class="filters no-print">
          <SelectField
            name="referent"
            label="Référent"
            value={referent ?? none}
            options={[
              ...referents.map((one) => ({ value: one.id, label: one.name })),
              { value: none, label: "sans référent" },
            ]}
          />
          <button type="submit" class="second">
            Voir
          </button>
        </form>
        <form method="post" action="/file-active/passage">
          <input type="hidden" name="key" value={at.tx.ids.uuid()} />
          <input type="hidden" name="de" value={referent ?? ""} />
          <DataTable
            caption={title}
            hideCaption
            rows={rows}
            rowKey={(line) => line.id}
            empty={<p>Personne ici aujourd’hui. Le référent d’un parcours se choisit à l’entrée, ou par un passage.</p>}
            columns={[
              ...(hands
                ? [
                    {
                      key: "pick",
                      label: "Choisir",
                      render: (line: CaseloadLine) => (
                        <label class="pick">
                          <input type="checkbox" name="parcours" value={line.id} />
                          <span class="visually-hidden">Choisir {line.name}</span>
                        </label>
                      ),
                    },
                  ]
                : []),
              {
                key: "name",
                label: "Personne",
                header: true,
                render: (line: CaseloadLine) => <a href={`/parcours/${line.id}`}>{line.name}</a>,
              },
              { key: "programme", label: "Dispositif", render: (line: CaseloadLine) => line.programme },
              { key: "site", label: "Antenne", render: (line: CaseloadLine) => line.site },
              { key: "entry", label: "Depuis", render: (line: CaseloadLine) => shortDay(line.entryOn) },
              { key: "stage", label: "Étape", render: (line: CaseloadLine) => line.stage },
              {
                key: "contact",
                label: "Dernier contact",
                render: (line: CaseloadLine) => (
                  <>
                    {line.lastContact ? shortDay(line.lastContact) : "jamais"}
                    {lateIds.has(line.id) ? <strong> à rappeler</strong> : null}
                  </>
                ),
              },
              ...(ahead.size > 0
                ? [
                    {
                      key: "ahead",
                      label: "Rendez-vous",
                      render: (line: CaseloadLine) => <Ahead ahead={ahead.get(line.person) ?? []} />,
                    },
                  ]
                : []),
              ...(due.size + planned.size > 0
                ? [
                    {
                      key: "due",
                      label: "À faire",
                      render: (line: CaseloadLine) => (
                        <strong>
                          {[dueWords(due.get(line.id) ?? []), planDueWords(planned.get(line.id) ?? [])]
                            .filter(Boolean)
                            .join(" ; ")}
                        </strong>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {hands && rows.length > 0 ? (
            <fieldset class="field no-print">
              <legend>Confier à un autre référent</legend>
              <div class="fields">
                <SelectField
                  name="vers"
                  label="À"
                  empty=""
                  options={referents
                    .filter((one) => one.id !== referent)
                    .map((one) => ({ value: one.id, label: one.name }))}
                />
                <DateField name="jour" label="À partir du" value={shortDay(at.tx.today)} />
              </div>
              <button type="submit" name="tous" value="0" class="second">
                Confier les parcours choisis
              </button>{" "}
              <button type="submit" name="tous" value="1" class="second">
                Confier toute la file
              </button>
            </fieldset>
          ) : null}
        </form>
        {past.length > 0 ? (
          <section class="no-print">
            <h2>Derniers passages</h2>
            <ul>
              {past.map((one) => (
                <li key={one.id}>
                  {plural(one.count, "parcours", "parcours")} de {one.from ?? "personne"} à {one.to}, à partir du{" "}
                  {shortDay(one.day)}
                  {one.undone ? ", annulé" : null}
                  {one.undone ? null : (
                    <form method="post" action={`/file-active/passages/${one.id}/annulation`} class="inline">
                      <button type="submit" class="plain">
                        Annuler ce passage
                      </button>
                    </form>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </>
    ),
  });
}

export function declareCaseload(routes: Routes, others: () => readonly PathFacts[]): void {
  routes.get("/file-active", { right: rights["enrolment.see"], trace: "caseload.opened" }, (at) =>
    active(at, others()),
  );
  routes.post(
    "/file-active/passage",
    {
      right: rights["caseload.hand"],
      trace: "caseload.handed",
      form: ReferentForm,
      onMistakes: (at, { fields }) => active(at, others(), Object.values(fields)[0] ?? "Ce formulaire est illisible."),
    },
    async (at) => {
      const { form } = at;
      const from = form.de === "" ? null : form.de;
      const to = (await accountsWith(at.tx, referentRoles)).find((one) => one.id === form.vers);
      if (!to) return active(at, others(), "Choisissez à qui confier ces parcours.");
      const seen = (await caseload(at, from).execute(at.tx.on())).rows.map((line) => line.id);
      const chosen = form.tous === "1" ? seen : seen.filter((id) => at.typed.parcours?.includes(id));
      if (chosen.length === 0) return active(at, others(), "Choisissez au moins un parcours.");
      const { id, moved } = await handOver(at.tx, {
        key: form.key,
        enrolments: chosen,
        from,
        to: to.id,
        day: form.jour,
      });
      if (moved === 0) at.nothingHappened();
      else at.about("handover", id, { moved });
      return redirect(
        `/file-active${from === null ? `?referent=${none}` : `?referent=${from}`}`,
        `${plural(moved, "parcours confié", "parcours confiés")} à ${to.name}. Cela s’annule plus bas.`,
      );
    },
  );
  routes.post(
    "/file-active/passages/:handover/annulation",
    {
      right: rights["caseload.hand"],
      trace: "caseload.taken-back",
      form: NothingForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const id = at.params.handover ?? "";
      const done = isUuid(id) ? await takeBack(at.tx, id) : null;
      if (!done) return notFound("Ce passage");
      at.about("handover", id, done);
      return redirect(
        "/file-active",
        `${plural(done.back, "parcours revient", "parcours reviennent")} à son référent d’avant${done.left > 0 ? ` ; ${done.left} confiés ailleurs depuis restent` : ""}.`,
      );
    },
  );
}
