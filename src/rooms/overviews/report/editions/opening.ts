// A new edition writes itself: a chapter for each programme that has anything to tell of the period, by what the programme says that it
// shows; the desks, the year in figures, resources; and the places of what only people can write. Figures are references: no number is copied.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Figure } from "../../../../core/figures/figure.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { roleLabels } from "../../../foundations/partners/door.ts";
import { type ChapterPlan, chapterPlans } from "../../../foundations/programmes/door.ts";
import { head } from "../programme-year.ts";
import type { Written } from "./content.ts";
import { countNumbers, type Wish } from "./numbers.ts";
import { blocksOf, chaptersOf, editionsOf } from "./reads.ts";
import { box, chart, figures, table, text } from "./starting-blocks.ts";
import { createEdition, type NewBlock, type NewChapter } from "./writes.ts";

type Period = { from: string; to: string };
/** Does a code count anything in the period? */
export type Present = (code: string) => boolean;

/** Opens an edition with its chapters written: how many; null when it is there already, or another has its address. */
export async function openEdition(
  tx: Tx,
  registry: Registry,
  edition: { id: string; title: string; slug: string } & Period,
): Promise<number | null> {
  const chapters = await openingChapters(tx, registry, { from: edition.from, to: edition.to });
  return (await createEdition(tx, edition, chapters)) ? chapters.length : null;
}

/** The chapters of a new edition; what was kept of the latest earlier one is in its place. */
async function openingChapters(tx: Tx, registry: Registry, period: Period): Promise<NewChapter[]> {
  const plans = await chapterPlans(tx);
  const present = await presentIn(tx, registry, period, plans);
  const told = plans.filter((plan) => plan.code !== "antennes" && tells(registry, present, plan));
  const chapters: NewChapter[] = [
    { kind: "moral", programme: null, title: "Rapport moral", blocks: [] },
    { kind: "overview", programme: null, title: "L’activité en chiffres", blocks: overview(present, told) },
    { kind: "desks", programme: null, title: "Antennes de proximité", blocks: desks(present) },
    ...told.map(
      (plan): NewChapter => ({
        kind: "programme",
        programme: plan.code,
        title: plan.title,
        blocks: programme(registry, present, plan),
      }),
    ),
    {
      kind: "resources",
      programme: null,
      title: "Ressources",
      blocks: [...resources(present), ...(await funders(tx))],
    },
    { kind: "outlook", programme: null, title: "Orientations", blocks: [] },
  ];
  return withKept(tx, period, chapters);
}

/** Every code that counts something, asked together. */
async function presentIn(tx: Tx, registry: Registry, period: Period, plans: readonly ChapterPlan[]): Promise<Present> {
  const wishOf = (figure: Figure, by: readonly string[]): Wish => ({ figure, filters: {}, period, by });
  const families = registry.figures.filter((figure) => figure.families?.includes(head));
  const own = registry.figures.filter((figure) => !figure.families);
  const numbers = await countNumbers(
    tx,
    registry,
    [...families.map((figure) => wishOf(figure, [head])), ...own.map((figure) => wishOf(figure, []))],
    false,
  );
  const there = new Set<string>();
  for (const figure of families)
    for (const code of numbers.valuesOf(wishOf(figure, [head]))) there.add(figure.code.replace(head, code));
  for (const figure of own) if (numbers.at(wishOf(figure, [])).value !== 0) there.add(figure.code);
  const known = new Set(plans.map(({ code }) => code));
  return (code) => there.has(code) && (known.has(code.split(".")[0] ?? "") || registry.figure(code) !== null);
}

const suffixesOf = (registry: Registry): string[] =>
  registry.figures.flatMap((figure) => (figure.families?.includes(head) ? [figure.code.slice(head.length + 1)] : []));

/** The figures that a room counts under the programme's own name: `billetterie.places`. */
const ownOf = (registry: Registry, present: Present, { code }: ChapterPlan): string[] =>
  registry.figures.flatMap((figure) =>
    !figure.families && figure.code.startsWith(`${code}.`) && present(figure.code) ? [figure.code] : [],
  );

const tells = (registry: Registry, present: Present, plan: ChapterPlan): boolean =>
  suffixesOf(registry).some((suffix) => present(`${plan.code}.${suffix}`)) || ownOf(registry, present, plan).length > 0;

