// What to ask the routes of the kit with.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const article = (hand: Hand): Record<string, string> => ({
  key: hand.id(),
  article_titre: "Une liste de chansons",
  article_texte: "Dix chansons à écouter.",
});

async function anIssue(hand: Hand, form: Record<string, string> = {}) {
  const issue = hand.id();
  await hand.make("/culture/kit/nouveau", { key: issue, titre: "Le kit d’essai" });
  return { params: { issue }, form };
}
async function anArticle(hand: Hand, more: Record<string, string> = {}) {
  const { params } = await anIssue(hand);
  const made = article(hand);
  await hand.make(`/culture/kit/${params.issue}/articles`, made);
  return { params, form: { article: made.key ?? "", ...more } };
}
/** A published issue of a house whose public page is open. */
async function aPublished(hand: Hand, form: Record<string, string> = {}) {
  const { params } = await anArticle(hand);
  await hand.make(`/culture/kit/${params.issue}/publication`, { version: "1", etat: "publier" });
  const { owner, houseId } = hand.house;
  await owner.query(
    "INSERT INTO culture.public_pages (house_id, about, open) VALUES ($1, 'Le pôle', true) ON CONFLICT (house_id) DO UPDATE SET open = true",
    [houseId],
  );
  const { rows } = await owner.query<{ code: string }>("SELECT code FROM house.houses WHERE house_id = $1", [houseId]);
  return { params: { ...params, house: rows[0]?.code ?? "" }, form };
}
/** How many a mailing of an issue to all would write to. */
async function aMailing(hand: Hand) {
  const { params } = await aPublished(hand);
  const structure = await hand.structure();
  await hand.house.owner.query("UPDATE partners.structures SET email = $2 WHERE id = $1", [
    structure,
    `${structure}@exemple.test`,
  ]);
  const { rows } = await hand.house.owner.query<{ count: number }>(
    `SELECT count(DISTINCT lower(btrim(e)))::int AS count FROM partners.structures s CROSS JOIN LATERAL (SELECT s.email AS e
       UNION ALL SELECT c.email FROM partners.contacts c WHERE c.structure_id = s.id) x
      WHERE s.house_id = $1 AND e IS NOT NULL`,
    [hand.house.houseId],
  );
  return { params, form: { key: hand.id(), commune: "", vues: String(rows[0]?.count ?? 0) } };
}
/** The link that a letter bears. */
async function aLetter(hand: Hand) {
  const { params } = await aMailing(hand);
  const { owner, houseId, deps } = hand.house;
  const [letter, mailing] = [hand.id(), hand.id()];
  const token = deps.ids.token().slice(0, 22);
  await owner.query(
    `WITH m AS (INSERT INTO culture.kit_mailings (house_id, id, issue_id, at, chosen, letters, served, refused) VALUES ($1, $2, $3, now(), 'essai', 1, 0, 0)),
          l AS (INSERT INTO culture.kit_letters (house_id, id, mailing_id, issue_id, print) VALUES ($1, $4, $2, $3, sha256($5::bytea)))
     INSERT INTO messages.links (house_id, token_hash, kind, record_id, expires_at) VALUES ($1, sha256(convert_to($6, 'UTF8')), 'kit', $4, '2030-01-01')`,
    [houseId, mailing, params.issue, letter, Buffer.from(letter), token],
  );
  return { params: { token }, form: {} };
}

export const kitSamples: Samples = {
  "GET /culture/kit": () => ({ query: { etat: "publies" } }),
  "GET /culture/kit/export.csv": () => ({}),
  "GET /culture/kit/export.xlsx": () => ({ slow: true }),
  "GET /culture/kit/nouveau": () => ({}),
  "POST /culture/kit/nouveau": (hand) => ({ form: { key: hand.id(), titre: "Le kit d’essai" } }),
  "GET /culture/kit/:issue": (hand) => anIssue(hand),
  "POST /culture/kit/:issue": (hand) => anIssue(hand, { version: "1", titre: "Le kit de décembre" }),
  "POST /culture/kit/:issue/articles": (hand) => anIssue(hand, article(hand)),
  async "POST /culture/kit/:issue/articles/tribune"(hand) {
    const contribution = hand.id();
    const text = { titre: "Ma pièce", texte: "J’y suis allée.", signature: "none", accord: "1", venue: "mail" };
    await hand.make("/culture/tribune/nouveau", { key: contribution, ...text });
    await hand.make(`/culture/tribune/${contribution}`, { version: "1", decision: "publish" });
    return anIssue(hand, { key: hand.id(), contribution });
  },
  "POST /culture/kit/:issue/articles/modification": (hand) =>
    anArticle(hand, { article_titre: "Une autre liste", article_texte: "Neuf chansons." }),
  "POST /culture/kit/:issue/articles/retrait": (hand) => anArticle(hand),
  async "POST /culture/kit/:issue/publication"(hand) {
    const { params } = await anArticle(hand);
    return { params, form: { version: "1", etat: "publier" } };
  },
  "GET /culture/kit/:issue/envoi": (hand) => aPublished(hand),
  "POST /culture/kit/:issue/envoi": (hand) => aMailing(hand),
  "POST /culture/kit/:issue/envoi/desabonnement": (hand) => aPublished(hand, { adresse: `${hand.id()}@exemple.test` }),
  "GET /culture-pour-tous/:house/kit": (hand) => aPublished(hand),
  "GET /culture-pour-tous/:house/kit/:issue": (hand) => aPublished(hand),
  "GET /kit/:token": (hand) => aLetter(hand),
  "POST /kit/:token": (hand) => aLetter(hand),
};
