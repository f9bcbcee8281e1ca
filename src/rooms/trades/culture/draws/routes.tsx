// The page of a draw: the rule, the seed's print and then the seed, the result, and why a request lost; its file, to replay it.
import { sql } from "kysely";
import { z } from "zod";
import { listFile } from "../../../../core/exporting/list.ts";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { addDays } from "../../../../core/time.ts";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural } from "../../../../ui/words.ts";
import { momentOf } from "../offers/list.tsx";
import { dateById } from "../offers/reads.ts";
import { rights } from "../rights.ts";
import { momentWords, untilWords } from "../until.ts";
import { announceDraw, drawOf, holdDraw } from "./writes.ts";

type Line = {
  id: string;
  structure: string;
  seats: number;
  served: number;
  score: string;
  rank: number;
  given: boolean;
};
const linesOf = async (at: At<unknown>, date: string): Promise<Line[]> =>
  (
    await sql<Line>`
      SELECT l.booking_id AS id, s.name AS structure, l.seats, l.served, l.score, l.rank, l.given
        FROM culture.draw_lines l JOIN culture.bookings b ON b.house_id = l.house_id AND b.id = l.booking_id JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
       WHERE l.house_id = ${at.scope.house} AND l.date_id = ${date} ORDER BY l.rank`.execute(at.tx.on())
  ).rows;

const dateIn = async (at: At<unknown>) => {
  const id = at.params.date ?? "";
  return isUuid(id) ? dateById(at.tx, id) : null;
};