/** The first that has something to tell says of a programme how much it is. */
const headlines = ["personnes", "structures", "participations", "sessions", "entretiens"];

/** What a block of key figures shows at most when an edition opens. */
const mostLines = 30;

function overview(present: Present, plans: readonly ChapterPlan[]): NewBlock[] {
  const blocks: NewBlock[] = [];
  const lines = (title: string, list: readonly string[]): void => {
    if (list.length === 0) return;
    blocks.push({ written: text(`## ${title}`) });
    for (let at = 0; at < list.length; at += mostLines)
      blocks.push({ written: figures(list.slice(at, at + mostLines), true) });
  };
  lines("Antennes de proximité", ["antennes.personnes", "antennes.visites", "antennes.adultes"].filter(present));
  for (const [pole, programmes] of Map.groupBy(plans, (plan) => plan.pole ?? ""))
    lines(
      pole === "" ? "Autres actions" : `Pôle ${pole}`,
      programmes.flatMap(({ code, title }) => {
        const suffix = headlines.find((one) => present(`${code}.${one}`));
        return suffix ? [`${title}|${code}.${suffix}`] : [];
      }),
    );
  return blocks;
}

function desks(present: Present): NewBlock[] {
  if (!present("antennes.visites")) return [];
  const sentence =
    "Les antennes de proximité ont reçu {{antennes.personnes|unite}} pour {{antennes.visites|unite}}, dont {{antennes.adultes}} adultes, soit {{antennes.part_adultes}} des personnes.";
  return [
    { written: text(sentence) },
    {
      written: figures(
        [
          "antennes.personnes",
          "antennes.visites",
          "antennes.adultes",
          "antennes.visites_par_personne",
          "antennes.part_adultes",
        ],
        true,
      ),
    },
    { written: chart("Visites, mois par mois", "antennes.visites", "mois", "columns") },
    {
      written: table(
        "Visites et personnes par antenne",
        ["Visites|antennes.visites", "Personnes|antennes.personnes"],
        "antenne",
      ),
    },
    { written: table("Personnes par antenne et par sexe", ["antennes.personnes"], "antenne", "sexe") },
    { written: box("Faits marquants") },
    { written: box("Perspectives") },
  ];
}

/** What each block of a programme's own description tells. */
const told: Readonly<Record<string, (code: string, present: Present) => Written[]>> = {
  personnes: (code, present) => [
    figures(
      ["personnes", "accompagnes", "structures", "entrees_structures", "sorties_structures", "qpv"]
        .map((suffix) => `${code}.${suffix}`)
        .filter(present)
        .flatMap((one) => (one === `${code}.personnes` ? [one, `Femmes|${one}|sexe=F`] : [one])),
      true,
    ),
  ],
  repartitions: (code, present) =>
    present(`${code}.personnes`)
      ? [
          table("Personnes par antenne", [`Personnes|${code}.personnes`], "antenne"),
          chart("Situation à l’entrée", `${code}.personnes`, "situation", "bars"),
        ]
      : [],
  sorties: (code, present) =>
    present(`${code}.sorties`)
      ? [
          text(
            present(`${code}.sorties_positives`)
              ? `Dans la période, {{${code}.sorties|unite}} ont été notées, dont {{${code}.sorties_positives}} positives. Le taux de sorties positives est de {{${code}.taux_sorties_positives}}, sur {{${code}.base_sorties_positives|unite}}.`
              : `Dans la période, {{${code}.sorties|unite}} ont été notées.`,
          ),
        ]
      : [],
  resultats: (code, present) =>
    present(`${code}.resultats`)
      ? [
          figures([`${code}.personnes_avec_contrat`].filter(present), true),
          chart("Résultats obtenus", `${code}.resultats`, "type", "bars"),
        ]
      : [],
  rencontres: (code, present) => [
    figures(
      ["entretiens", "sessions", "participations", "participants", "heures"]
        .map((suffix) => `${code}.${suffix}`)
        .filter(present),
      true,
    ),
  ],
  satisfaction: (code, present) =>
    present(`${code}.reponses_satisfaction`)
      ? [
          table(
            "Très satisfaits, par critère",
            [`Très satisfaits|${code}.tres_satisfait`, `sur (réponses)|${code}.reponses_satisfaction`],
            "critere",
          ),
        ]
      : [],
  // Targets stand beside what was reached, in the key figures.
  objectifs: () => [],
};

