// On a structure's sheet: the programmes in which it is or was, and the way into one.
import type { StructureLink, StructurePanel } from "../../../../core/room.ts";
import { shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { accompanimentsOf } from "./reads.ts";

export const accompanimentPanel: StructurePanel = {
  order: 40,
  right: rights["enrolment.see"],
  async panel(tx, structure) {
    const lines = await accompanimentsOf(tx, structure);
    return (
      <section>
        <h2>Dispositifs</h2>
        {lines.length === 0 ? <p>Cette structure n’est accompagnée dans aucun dispositif.</p> : null}
        <ul>
          {lines.map((line) => (
            <li key={line.id}>
              <a href={`/structures-accompagnees/${line.id}`}>{line.programmeTitle}</a>,{" "}
              {line.exitOn
                ? `du ${shortDay(line.entryOn)} au ${shortDay(line.exitOn)}`
                : `depuis le ${shortDay(line.entryOn)}`}
              {line.exitWord ? ` : ${line.exitWord}` : ""}
            </li>
          ))}
        </ul>
        <p class="no-print">
          <a href={`/structures-accompagnees/nouvelle?structure=${structure}`}>La faire entrer dans un dispositif</a>
        </p>
      </section>
    );
  },
};

export const accompanimentStructureLink: StructureLink = {
  table: "programmes.accompaniments",
  column: "structure_id",
  key: ["id"],
  label: "accompagnements dans un dispositif",
};
