// What to ask the routes of messages, referrals and surveys with.
import { hashToken } from "../../http/session.ts";
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const year = { de: "01/01/2020", a: "31/12/2020" };

/** A message in a state, as the job that sends leaves it. */
async function aMessage(hand: Hand, state: "doubtful" | "sent", form: Record<string, string> = {}) {
  const message = hand.id();
  await hand.house.owner.query(
    `INSERT INTO messages.messages (house_id, id, key, purpose, channel, person_id, personal, recipient, body, planned_at, next_at, state, via, created_at)
     VALUES ($1, $2::uuid, $2::uuid::text, 'reminder', 'sms', $3, true, '+33612345678', 'Bonjour Zéphyrine-essai.', $4, $4, $5, 'outbox', $4)`,
    [hand.house.houseId, message, await hand.person(), hand.house.clock.now(), state],
  );
  return { params: { message }, form };
}

/** A link to a record, as its message carries it: its token. */
async function aLink(hand: Hand, kind: string, record: string): Promise<string> {
  const token = hand.house.deps.ids.token();
  await hand.house.owner.query(
    "INSERT INTO messages.links (house_id, token_hash, kind, record_id, expires_at) VALUES ($1, $2, $3, $4, $5)",
    [hand.house.houseId, hashToken(token), kind, record, new Date(hand.house.clock.now().getTime() + 86_400_000)],
  );
  return token;
}

async function aProgramme(hand: Hand): Promise<string> {
  const id = hand.id();
  await hand.house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, created_at) VALUES ($1, $2::uuid, $2::uuid::text, 'Un dispositif', now())",
    [hand.house.houseId, id],
  );
  return id;
}

/** A referral to an organisation outside, just sent. */
async function aReferral(hand: Hand): Promise<string> {
  const id = hand.id();
  const { owner, houseId } = hand.house;
  await owner.query(
    `INSERT INTO programmes.referrals (house_id, id, person_id, from_name, to_name, to_email, purpose, sent_on, late_on, expires_on, created_at)
     VALUES ($1, $2, $3, 'Un organisme', 'Un autre', 'autre@exemple.test', 'Essai', '2020-12-01', '2020-12-16', '2020-12-31', now())`,
    [houseId, id, await hand.person({ family: `Essai-${id}`, given: "Camille" })],
  );
  await owner.query(
    "INSERT INTO programmes.referral_events (house_id, id, referral_id, number, kind, on_day, at, by_link) VALUES ($1, $2, $3, 1, 'sent', '2020-12-01', now(), false)",
    [houseId, hand.id(), id],
  );
  return id;
}

const messages: Samples = {
  "GET /messages": () => ({ query: { ...year, etat: "sent", objet: "", canal: "sms" } }),
  "GET /messages/export.csv": () => ({ query: year }),
  "GET /messages/reglages": () => ({}),
  async "POST /messages/pauses"(hand) {
    await hand.house.owner.query("DELETE FROM messages.pauses");
    return { form: { objet: "reminder", raison: "Fermeture" } };
  },
  async "POST /messages/pauses/:pause/fin"(hand) {
    const pause = hand.id();
    await hand.house.owner.query("DELETE FROM messages.pauses");
    await hand.house.owner.query(
      "INSERT INTO messages.pauses (house_id, id, reason, from_at) VALUES ($1, $2, 'Essai', now())",
      [hand.house.houseId, pause],
    );
    return { params: { pause } };
  },
  "POST /messages/regles": () => ({
    form: { du: "", calme_de: "20:00", calme_a: "8 h", dimanche: "1", garde: "12", source: "Décision de la maison" },
  }),
  "POST /messages/prix": () => ({ form: { du_prix: "", prix: "0,045", source_prix: "Contrat" } }),
  "GET /messages/:message": (hand) => aMessage(hand, "sent"),
  "POST /messages/:message/suite": (hand) => aMessage(hand, "doubtful", { choix: "again", version: "1" }),
  "POST /messages/:message/texte": (hand) => aMessage(hand, "sent"),
};