function programme(registry: Registry, present: Present, plan: ChapterPlan): NewBlock[] {
  const { code, about } = plan;
  const sentence = opening(code, present);
  const written: Written[] = [
    text([about ?? "", sentence].filter(Boolean).join("\n\n")),
    ...(plan.chapter ?? Object.keys(told)).flatMap((block) => told[block]?.(code, present) ?? []),
    figures(ownOf(registry, present, plan), true),
    box("Faits marquants"),
    box("Perspectives"),
  ];
  return written
    .filter((one) => !(one.kind === "figures" && one.content.lines === ""))
    .map((one) => ({ written: one }));
}

/** What the records say first of a programme, in a sentence. */
function opening(code: string, present: Present): string {
  const parts = [
    present(`${code}.personnes`)
      ? `{{${code}.personnes|unite}} y ont pris part${present(`${code}.accompagnes`) ? `, dont {{${code}.accompagnes}} accompagnées` : ""}`
      : "",
    present(`${code}.structures`) ? `{{${code}.structures|unite}} ont été accompagnées` : "",
    present(`${code}.entretiens`) ? `{{${code}.entretiens|unite}} ont été tenus` : "",
    present(`${code}.participations`) && !present(`${code}.personnes`)
      ? `{{${code}.participations|unite}} ont été comptées`
      : "",
  ].filter(Boolean);
  return parts.length === 0 ? "" : `Sur la période, ${parts.join("\u00a0; ")}.`;
}

function resources(present: Present): NewBlock[] {
  const blocks: Written[] = [];
  if (present("gouvernance.administrateurs"))
    blocks.push(
      text("## Gouvernance"),
      figures(["gouvernance.administrateurs", "gouvernance.reunions"].filter(present), true),
      table("Administrateurs par collège", ["gouvernance.administrateurs"], "college"),
    );
  if (present("equipe.salaries"))
    blocks.push(
      text("## Équipe"),
      figures(["equipe.salaries", "Femmes|equipe.salaries|sexe=F"], true),
      chart("Salariés par pôle", "equipe.salaries", "pole", "bars"),
    );
  if (present("finances.produits"))
    blocks.push(
      text("## Finances"),
      figures(["finances.produits", "finances.charges", "finances.resultat"].filter(present), false),
      table("Produits et charges par compte", ["finances.produits", "finances.charges"], "classe"),
      chart("Financements, par financeur", "finances.financements", "financeur", "shares"),
    );
  return blocks.map((written) => ({ written }));
}

/** Who pays for the house, by the house's own word for it. */
const funders = async (tx: Tx): Promise<NewBlock[]> =>
  (await roleLabels(tx))
    .filter((role) => /financeur/i.test(role))
    .map((role): NewBlock => ({ written: { kind: "partners", content: { title: "Financeurs", role, more: "" } } }));

/** What people asked to keep of the latest edition before this one stands at the head of the same chapter. */
async function withKept(tx: Tx, period: Period, chapters: readonly NewChapter[]): Promise<NewChapter[]> {
  const before = (await editionsOf(tx)).find((edition) => edition.to < period.from);
  const old = before ? await chaptersOf(tx, before.id) : [];
  const blocks = await blocksOf(
    tx,
    old.map(({ id }) => id),
  );
  const nameOf = (chapter: { kind: string; programme: string | null; title: string }): string =>
    `${chapter.kind} ${chapter.programme ?? ""} ${chapter.kind === "free" ? chapter.title : ""}`;
  const kept = new Map(
    old.map((chapter) => [
      nameOf(chapter),
      blocks
        .filter((block) => block.chapter === chapter.id && block.kept)
        .map(({ written }): NewBlock => ({ written, kept: true })),
    ]),
  );
  const free = old.filter((chapter) => chapter.kind === "free" && (kept.get(nameOf(chapter))?.length ?? 0) > 0);
  const all = [
    ...chapters,
    ...free.map(({ title }): NewChapter => ({ kind: "free", programme: null, title, blocks: [] })),
  ];
  return all.map((chapter) => ({ ...chapter, blocks: [...(kept.get(nameOf(chapter)) ?? []), ...chapter.blocks] }));
}
