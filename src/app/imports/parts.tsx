// What the imports' pages are made of.
import type { ComponentChildren } from "preact";
import type { Counts, Tally } from "../../core/importing/engine.ts";
import { dayIn, minuteIn } from "../../core/time.ts";
import { KeyFigures } from "../../ui/figures.tsx";
import { DataTable } from "../../ui/table.tsx";
import { hour, number, plural, shortDay } from "../../ui/words.ts";
import { type ListName, lists } from "./uploads.ts";

/** An instant as "31/12/2020 à 16 h 45". */
export const moment = (at: Date, zone: string): string => `${shortDay(dayIn(zone, at))} à ${hour(minuteIn(zone, at))}`;

const verdictWords: readonly [keyof Counts, string, string][] = [
  ["created", "créée", "créées"],
  ["changed", "changée", "changées"],
  ["unchanged", "inchangée", "inchangées"],
  ["doubtful", "douteuse", "douteuses"],
  ["refused", "refusée", "refusées"],
];

/** "9 598 créées, 2 refusées": what is zero is left out. */
export const countWords = (counts: Counts): string =>
  verdictWords
    .filter(([verdict]) => counts[verdict] > 0)
    .map(([verdict, one, many]) => plural(counts[verdict], one, many))
    .join(", ") || "aucune ligne";

export function CountFigures({ counts }: { counts: Counts }) {
  return (
    <KeyFigures
      figures={verdictWords.map(([verdict, one, many]) => ({
        value: number(counts[verdict]),
        label: `${counts[verdict] < 2 ? "ligne" : "lignes"} ${counts[verdict] < 2 ? one : many}`,
      }))}
    />
  );
}

const shownSentences = 100;

/** What a passage over a file came to: counts, notes, the rows to look at and their lists. */
export function Report({ tally, listsAt }: { tally: Tally; listsAt: string | null }) {
  const { counts, sentences, notes } = tally;
  const told = counts.refused + counts.doubtful;
  const shown = sentences.slice(0, shownSentences);
  return (
    <>
      <CountFigures counts={counts} />
      {notes.length > 0 ? (
        <ul>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
      {told > 0 ? (
        <>
          <h2>Lignes à regarder</h2>
          <p>
            {told > shown.length ? `Les ${number(shown.length)} premières sur ${number(told)}. ` : ""}
            Une ligne refusée n’est pas importée ; une ligne douteuse l’est, sauf ce qui est dit.
          </p>
          {listsAt ? <Lists counts={counts} at={listsAt} /> : null}
          <DataTable
            caption="Lignes à regarder"
            hideCaption
            rows={shown}
            rowKey={(row, at) => `${row.line}-${at}`}
            columns={[
              { key: "line", label: "Ligne", number: true, header: true, render: (row) => number(row.line) },
              {
                key: "verdict",
                label: "Ce qui en est fait",
                render: (row) => (row.verdict === "refused" ? "refusée" : "douteuse"),
              },
              { key: "why", label: "Pourquoi", render: (row) => row.sentence },
            ]}
          />
        </>
      ) : (
        <p>Aucune ligne douteuse ni refusée.</p>
      )}
    </>
  );
}

function Lists({ counts, at }: { counts: Counts; at: string }) {
  const links = (Object.keys(lists) as ListName[])
    .filter((list) => counts[list] > 0)
    .map((list) => (
      <a key={list} href={`${at}/${lists[list]}.csv`}>
        {list === "refused"
          ? plural(counts[list], "ligne refusée", "lignes refusées")
          : plural(counts[list], "ligne douteuse", "lignes douteuses")}
      </a>
    ));
  return (
    <p class="no-print">
      Telles qu’elles sont dans le fichier, avec leur ligne et la raison (CSV) :{" "}
      {links.flatMap((link, at) => (at === 0 ? [link] : [" · ", link]))}
    </p>
  );
}

/** Work under way: how far it is, asked for again until it is done. */
export function Underway({
  what,
  read,
  total,
  children,
}: {
  what: string;
  read: number;
  total: number | null;
  children?: ComponentChildren;
}) {
  const share = total ? Math.min(99, Math.floor((read / total) * 100)) : null;
  return (
    <>
      <p>
        {what}
        {read > 0 ? ` : ${plural(read, "ligne", "lignes")}${total ? ` sur ${number(total)}` : ""}` : ""}…
      </p>
      <progress class="progress" aria-label={what} {...(share === null ? {} : { value: share, max: 100 })} />
      <p class="hint">Le travail continue sans cette page ; vous pouvez la quitter et y revenir.</p>
      {children}
    </>
  );
}
