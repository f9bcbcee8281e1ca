import type { AttendanceState, RegistrationState, SessionStatus } from "./tables.ts";

export const sessionStatusWords: Readonly<Record<SessionStatus, string>> = {
  planned: "prévue",
  held: "a eu lieu",
  cancelled: "annulée",
  postponed: "reportée",
};

export const registrationWords: Readonly<Record<RegistrationState, string>> = {
  registered: "inscrit(e)",
  waiting: "en attente",
  cancelled: "désisté(e)",
};

export const attendanceWords: Readonly<Record<AttendanceState, string>> = {
  present: "présent(e)",
  absent: "absent(e)",
  justified: "absence justifiée",
};

export const sessionJournalWords = {
  "session.listed": "a ouvert la liste des séances",
  "session.exported": "a exporté la liste des séances",
  "session.recorded": "a programmé une séance",
  "session.seen": "a ouvert une séance",
  "session.changed": "a modifié une séance",
  "session.status-changed": "a dit ce qu’une séance est devenue",
  "session.registered": "a inscrit à une séance",
  "session.registration-cancelled": "a désinscrit d’une séance",
  "session.link-made": "a fait un lien d’inscription",
  "session.registered-by-link": "s’est inscrit(e) par son lien",
  "session.cancelled-by-link": "s’est désisté(e) par son lien",
  "session.registrations-exported": "a exporté les inscrits d’une séance",
  "session.sheet-opened": "a ouvert la feuille d’émargement",
  "session.signing-opened": "a ouvert les signatures d’une séance",
  "session.signed": "a recueilli une signature à une séance",
  "session.signature-erased": "a effacé une signature d’une séance",
  "session.closed": "a noté qui est venu à une séance",
};
