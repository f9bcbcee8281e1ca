// Who answered a campaign, and who is still to be called.
import { sql } from "kysely";
import type { List } from "../../../../core/lists/list.ts";
import { dayIn } from "../../../../core/time.ts";
import { shortDay } from "../../../../ui/words.ts";
import { shortSideWords } from "../accounts/words.ts";
import { rights } from "../rights.ts";
import { campaigns } from "./campaigns.ts";
import { seasonWords } from "./rules.ts";
import type { CampaignLettersTable, CampaignsTable } from "./tables.ts";

type Line = Pick<CampaignLettersTable, "id" | "recipient" | "answer" | "note"> &
  Pick<CampaignsTable, "season" | "side"> & {
    structure: string;
    answeredAt: Date | null;
    answeredBy: string | null;
  };

export const answerWords = { yes: "participe", no: "ne participe pas" } as const;
const stateOf = (line: Line): string => (line.answer ? answerWords[line.answer] : "sans réponse");

export const campaignList: List<Line> = {
  name: "reponses-aux-campagnes",
  path: "/structures/saisons/reponses",
  title: "Réponses aux campagnes",
  words: ["structure interrogée", "structures interrogées"],
  right: rights["season.see"],
  trace: { listed: "campaign.listed", exported: "campaign.exported" },
  query: (tx) => ({
    select: sql`l.id, l.recipient, l.answer, l.note, l.answered_at AS "answeredAt", l.answered_by AS "answeredBy", c.season, c.side, s.name AS structure`,
    from: sql`partners.campaign_letters l JOIN partners.campaigns c ON c.house_id = l.house_id AND c.id = l.campaign_id
      JOIN partners.structures s ON s.house_id = l.house_id AND s.id = l.structure_id`,
    where: [sql`l.house_id = ${tx.scope.house}`],
  }),
  usual: [{ by: sql`c.season`, down: true }, { by: sql`s.name_key` }],
  tie: { by: sql`l.id` },
  filters: [
    {
      kind: "choice",
      key: "campagne",
      label: "Campagne",
      all: "toutes",
      options: async (tx) =>
        (await campaigns(tx)).map((one) => ({
          value: one.id,
          label: `${seasonWords(one.season)}, ${shortSideWords[one.side]}`,
        })),
      where: (value) => sql`l.campaign_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "reponse",
      label: "Réponse",
      all: "toutes",
      options: () => [
        { value: "sans", label: "sans réponse" },
        { value: "yes", label: answerWords.yes },
        { value: "no", label: answerWords.no },
      ],
      where: (value) => (value === "sans" ? sql`l.answer IS NULL` : sql`l.answer = ${value}`),
    },
    {
      kind: "yes-no",
      key: "adresse",
      label: "Adresse",
      all: "avec ou sans",
      yes: "avec une adresse",
      no: "sans adresse, à appeler",
      where: (yes) => (yes ? sql`l.recipient IS NOT NULL` : sql`l.recipient IS NULL`),
    },
  ],
  columns: [
    {
      key: "structure",
      label: "Structure",
      header: true,
      render: (line) => <a href={`/structures/saisons/reponses/${line.id}`}>{line.structure}</a>,
      cell: (line) => line.structure,
      sort: sql`s.name_key`,
    },
    {
      key: "campagne",
      label: "Campagne",
      render: (line) => `${seasonWords(line.season)}, ${shortSideWords[line.side]}`,
      cell: (line) => `${seasonWords(line.season)}, ${shortSideWords[line.side]}`,
    },
    {
      key: "adresse",
      label: "Adresse",
      render: (line) => line.recipient ?? "aucune\u00a0: à appeler",
      cell: (line) => line.recipient,
    },
    { key: "reponse", label: "Réponse", render: stateOf, cell: stateOf, sort: sql`l.answer`, nulls: "first" },
    {
      key: "le",
      label: "Le",
      render: (line, tx) => (line.answeredAt ? shortDay(dayIn(tx.scope.zone, line.answeredAt)) : ""),
      cell: (line, tx) => (line.answeredAt ? { day: dayIn(tx.scope.zone, line.answeredAt) } : null),
      sort: sql`l.answered_at`,
      nulls: "last",
    },
    { key: "par", label: "Par", render: (line) => line.answeredBy, cell: (line) => line.answeredBy },
    { key: "mot", label: "Mot", cell: (line) => line.note },
  ],
  empty: () => <p>Personne n’a été interrogé.</p>,
};