const referrals: Samples = {
  "GET /personnes/:person/orienter": async (hand) => ({ params: { person: await hand.person() } }),
  "POST /personnes/:person/orienter": async (hand) => ({
    params: { person: await hand.person() },
    form: { key: hand.id(), de: "", vers: await aProgramme(hand), organisme: "", objet: "Essai", partage: "" },
  }),
  "GET /orientations": () => ({ query: { ...year, etat: "retard", vers: "dehors", par: "moi" } }),
  "GET /orientations/export.csv": () => ({ query: year }),
  "GET /orientations/delais": () => ({}),
  "POST /orientations/delais": () => ({ form: { du: "", retard: "15", fin: "30", source: "Décision de la maison" } }),
  "GET /orientations/:referral": async (hand) => ({ params: { referral: await aReferral(hand) } }),
  "POST /orientations/:referral/suite": async (hand) => ({
    params: { referral: await aReferral(hand) },
    form: { apres: "1", suite: "refused", motif: "full", note: "" },
  }),
  "GET /orientation/:token": async (hand) => ({
    params: { token: await aLink(hand, "orientation", await aReferral(hand)) },
  }),
  "POST /orientation/:token": async (hand) => ({
    params: { token: await aLink(hand, "orientation", await aReferral(hand)) },
    form: { apres: "1", suite: "accepted", motif: "", note: "" },
  }),
};

/** A survey with one question: their identifiers. */
async function aSurvey(hand: Hand): Promise<{ survey: string; question: string }> {
  const [survey, question] = [hand.id(), hand.id()];
  const { owner, houseId } = hand.house;
  await owner.query(
    `INSERT INTO agenda.surveys (house_id, id, programme_id, title, sent_after, delay_days, by_mail, by_sms, open_days, from_day, created_at)
     VALUES ($1, $2, $3, 'Essai', 'interview', 28, true, true, 30, '2020-01-01', now())`,
    [houseId, survey, await aProgramme(hand)],
  );
  await owner.query(
    "INSERT INTO agenda.survey_questions (house_id, id, survey_id, position, label, scale, from_day) VALUES ($1, $2, $3, 1, 'Accueil', 'satisfaction', '2020-01-01')",
    [houseId, question, survey],
  );
  return { survey, question };
}
const surveyForm = {
  titre: "Essai",
  questions: "Accueil",
  echelle: "satisfaction",
  envoi: "session",
  delai: "3",
  courriel: "1",
  ouverte: "30",
};
const aSurveyPage = async (hand: Hand) => ({ params: { survey: (await aSurvey(hand)).survey }, query: year });
async function aSheet(hand: Hand, withdrawn: boolean) {
  const { survey } = await aSurvey(hand);
  const sheet = hand.id();
  const { owner, houseId } = hand.house;
  await owner.query(
    "INSERT INTO agenda.survey_sheets (house_id, id, survey_id, month, channel) VALUES ($1, $2, $3, '2020-12-01', 'paper')",
    [houseId, sheet, survey],
  );
  if (withdrawn)
    await owner.query("INSERT INTO agenda.survey_sheet_withdrawals (house_id, sheet_id, at) VALUES ($1, $2, now())", [
      houseId,
      sheet,
    ]);
  return { params: { survey, sheet } };
}

const surveys: Samples = {
  "GET /enquetes": () => ({}),
  "GET /enquetes/export.csv": () => ({}),
  "GET /enquetes/nouvelle": () => ({}),
  "POST /enquetes/nouvelle": async (hand) => ({
    form: { ...surveyForm, key: hand.id(), dispositif: await aProgramme(hand) },
  }),
  "GET /enquetes/:survey": aSurveyPage,
  "GET /enquetes/:survey/export.csv": aSurveyPage,
  "GET /enquetes/:survey/modifier": aSurveyPage,
  "POST /enquetes/:survey/modifier": async (hand) => ({
    params: { survey: (await aSurvey(hand)).survey },
    form: { ...surveyForm, version: "1" },
  }),
  "GET /enquetes/:survey/saisie": aSurveyPage,
  async "POST /enquetes/:survey/saisie"(hand) {
    const { survey, question } = await aSurvey(hand);
    return { params: { survey }, form: { key: hand.id(), jour: "", [`q-${question}`]: "very" } };
  },
  "POST /enquetes/:survey/feuilles/:sheet/retrait": (hand) => aSheet(hand, false),
  "POST /enquetes/:survey/feuilles/:sheet/retour": (hand) => aSheet(hand, true),
  "GET /enquete/merci": () => ({}),
  "GET /enquete/:token": async (hand) => ({
    params: { token: await aLink(hand, "enquete", (await aSurvey(hand)).survey) },
  }),
  async "POST /enquete/:token"(hand) {
    const { survey, question } = await aSurvey(hand);
    return { params: { token: await aLink(hand, "enquete", survey) }, form: { [`q-${question}`]: "very" } };
  },
};

const reminders: Samples = {
  "GET /rappels": () => ({}),
  "POST /rappels": () => ({ form: { du: "", voie: "sms", source: "Décision de la maison" } }),
};

export const contactSamples: Samples = { ...messages, ...referrals, ...surveys, ...reminders };
