// One action of the pole: who hosts and who holds it, who was met, what was noted on the spot; and what the team does of it afterwards.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { uuidField, versionField } from "../../../../core/http/fields.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn } from "../../../../core/time.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { hour, list, plural, shortDay } from "../../../../ui/words.ts";
import { namedStructure } from "../naming.ts";
import { projectRights } from "../projects/rights.ts";
import { volunteerName, volunteersBetween } from "../volunteers/reads.ts";
import { actionsCrumb, chosenOn, severalIds, VolunteerChoice } from "./plan-routes.tsx";
import { type Action, actionOf, holdersOf, type MetCounts, metOf, notesOf, totalOf } from "./reads.ts";
import { outpostRights as rights } from "./rights.ts";
import { metWords } from "./words.ts";
import { changeOutpost, settleMet, settleNote } from "./writes.ts";

export const gone = "Cette action";
export const momentOf = (action: Pick<Action, "day" | "at">): string =>
  `${shortDay(action.day)}${action.at ? ` à ${hour(action.at)}` : ""}`;
export const statusWords: Record<Action["status"], string> = {
  planned: "prévue",
  held: "a eu lieu",
  cancelled: "annulée",
  postponed: "reportée",
};
/** « 3 femmes, 1 homme ». */
const metSaid = (counts: MetCounts): string =>
  list(
    (["F", "M", ""] as const)
      .filter((sex) => counts[sex] > 0)
      .map((sex) => plural(counts[sex], metWords[sex].one, metWords[sex].many)),
  ) || "personne";

const PlaceForm = z.object({
  version: versionField,
  hote: z.string().default("").transform(oneLine).pipe(z.string().max(200, "Au plus 200 signes.")),
  volontaires: severalIds,
});
const NoteForm = z.object({ note: uuidField });
const CloseForm = z.object({
  version: versionField,
  suite: z.enum(["ajouter", "laisser"], "Dites quoi faire de ce qui a été compté."),
});

type Told = { mistakes?: Record<string, string>; stale?: boolean };

