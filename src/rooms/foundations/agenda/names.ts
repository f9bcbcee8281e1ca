// Names typed while the line was cut, and never found: nobody keeps them for ever. The visits stay, without a name.
import { sql } from "kysely";
import type { Job } from "../../../core/jobs/job.ts";
import { addDays } from "../../../core/time.ts";

/** How long a name may wait for its file: as long as nobody would still remember who it was. */
const patience = 365;

export const forgetNames: Job = {
  name: "agenda.forget-names",
  cron: "20 3 * * *",
  sentence:
    "Efface les noms notés sans réseau dont la fiche n’a pas été trouvée en un an ; les visites restent, sans nom.",
  async run(tx) {
    const { rows } = await sql`
      DELETE FROM agenda.visit_names n USING agenda.visits v
       WHERE n.house_id = ${tx.scope.house} AND v.house_id = n.house_id AND v.id = n.visit_id AND v.occurred_on < ${addDays(tx.today, -patience)}::date
      RETURNING n.visit_id`.execute(tx.on());
    return { names: rows.length };
  },
};
