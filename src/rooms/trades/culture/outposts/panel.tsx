// Permanences on the sheet of the structure that hosts them, the latest first.
import { sql } from "kysely";
import type { StructurePanel } from "../../../../core/room.ts";
import { plural } from "../../../../ui/words.ts";
import { projectRights } from "../projects/rights.ts";
import { momentOf, statusWords } from "./action-routes.tsx";
import type { Action } from "./reads.ts";

const most = 10;

export const outpostPanel: StructurePanel = {
  order: 61,
  right: projectRights["culture-action.see"],
  async panel(tx, structure) {
    const { rows } = await sql<Pick<Action, "id" | "title" | "day" | "at" | "status" | "present">>`
      SELECT s.id, s.title, s.starts_on AS day, to_char(s.starts_at, 'HH24:MI') AS at, s.status,
             (SELECT coalesce(sum(coalesce(c.heads, 1)), 0)::int FROM agenda.attendances c WHERE c.house_id = s.house_id AND c.session_id = s.id AND c.state = 'present') AS present
        FROM culture.outposts o JOIN agenda.sessions s ON s.house_id = o.house_id AND s.id = o.session_id
       WHERE o.house_id = ${tx.scope.house} AND o.host_id = ${structure} ORDER BY s.starts_on DESC, s.id DESC LIMIT ${most}`.execute(
      tx.on(),
    );
    if (rows.length === 0) return null;
    return (
      <section>
        <h2>Permanences accueillies</h2>
        <ul>
          {rows.map((line) => (
            <li key={line.id}>
              <a href={`/culture/actions/${line.id}`}>{line.title}</a>, {momentOf(line)}, {statusWords[line.status]}
              {line.status === "held"
                ? `, ${plural(line.present, "personne rencontrée", "personnes rencontrées")}`
                : ""}
            </li>
          ))}
        </ul>
        {rows.length === most ? <p>Les {most} dernières.</p> : null}
      </section>
    );
  },
};