export function declareDraws(routes: Routes): void {
  routes.get("/culture/dates/:date/tirage", { right: rights["booking.see"], trace: "draw.opened" }, async (at) => {
    const date = await dateIn(at);
    const drawn = date ? await drawOf(at.tx, date.id) : null;
    if (!date || !drawn) return notFound("Ce tirage");
    at.about("date", date.id);
    const lines = await linesOf(at, date.id);
    const ready = !drawn.drawnAt && drawn.closesAt <= at.tx.clock.now() && date.cancelled === null;
    return page({
      title: `Tirage : ${date.title}`,
      crumbs: [
        { href: "/culture/sorties", label: "Sorties proposées" },
        { href: `/culture/dates/${date.id}`, label: date.title },
      ],
      body: (
        <>
          <Heading title={`Tirage : ${date.title}`}>
            {momentOf(date)}.{" "}
            {drawn.drawnAt
              ? `Tiré le ${momentWords(at.scope.zone, drawn.drawnAt)}.`
              : `Demandes ${untilWords(at.scope.zone, drawn.closesAt)}.`}
          </Heading>
          <h2>La règle</h2>
          <p>
            Chaque demande reçoit un nombre tiré de la graine et de son identifiant{"\u00a0"}: les douze premiers
            chiffres hexadécimaux de SHA-256(«{"\u00a0"}graine:demande{"\u00a0"}»). Il est multiplié par 1 plus le
            nombre de places que sa structure a déjà cette saison. Le plus petit passe d’abord. Un groupe qui ne tient
            pas dans les places qui restent est sauté, entier.
          </p>
          <Facts
            facts={[
              { label: "Empreinte de la graine, publiée avant les demandes", value: <code>{drawn.seedPrint}</code> },
              { label: "Graine", value: drawn.seed ? <code>{drawn.seed}</code> : "montrée après le tirage" },
              { label: "Places tirées", value: drawn.places === null ? null : String(drawn.places) },
            ]}
          />
          {ready ? (
            <form method="post" action={`/culture/dates/${date.id}/tirage/maintenant`} class="no-print">
              <button type="submit">Tirer au sort</button>
            </form>
          ) : null}
          {drawn.drawnAt ? (
            <>
              <p class="no-print">
                <a href={`/culture/dates/${date.id}/tirage/export.csv`}>
                  {plural(lines.length, "demande", "demandes")} en CSV, pour refaire le tirage
                </a>
              </p>
              <DataTable
                caption="Résultat du tirage"
                rows={lines}
                rowKey={(line) => line.id}
                empty={<p>Personne n’avait demandé de place.</p>}
                columns={[
                  { key: "rang", label: "Rang", number: true, header: true, render: (line) => line.rank },
                  { key: "structure", label: "Structure", render: (line) => line.structure },
                  { key: "places", label: "Places", number: true, render: (line) => line.seats },
                  { key: "servies", label: "Déjà servies", number: true, render: (line) => line.served },
                  {
                    key: "resultat",
                    label: "Résultat",
                    render: (line) => (line.given ? "retenue" : "non : plus assez de places à son rang"),
                  },
                ]}
              />
            </>
          ) : null}
        </>
      ),
    });
  });
  routes.get(
    "/culture/dates/:date/tirage/export.csv",
    { right: rights["booking.see"], trace: "booking.exported" },
    async (at) => {
      const date = await dateIn(at);
      const drawn = date ? await drawOf(at.tx, date.id) : null;
      if (!date || !drawn?.drawnAt) return notFound("Ce tirage");
      at.about("date", date.id);
      const lines = await linesOf(at, date.id);
      return listFile(
        "csv",
        { name: `tirage-${date.day}`, sheet: "Tirage", readMe: [] },
        [
          { label: "demande", cell: (line: Line) => line.id },
          { label: "structure", cell: (line: Line) => line.structure },
          { label: "places", cell: (line: Line) => line.seats },
          { label: "deja_servies", cell: (line: Line) => line.served },
          { label: "rang", cell: (line: Line) => line.rank },
          { label: "retenue", cell: (line: Line) => (line.given ? "oui" : "non") },
        ],
        (async function* () {
          yield lines;
        })(),
      );
    },
  );
  const AnnounceForm = z.object({ ouvre: z.string().max(20), ferme: z.string().max(20) });
  const unreadable = () => refusal(422, "Donnez deux jours, jj/mm/aaaa.");
  routes.post(
    "/culture/dates/:date/tirage",
    { right: rights["draw.hold"], trace: "draw.announced", form: AnnounceForm, onMistakes: unreadable },
    async (at) => {
      const date = await dateIn(at);
      if (!date) return notFound("Cette date");
      const [opens, closes] = [readDay(at.form.ouvre.trim()), readDay(at.form.ferme.trim())];
      if (!opens.ok || !closes.ok) return unreadable();
      const midnight = async (day: string): Promise<Date> =>
        (
          await sql<{ at: Date }>`SELECT ${day}::date::timestamp AT TIME ZONE ${at.scope.zone} AS at`.execute(
            at.tx.on(),
          )
        ).rows[0]?.at ?? new Date(Number.NaN);
      const wish = {
        date: date.id,
        opensAt: await midnight(opens.value),
        closesAt: await midnight(addDays(closes.value, 1)),
      };
      if (!(await announceDraw(at.tx, wish)))
        return refusal(
          409,
          "Ces places ne peuvent pas être tirées au sort : il faut une date sans réservation ni tirage, et des demandes closes avant la fin des réservations.",
        );
      at.about("date", date.id);
      return redirect(`/culture/dates/${date.id}/tirage`, "Tirage annoncé. L’empreinte de sa graine est publiée.");
    },
  );
  routes.post(
    "/culture/dates/:date/tirage/maintenant",
    { right: rights["draw.hold"], trace: "draw.drawn", form: z.object({}), onMistakes: unreadable },
    async (at) => {
      const date = await dateIn(at);
      if (!date) return notFound("Cette date");
      const done = await holdDraw(at.tx, date.id);
      if (!done) {
        at.nothingHappened();
        return redirect(`/culture/dates/${date.id}/tirage`, "Ce n’est pas l’heure, ou c’est déjà fait.");
      }
      at.about("date", date.id, done);
      return redirect(
        `/culture/dates/${date.id}/tirage`,
        `${plural(done.given, "demande retenue", "demandes retenues")} sur ${done.requests}.`,
      );
    },
  );
}
