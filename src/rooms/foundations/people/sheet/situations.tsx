// What is true of a person today or on any day, its history, and the form of a change.
import { DateField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { valueOn } from "../rules.ts";
import type { SituationKind, SituationsTable } from "../tables.ts";
import { situationWords } from "../words.ts";

type Row = Pick<SituationsTable, "kind" | "from_day" | "value" | "since_day">;

export function SituationList({
  rows,
  onDay,
  sensitive,
  person,
}: {
  rows: readonly Row[];
  onDay: string;
  sensitive: boolean;
  person: string;
}) {
  const kinds = (Object.keys(situationWords) as SituationKind[]).filter(
    (kind) => sensitive || !situationWords[kind].sensitive,
  );
  return (
    <>
      <dl class="facts">
        {kinds.map((kind) => {
          const history = rows.filter((row) => row.kind === kind);
          const now = valueOn(history, onDay);
          const words = situationWords[kind];
          const earlier = history.filter((row) => row !== now);
          return (
            <div key={kind}>
              <dt>{words.label}</dt>
              <dd>
                {now ? (words.values[now.value] ?? now.value) : <span class="none">non renseigné</span>}
                {now ? <small> depuis le {shortDay(now.since_day ?? now.from_day)}</small> : null}
                {earlier.length > 0 ? (
                  <details>
                    <summary>Historique</summary>
                    <ul>
                      {earlier.map((row) => (
                        <li key={row.from_day}>
                          {shortDay(row.from_day)} : {words.values[row.value] ?? row.value}
                        </li>
                      ))}
                    </ul>
                  </details>
                ) : null}
              </dd>
            </div>
          );
        })}
      </dl>
      <form method="get" class="filters no-print" action={`/personnes/${person}`}>
        <DateField name="jour" label="Ce qui était vrai le" value={shortDay(onDay)} />
        <button type="submit" class="second">
          Voir ce jour
        </button>
        {sensitive ? null : (
          <a href={`/personnes/${person}/sensible`}>Afficher les informations sensibles (la lecture est notée)</a>
        )}
      </form>
    </>
  );
}

export function SituationForm({
  person,
  today,
  mistakes,
}: {
  person: string;
  today: string;
  mistakes: Readonly<Record<string, string>>;
}) {
  return (
    <details class="no-print" open={Object.keys(mistakes).length > 0}>
      <summary>Noter un changement</summary>
      <form method="post" action={`/personnes/${person}/situation`}>
        <div class="field">
          <label for="choix">Ce qui change</label>
          {mistakes.choix ? <p class="mistake">{mistakes.choix}</p> : null}
          <select id="choix" name="choix">
            {(Object.keys(situationWords) as SituationKind[]).map((kind) => (
              <optgroup key={kind} label={situationWords[kind].label}>
                {Object.entries(situationWords[kind].values).map(([value, label]) => (
                  <option key={value} value={`${kind}:${value}`}>
                    {situationWords[kind].label} : {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        <DateField name="a_partir_du" label="À partir du" value={shortDay(today)} error={mistakes.a_partir_du} />
        <DateField
          name="inscrit_depuis"
          label="Inscrit ou ouvert depuis"
          required={false}
          error={mistakes.inscrit_depuis}
        />
        <button type="submit">Noter</button>
      </form>
    </details>
  );
}
