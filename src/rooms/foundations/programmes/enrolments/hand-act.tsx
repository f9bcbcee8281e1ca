// Enrolments of several people pass to another referent at once.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import type { Chosen, GroupAct } from "../../../../core/lists/acts.ts";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith } from "../../house/door.ts";
import { rights } from "../rights.ts";
import { withinSight } from "./filters.ts";
import { handOver, takeBack } from "./handovers.ts";
import { referentRoles } from "./new-routes.tsx";

const right = rights["caseload.hand"];

/** The chosen enrolments, or those that are going on for the chosen people; only where the author may hand over. */
async function enrolmentsOf(tx: Tx, chosen: Chosen): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT e.id FROM programmes.enrolments e
     WHERE ${sql.join(
       [
         sql`e.house_id = ${tx.scope.house}`,
         chosen.enrolments
           ? sql`e.id = ANY(${[...chosen.enrolments]}::uuid[])`
           : sql`e.person_id = ANY(${[...chosen.persons]}::uuid[]) AND e.followed`,
         sql`(e.exit_on IS NULL OR e.exit_on >= ${tx.today})`,
         sql`NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)`,
         ...withinSight(tx.scope, right),
       ],
       sql` AND `,
     )} ORDER BY e.id`.execute(tx.on());
  return rows.map((row) => row.id);
}

export const handAct: GroupAct = {
  key: "passage",
  label: "Confier les parcours en cours à un autre référent",
  right,
  fields: async (tx, typed, mistakes) => (
    <div class="fields">
      <SelectField
        name="vers"
        id="acte-vers"
        label="À"
        empty=""
        value={typed("vers")}
        error={mistakes.vers}
        options={(await accountsWith(tx, referentRoles)).map((one) => ({ value: one.id, label: one.name }))}
      />
      <DateField
        name="jour"
        id="acte-jour"
        label="À partir du"
        value={typed("jour") || shortDay(tx.today)}
        error={mistakes.jour}
      />
    </div>
  ),
  async run(tx, { id, chosen, typed }) {
    const day = readDay(typed("jour").trim());
    const to = isUuid(typed("vers"))
      ? (await accountsWith(tx, referentRoles)).find((one) => one.id === typed("vers"))
      : undefined;
    if (!to || !day.ok)
      return {
        ok: false,
        mistakes: {
          ...(to ? {} : { vers: "Choisissez à qui confier ces parcours." }),
          ...(day.ok ? {} : { jour: `${typed("jour").trim() === "" ? "Donnez le jour" : day.reason}.` }),
        },
      };
    const enrolments = await enrolmentsOf(tx, chosen);
    const { moved } = await handOver(tx, { key: id, enrolments, from: null, to: to.id, day: day.value });
    const all = chosen.enrolments?.length ?? enrolments.length;
    const stays = all - moved;
    const more =
      stays > 0
        ? ` ${plural(stays, "ne bouge pas", "ne bougent pas")}\u00a0: déjà à cette personne, finis, ou hors de ce que vous pouvez confier.`
        : "";
    return {
      ok: true,
      done: moved,
      said: `${plural(moved, "parcours confié", "parcours confiés")} à ${to.name} à partir du ${shortDay(day.value)}.${more}`,
    };
  },
  undo: takeBack,
};
