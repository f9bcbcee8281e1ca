// What to ask the routes of editions with.
import { anAgreement } from "./funding-samples.ts";
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const edition = (hand: Hand) => ({ key: hand.id(), titre: `Rapport ${hand.id()}`, periode: "2020" });

/** An edition that is a draft, one of its chapters and one of that chapter's blocks. */
async function aDraft(hand: Hand, form: Record<string, string> = {}, kind = "text") {
  const made = edition(hand);
  await hand.make("/editions/nouvelle", made);
  const chapter = hand.id();
  await hand.make(`/editions/${made.key}/chapitres`, { key: chapter, titre: "Annexes" });
  const block = hand.id();
  await hand.make(`/editions/${made.key}/chapitres/${chapter}/blocs`, { key: block, sorte: kind });
  return { params: { edition: made.key, chapter, block }, form };
}

/** The same, frozen. */
async function aFrozen(hand: Hand, form: Record<string, string> = {}) {
  const made = await aDraft(hand, form);
  await hand.make(`/editions/${made.params.edition}/gel`, { version: "1" });
  return made;
}

async function aComment(hand: Hand) {
  const made = await aDraft(hand);
  const comment = hand.id();
  const { edition: id, chapter } = made.params;
  await hand.make(`/editions/${id}/chapitres/${chapter}/commentaires`, { key: comment, texte: "À relire" });
  return { params: { ...made.params, comment } };
}

/** One pixel, as a PNG. */
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const photoFile = { field: "fichier", name: "photo.png", text: pixel };

async function aPhoto(hand: Hand) {
  const made = await aDraft(hand, {}, "photo");
  const { edition: id, block } = made.params;
  await hand.make(`/editions/${id}/blocs/${block}/photo`, {}, photoFile);
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM report.edition_photos WHERE edition_id = $1",
    [id],
  );
  const photo = rows[0]?.id ?? "";
  await hand.make(`/editions/${id}/blocs/${block}`, { version: "2", photo, alternative: "Un point" });
  await hand.make(`/editions/${id}/gel`, { version: "1" });
  return { params: { ...made.params, photo } };
}

/** The same, published: its public address. */
async function aPublished(hand: Hand) {
  const made = await aPhoto(hand);
  const { edition: id, chapter, photo } = made.params;
  await hand.make(`/editions/${id}/publication`, { version: "2", vers: "published" });
  const { rows } = await hand.house.owner.query<{ slug: string }>("SELECT slug FROM report.editions WHERE id = $1", [
    id,
  ]);
  return { params: { house: "demo", slug: rows[0]?.slug ?? "", chapter, photo } };
}

/** A chapter of a programme, and an agreement that pays for it. */
async function aFundedChapter(hand: Hand) {
  const { params } = await anAgreement(hand);
  const made = edition(hand);
  await hand.make("/editions/nouvelle", made);
  const { rows } = await hand.house.owner.query<{ id: string }>(
    `SELECT c.id FROM report.edition_chapters c JOIN programmes.agreements a ON a.id = $2 JOIN programmes.programmes p ON p.id = a.programme_id AND p.code = c.programme
      WHERE c.edition_id = $1`,
    [made.key, params.agreement],
  );
  return {
    params: { edition: made.key, chapter: rows[0]?.id ?? "" },
    query: { convention: params.agreement },
    slow: true,
  };
}

const slowly = async (hand: Hand) => ({ ...(await aFrozen(hand)), slow: true });

const explored = { chiffre: "antennes.visites", lignes: "antenne", de: "2020-01-01", a: "2020-12-31" };

