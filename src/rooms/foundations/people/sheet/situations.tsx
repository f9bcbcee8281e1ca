// What is true of a person today or on any day, its history, the form of a change, and what was taken away.
import { dayIn } from "../../../../core/time.ts";
import { DateField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Withdrawal } from "../reads.ts";
import { valueOn } from "../rules.ts";
import type { SituationKind, SituationsTable } from "../tables.ts";
import { situationWords } from "../words.ts";
import type { Values } from "./form.tsx";

type Row = Pick<SituationsTable, "kind" | "from_day" | "value" | "since_day">;

const kinds = Object.keys(situationWords) as SituationKind[];
const valueWords = (row: Pick<Row, "kind" | "value">): string =>
  situationWords[row.kind].values[row.value] ?? row.value;

type ListProps = {
  rows: readonly Row[];
  onDay: string;
  /** What was typed for a day and could not be read. */
  asked: string | null;
  sensitive: boolean;
  person: string;
  /** An anonymous file: nothing is added or taken away. */
  settled: boolean;
};

function History({
  rows,
  now,
  person,
  settled,
}: { rows: readonly Row[]; now: Row | null } & Pick<ListProps, "person" | "settled">) {
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>Historique</summary>
      <ul>
        {rows.map((row) => (
          <li key={row.from_day}>
            à partir du {shortDay(row.from_day)} : {valueWords(row)}
            {row === now ? " (ce jour-là)" : ""}
            {settled ? null : (
              <>
                {" "}
                <a class="no-print" href={`/personnes/${person}/situation/${row.kind}/${row.from_day}`}>
                  Retirer<span class="visually-hidden"> ce qui est noté à partir du {shortDay(row.from_day)}</span>
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

export function SituationList({ rows, onDay, asked, sensitive, person, settled }: ListProps) {
  return (
    <>
      <dl class="facts">
        {kinds
          .filter((kind) => sensitive || !situationWords[kind].sensitive)
          .map((kind) => {
            const history = rows.filter((row) => row.kind === kind);
            const now = valueOn(history, onDay);
            return (
              <div key={kind}>
                <dt>{situationWords[kind].label}</dt>
                <dd>
                  {now ? valueWords(now) : <span class="none">non renseigné</span>}
                  {now ? <small> depuis le {shortDay(now.since_day ?? now.from_day)}</small> : null}
                  <History rows={history} now={now} person={person} settled={settled} />
                </dd>
              </div>
            );
          })}
      </dl>
      <form method="get" class="filters no-print" action={`/personnes/${person}${sensitive ? "/sensible" : ""}`}>
        <DateField
          name="jour"
          label="Ce qui était vrai le"
          value={asked ?? shortDay(onDay)}
          error={asked === null ? undefined : "Écrivez ce jour jj/mm/aaaa."}
        />
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
  values,
}: {
  person: string;
  today: string;
  mistakes: Readonly<Record<string, string>>;
  values: Values;
}) {
  return (
    <details class="no-print" open={Object.keys(mistakes).length > 0}>
      <summary>Noter un changement</summary>
      <form method="post" action={`/personnes/${person}/situation`}>
        <div class={mistakes.choix ? "field field-error" : "field"}>
          <label for="choix">Ce qui change</label>
          {mistakes.choix ? (
            <p class="mistake" id="choix-erreur">
              {mistakes.choix}
            </p>
          ) : null}
          <select
            id="choix"
            name="choix"
            aria-invalid={mistakes.choix ? "true" : undefined}
            aria-describedby={mistakes.choix ? "choix-erreur" : undefined}
          >
            <option value="">Choisir…</option>
            {kinds.map((kind) => (
              <optgroup key={kind} label={situationWords[kind].label}>
                {Object.entries(situationWords[kind].values).map(([value, label]) => (
                  <option key={value} value={`${kind}:${value}`} selected={values.choix === `${kind}:${value}`}>
                    {situationWords[kind].label} : {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
        <DateField
          name="a_partir_du"
          label="À partir du"
          value={values.a_partir_du ?? shortDay(today)}
          error={mistakes.a_partir_du}
        />
        <DateField
          name="inscrit_depuis"
          label="Inscrit ou ouvert depuis"
          required={false}
          value={values.inscrit_depuis}
          error={mistakes.inscrit_depuis}
        />
        <button type="submit">Noter</button>
      </form>
    </details>
  );
}

/** What was noted by mistake, with who took it away and why, and the way back. */
export function Withdrawn({
  rows,
  sensitive,
  person,
  zone,
}: {
  rows: readonly Withdrawal[];
  sensitive: boolean;
  person: string;
  zone: string;
}) {
  const seen = rows.filter((row) => sensitive || !situationWords[row.kind].sensitive);
  if (seen.length === 0) return null;
  return (
    <details class="no-print">
      <summary>Retiré de la situation ({seen.length})</summary>
      <ul>
        {seen.map((row) => (
          <li key={row.id}>
            <span class="withdrawn">
              {situationWords[row.kind].label} à partir du {shortDay(row.from_day)} : {valueWords(row)}
            </span>
            <br />
            <small>
              le {shortDay(dayIn(zone, row.withdrawn_at))} par {row.name ?? "le programme"} : {row.reason}
            </small>{" "}
            <form class="inline" method="post" action={`/personnes/${person}/retraits/${row.id}`}>
              <button type="submit" class="plain">
                Remettre<span class="visually-hidden"> {situationWords[row.kind].label}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </details>
  );
}
