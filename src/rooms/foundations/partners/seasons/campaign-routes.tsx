// Campaigns, for the team: started by one action, followed, and answers that came by telephone.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { neededField, uuidField, versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn } from "../../../../core/time.ts";
import { DateField, ErrorSummary, SelectField, TextAreaField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import type { PartnerSide } from "../accounts/reads.ts";
import { shortSideWords } from "../accounts/words.ts";
import { rights } from "../rights.ts";
import { structuresCrumb } from "../sheet/found.tsx";
import { AnswerFields, AnswerForm } from "./answering.tsx";
import { answerWords, campaignList } from "./campaign-list.tsx";
import { type Asked, answerLetter, campaigns, countToAsk, letterById, startCampaign } from "./campaigns.ts";
import { seasonsCrumb } from "./rule-routes.tsx";
import { seasonOf, seasonWords } from "./rules.ts";
import { seasonField, seasonOptions, sideField, sideOptions } from "./shapes.ts";

const path = "/structures/saisons/campagnes";
const StartForm = z.object({
  key: uuidField,
  saison: seasonField,
  cote: sideField,
  avant: neededField(readDay, "Écrivez avant quel jour répondre."),
  mot: z.string().trim().max(1000, "Au plus 1 000 signes.").default(""),
});

type Told = { values?: Record<string, string>; mistakes?: Record<string, string> };

async function show(at: At<unknown>, { values = {}, mistakes = {} }: Told = {}): Promise<Answer> {
  const { tx, scope } = at;
  const season = Number(values.saison ?? at.query.saison ?? seasonOf(tx.today)) || seasonOf(tx.today);
  const side: PartnerSide = (values.cote ?? at.query.cote) === "cultural" ? "cultural" : "social";
  const [known, toAsk] = await Promise.all([campaigns(tx), countToAsk(tx, season, side)]);
  const started = known.some((one) => one.season === season && one.side === side);
  return page({
    title: "Campagnes",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [structuresCrumb, seasonsCrumb],
    body: (
      <>
        <Heading title="Campagnes de conventionnement">
          Une lettre à chaque structure, une seule fois{"\u00a0"}; elle répond par un lien, sans compte. Celles qui
          n’ont pas d’adresse sont à appeler.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <DataTable
          caption="Campagnes lancées"
          rows={known}
          rowKey={(one) => one.id}
          empty={<p>Aucune campagne encore.</p>}
          columns={[
            {
              key: "what",
              label: "Campagne",
              header: true,
              render: (one) => (
                <a href={`/structures/saisons/reponses?campagne=${one.id}`}>
                  {seasonWords(one.season)}, {shortSideWords[one.side]}
                </a>
              ),
            },
            { key: "when", label: "Lancée le", render: (one) => shortDay(dayIn(scope.zone, one.started_at)) },
            { key: "by", label: "Répondre avant le", render: (one) => shortDay(one.answer_by) },
            { key: "asked", label: "Interrogées", number: true, render: (one) => one.asked },
            { key: "yes", label: "Participent", number: true, render: (one) => one.yes },
            { key: "no", label: "Ne participent pas", number: true, render: (one) => one.no },
            {
              key: "silent",
              label: "Sans réponse",
              number: true,
              render: (one) => (
                <a href={`/structures/saisons/reponses?campagne=${one.id}&reponse=sans`}>
                  {one.asked - one.yes - one.no}
                </a>
              ),
            },
          ]}
        />
        {may(scope, rights["season.write"]) ? (
          <>
            <h2>Lancer une campagne</h2>
            <form method="get" action={path} class="filters">
              <SelectField name="saison" label="Saison" value={String(season)} options={seasonOptions(tx.today)} />
              <SelectField name="cote" label="Côté" value={side} options={sideOptions} />
              <button type="submit" class="second">
                Compter
              </button>
            </form>
            {started ? (
              <p>Cette campagne a été lancée{"\u00a0"}: elle ne part pas deux fois.</p>
            ) : toAsk.all === 0 ? (
              <p>
                Personne à interroger{"\u00a0"}: aucune structure de ce côté n’a participé à la saison d’avant ni n’en a
                le rôle, ou toutes sont inscrites.
              </p>
            ) : (
              <form method="post" action={path}>
                <input type="hidden" name="key" value={values.key || tx.ids.uuid()} />
                <input type="hidden" name="saison" value={String(season)} />
                <input type="hidden" name="cote" value={side} />
                <p>
                  {plural(toAsk.all, "structure sera interrogée", "structures seront interrogées")}, dont{" "}
                  {toAsk.silent === 0 ? "aucune sans adresse" : `${toAsk.silent} sans adresse, à appeler`}.
                </p>
                <div class="fields">
                  <DateField
                    name="avant"
                    label="Répondre avant le"
                    value={values.avant}
                    error={mistakes.avant}
                    required
                  />
                  <TextAreaField
                    name="mot"
                    label="Un mot en tête de la lettre"
                    value={values.mot}
                    error={mistakes.mot}
                    maxlength={1000}
                    required={false}
                  />
                </div>
                <button type="submit">Envoyer les lettres</button>
              </form>
            )}
          </>
        ) : null}
      </>
    ),
  });
}

async function showLetter(at: At<unknown>, letter: Asked, told: Told & { stale?: boolean } = {}): Promise<Answer> {
  const { scope } = at;
  const values = told.values ?? {};
  return page({
    title: letter.structure,
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [structuresCrumb, seasonsCrumb, { href: "/structures/saisons/reponses", label: "Réponses" }],
    ...(told.stale ? { notice: { kind: "warn", text: "Une autre réponse est arrivée entre-temps : la voici." } } : {}),
    body: (
      <>
        <Heading title={`${letter.structure}, saison ${seasonWords(letter.season)}`}>
          Réponse à la campagne, côté {shortSideWords[letter.side]}.
        </Heading>
        <ErrorSummary fields={told.mistakes ?? {}} />
        <Facts
          facts={[
            {
              label: "Structure",
              value: <a href={`/structures/${letter.structureId}/saisons`}>{letter.structure}</a>,
            },
            { label: "Lettre envoyée à", value: letter.recipient ?? "aucune adresse\u00a0: à appeler" },
            {
              label: "Réponse",
              value: letter.answer
                ? `${answerWords[letter.answer]}${letter.answered_at ? `, le ${shortDay(dayIn(scope.zone, letter.answered_at))}` : ""}${letter.answered_by ? `, ${letter.answered_by}` : ""}`
                : "pas encore",
            },
            ...(letter.note ? [{ label: "Mot", value: letter.note }] : []),
          ]}
        />
        {may(scope, rights["season.write"]) ? (
          <>
            <h2>Noter une réponse reçue autrement</h2>
            <form method="post" action={`/structures/saisons/reponses/${letter.id}`}>
              <input type="hidden" name="version" value={String(letter.version)} />
              <AnswerFields values={values} mistakes={told.mistakes ?? {}} />
              <button type="submit">Noter</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

export function declareCampaigns(routes: Routes): void {
  declareList(routes, campaignList);
  routes.get(path, { right: rights["season.see"], trace: { none: "counts, and no record" } }, (at) => show(at));
  routes.post(
    path,
    {
      right: rights["season.write"],
      trace: "campaign.started",
      form: StartForm,
      onMistakes: (at, { fields, typed }) => show(at, { values: firstValues(typed), mistakes: fields }),
    },
    async (at) => {
      const { key, saison, cote, avant, mot } = at.form;
      if ((avant ?? "") <= at.tx.today)
        return show(at, {
          values: firstValues(at.typed),
          mistakes: { avant: "Ce jour est passé : laissez le temps de répondre." },
        });
      const wish = { id: key, season: saison, side: cote, answerBy: avant ?? "", word: mot || null };
      const done = await startCampaign(at.tx, wish);
      if (done) at.about("campaign", key, { season: saison, side: cote, ...done });
      else at.nothingHappened();
      return redirect(
        path,
        done
          ? `${plural(done.asked - done.silent, "lettre part", "lettres partent")}${done.silent > 0 ? ` ; ${plural(done.silent, "structure est à appeler", "structures sont à appeler")}` : ""}.`
          : "Cette campagne est déjà lancée : rien n’est envoyé deux fois.",
      );
    },
  );

  const letterOf = async (at: At<unknown>): Promise<Asked | null> => {
    const id = at.params.letter ?? "";
    return isUuid(id) ? letterById(at.tx, id) : null;
  };
  routes.get(
    "/structures/saisons/reponses/:letter",
    { right: rights["season.see"], trace: { none: "one line of the list, whose opening leaves its trace" } },
    async (at) => {
      const letter = await letterOf(at);
      return letter ? showLetter(at, letter) : notFound("Cette réponse");
    },
  );
  routes.post(
    "/structures/saisons/reponses/:letter",
    {
      right: rights["season.write"],
      trace: "campaign.noted",
      form: AnswerForm.extend({ version: versionField }),
      async onMistakes(at, { fields, typed }) {
        const letter = await letterOf(at);
        return letter
          ? showLetter(at, letter, { values: firstValues(typed), mistakes: fields })
          : notFound("Cette réponse");
      },
    },
    async (at) => {
      const letter = await letterOf(at);
      if (!letter) return notFound("Cette réponse");
      const { version, reponse, qui, mot } = at.form;
      const done = await answerLetter(at.tx, letter, { version, answer: reponse, by: qui, note: mot, byLink: false });
      if (done === "stale") return showLetter(at, letter, { values: firstValues(at.typed), stale: true });
      if (done === "again") at.nothingHappened();
      else at.about("structure", letter.structureId, { season: letter.season, answer: reponse });
      return redirect(`/structures/saisons/reponses/${letter.id}`, "La réponse est notée.");
    },
  );
}