export const editionSamples: Samples = {
  "GET /editions": () => ({}),
  "GET /editions/nouvelle": () => ({}),
  "POST /editions/nouvelle": (hand) => ({ form: edition(hand) }),
  "GET /editions/depuis-explorateur": () => ({ query: explored }),
  "POST /editions/depuis-explorateur": async (hand) => {
    const { params } = await aDraft(hand);
    return { query: explored, form: { key: hand.id(), chapitre: params.chapter, titre: "Par antenne" } };
  },
  "GET /editions/:edition": (hand) => aFrozen(hand),
  "GET /editions/:edition/controle": (hand) => aDraft(hand),
  "GET /editions/:edition/depuis-le-gel": (hand) => aFrozen(hand),
  "POST /editions/:edition/relecture": (hand) => aDraft(hand, { version: "1", vers: "review" }),
  "POST /editions/:edition/gel": (hand) => aDraft(hand, { version: "1" }),
  "POST /editions/:edition/publication": (hand) => aFrozen(hand, { version: "2", vers: "published" }),
  "POST /editions/:edition/reouverture": (hand) => aFrozen(hand, { version: "2", raison: "une visite corrigée" }),
  "POST /editions/:edition/chapitres": async (hand) => ({
    ...(await aDraft(hand)),
    form: { key: hand.id(), titre: "Bilan" },
  }),
  "GET /editions/:edition/chapitres/:chapter": (hand) => aFrozen(hand),
  "POST /editions/:edition/chapitres/:chapter": (hand) =>
    aDraft(hand, { version: "1", titre: "Annexes", responsable: "", etat: "written" }),
  "POST /editions/:edition/chapitres/:chapter/place": (hand) => aDraft(hand, { sens: "haut" }),
  "POST /editions/:edition/chapitres/:chapter/commentaires": async (hand) => ({
    ...(await aDraft(hand)),
    form: { key: hand.id(), texte: "À relire" },
  }),
  "POST /editions/:edition/chapitres/:chapter/commentaires/:comment/reglement": (hand) => aComment(hand),
  "POST /editions/:edition/chapitres/:chapter/blocs": async (hand) => ({
    ...(await aDraft(hand)),
    form: { key: hand.id(), sorte: "box" },
  }),
  "GET /editions/:edition/blocs/:block": (hand) => aDraft(hand),
  "POST /editions/:edition/blocs/:block": (hand) => aDraft(hand, { version: "1", texte: "Une année pleine." }),
  "POST /editions/:edition/blocs/:block/rangement": async (hand) => ({
    ...(await aDraft(hand)),
    form: { key: hand.id(), geste: "masquer" },
  }),
  "GET /editions/:edition/blocs/:block/versions": (hand) => aDraft(hand),
  "POST /editions/:edition/blocs/:block/versions": (hand) => aDraft(hand, { version: "1", reprise: "1" }),
  "GET /editions/:edition/chiffres": async (hand) => ({ ...(await aDraft(hand)), query: { q: "visites" } }),
  "POST /editions/:edition/blocs/:block/photo": async (hand) => ({
    ...(await aDraft(hand, {}, "photo")),
    file: photoFile,
  }),
  "GET /editions/:edition/photos/:photo": (hand) => aPhoto(hand),
  "GET /editions/:edition/rapport.pdf": slowly,
  "GET /editions/:edition/rapport.docx": slowly,
  "GET /editions/:edition/annexe.xlsx": slowly,
  "GET /editions/:edition/donnees.csv": (hand) => aFrozen(hand),
  "GET /editions/:edition/dictionnaire.csv": (hand) => aFrozen(hand),
  "GET /editions/:edition/chapitres/:chapter/financeur.pdf": aFundedChapter,
  "GET /editions/:edition/chapitres/:chapter/financeur.docx": aFundedChapter,
  "GET /publications/:house/:slug": aPublished,
  "GET /publications/:house/:slug/chapitres/:chapter": aPublished,
  "GET /publications/:house/:slug/photos/:photo": aPublished,
  "GET /publications/:house/:slug/rapport.pdf": aPublished,
  "GET /publications/:house/:slug/rapport.docx": aPublished,
  "GET /publications/:house/:slug/annexe.xlsx": aPublished,
  "GET /publications/:house/:slug/donnees.csv": aPublished,
  "GET /publications/:house/:slug/dictionnaire.csv": aPublished,
};
