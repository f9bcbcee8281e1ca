// Collective projects on a structure's sheet: those it asked for, hosted or was proposed for.
import type { StructurePanel } from "../../../../core/room.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import { projectsOfStructure } from "./reads.ts";
import { projectRights } from "./rights.ts";
import { projectStateWords } from "./words.ts";

const most = 10;

export const projectPanel: StructurePanel = {
  order: 60,
  right: projectRights["project.see"],
  async panel(tx, structure) {
    const lines = await projectsOfStructure(tx, structure, most);
    if (lines.length === 0) return null;
    return (
      <section>
        <h2>Projets culturels collectifs</h2>
        <ul>
          {lines.map((line) => (
            <li key={line.id}>
              <a href={`/culture/projets/${line.id}`}>{line.title}</a>, {shortDay(line.day)},{" "}
              {projectStateWords[line.state]}
              {line.participants === null ? "" : `, ${plural(line.participants, "participant", "participants")}`}
              {line.askedBy === structure ? ", à sa demande" : ""}
              {line.hostedBy === structure ? ", accueilli par elle" : ""}
            </li>
          ))}
        </ul>
        {lines.length === most ? <p>Les {most} derniers.</p> : null}
      </section>
    );
  },
};