async function show(at: At<unknown>, action: Action, told: Told = {}): Promise<Answer> {
  const { tx, scope } = at;
  const mistakes = told.mistakes ?? {};
  const [holders, met, notes, volunteers] = await Promise.all([
    holdersOf(tx, action.id),
    metOf(tx, action.id),
    notesOf(tx, action.id),
    volunteersBetween(tx, action.day, action.day),
  ]);
  const again = told.stale || told.mistakes;
  const base = `/culture/actions/${action.id}`;
  const holds = may(scope, rights["outpost.hold"], { site: action.siteId });
  const open = met.presses > 0;
  const takesPlace = action.status === "planned" || action.status === "held";
  return page({
    title: action.title,
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [actionsCrumb],
    ...(told.stale
      ? {
          notice: {
            kind: "warn",
            text: "Cette action a changé entre-temps : voici ce qu’elle est maintenant ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading
          title={action.title}
          {...(holds && takesPlace && action.day <= tx.today
            ? { action: { href: `${base}/sur-place`, label: "Sur place" } }
            : {})}
        >
          {action.kind}, {momentOf(action)}, {statusWords[action.status]}.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <Facts
          facts={[
            { label: "Dispositif", value: action.programme },
            { label: "Où", value: action.place },
            {
              label: "Accueillie par",
              value: action.hostId ? <Link href={`/structures/${action.hostId}`}>{action.host}</Link> : null,
            },
            { label: "Volontaires", value: list(holders.map(({ name }) => name)) || null },
            { label: "Présences notées", value: String(action.present) },
            { label: "Comptées sur place", value: totalOf(met.all) > 0 ? metSaid(met.all) : "personne" },
          ]}
        />
        <p>
          <Link href={`/seances/${action.id}`}>La séance dans l’agenda</Link>
        </p>
        {holds && open && takesPlace ? (
          <>
            <h2>
              {action.status === "held" ? "Compté depuis, et pas encore dans les présences" : "Clore le comptage"}
            </h2>
            <p>
              {metSaid(met.open)}.{" "}
              {action.status === "held"
                ? "Les présences de cette séance sont déjà notées : dites si ces personnes en font partie."
                : "La séance aura eu lieu, et ces personnes seront dans ses présences."}
            </p>
            <form method="post" action={`${base}/cloture`}>
              <input type="hidden" name="version" value={String(action.version)} />
              <p class="submit">
                <button type="submit" name="suite" value="ajouter">
                  {action.status === "held" ? "Les ajouter aux présences" : "Clore et noter les présences"}
                </button>
                {action.status === "held" ? (
                  <button type="submit" name="suite" value="laisser" class="second">
                    Elles y sont déjà
                  </button>
                ) : null}
              </p>
            </form>
          </>
        ) : null}
        {notes.length > 0 ? (
          <>
            <h2>Notes pour un projet</h2>
            <ul>
              {notes.map((note) => (
                <li key={note.id}>
                  <p>
                    {note.body}{" "}
                    <small>{`${shortDay(dayIn(scope.zone, note.at))}${note.by ? `, ${note.by}` : ""}`}</small>
                  </p>
                  {note.settledAt ? (
                    <p>Traitée le {shortDay(dayIn(scope.zone, note.settledAt))}.</p>
                  ) : (
                    <>
                      {may(scope, projectRights["project.write"]) ? (
                        <p>
                          <Link
                            href={`/culture/projets/nouveau?${new URLSearchParams({ besoin: note.body, demandeur: action.host ?? "" })}`}
                          >
                            En faire un projet
                          </Link>
                        </p>
                      ) : null}
                      <form method="post" action={`${base}/notes/traitee`}>
                        <input type="hidden" name="note" value={note.id} />
                        <button type="submit" class="second">
                          C’est traité
                        </button>
                      </form>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {may(scope, rights["outpost.plan"], { site: action.siteId }) ? (
          <>
            <h2>Hôte et volontaires</h2>
            <form method="post" action={base}>
              <input type="hidden" name="version" value={String(action.version)} />
              <TextField
                name="hote"
                label="Structure qui accueille"
                hint="Son nom, ou son numéro SIRET"
                value={again ? at.typed.hote?.[0] : (action.host ?? "")}
                error={mistakes.hote}
                required={false}
              />
              <VolunteerChoice
                volunteers={volunteers}
                chosen={again ? (at.typed.volontaires ?? []) : holders.map(({ id }) => id)}
                mistake={mistakes.volontaires}
              />
              <button type="submit">Enregistrer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

export function declareActions(routes: Routes): void {
  const see = projectRights["culture-action.see"];
  routes.get("/culture/actions/:session", { right: see, trace: "outpost.opened" }, async (at) => {
    const action = await actionOf(at, see);
    if (!action) return notFound(gone);
    at.about("session", action.id);
    return show(at, action);
  });
  const plan = rights["outpost.plan"];
  routes.post(
    "/culture/actions/:session",
    {
      right: plan,
      trace: "outpost.changed",
      form: PlaceForm,
      async onMistakes(at, { fields }) {
        const action = await actionOf(at, plan);
        return action ? show(at, action, { mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const action = await actionOf(at, plan);
      if (!action) return notFound(gone);
      const { form, tx } = at;
      const named = await namedStructure(tx, form.hote);
      if (!named.ok) return show(at, action, { mistakes: { hote: named.sentence } });
      const found = chosenOn(await volunteersBetween(tx, action.day, action.day), form.volontaires, [action.day]);
      if (!found.ok) return show(at, action, { mistakes: { volontaires: found.sentence } });
      const holders = found.chosen.map((one) => ({ id: one.id, name: volunteerName(one), accountId: one.accountId }));
      const placed = await changeOutpost(tx, action.id, form.version, named.id, holders);
      if (!placed.ok)
        return show(at, action, "stale" in placed ? { stale: true } : { mistakes: { "": placed.sentence } });
      at.about("session", action.id, { volunteers: holders.length });
      return redirect(`/culture/actions/${action.id}`, "L’hôte et les volontaires sont enregistrés.");
    },
  );
  const hold = rights["outpost.hold"];
  const mistaken = async (at: At<unknown>, { fields }: { fields: Record<string, string> }): Promise<Answer> => {
    const action = await actionOf(at, hold);
    return action ? show(at, action, { mistakes: fields }) : notFound(gone);
  };
  routes.post(
    "/culture/actions/:session/notes/traitee",
    { right: hold, trace: "outpost.note-settled", form: NoteForm, onMistakes: mistaken },
    async (at) => {
      const action = await actionOf(at, hold);
      if (!action) return notFound(gone);
      if (await settleNote(at.tx, action.id, at.form.note)) at.about("session", action.id);
      else at.nothingHappened();
      return redirect(`/culture/actions/${action.id}`, "La note est traitée.");
    },
  );
  routes.post(
    "/culture/actions/:session/cloture",
    { right: hold, trace: "outpost.closed", form: CloseForm, onMistakes: mistaken },
    async (at) => {
      const action = await actionOf(at, hold);
      if (!action) return notFound(gone);
      if (action.day > at.tx.today)
        return show(at, action, { mistakes: { "": "Cette action est à venir : on ne sait pas encore qui viendra." } });
      const done = await settleMet(at.tx, action.id, at.form.version, at.form.suite === "ajouter");
      if (!done) return show(at, action, { stale: true });
      at.about("session", action.id, { heads: done.heads, added: at.form.suite === "ajouter" });
      return redirect(
        `/culture/actions/${action.id}`,
        at.form.suite === "ajouter"
          ? "Les présences sont notées."
          : "C’est noté : ces personnes étaient déjà dans les présences.",
      );
    },
  );
}
