// Words of the imports' pages.
import type { TableWords } from "../../core/importing/undo.ts";

/** Tables that may refer to what an import wrote, as its reader calls them. */
export const tableWords: TableWords = {
  "agenda.visits": "visites",
  "agenda.visit_terms": "mots des listes de l’accueil",
  "agenda.interviews": "entretiens",
  "agenda.interview_changes": "modifications d’entretiens",
  "agenda.interview_notes": "notes d’entretien",
  "agenda.sessions": "séances",
  "agenda.session_changes": "modifications de séances",
  "agenda.session_speakers": "intervenants de séances",
  "agenda.registrations": "inscriptions à des séances",
  "agenda.registration_links": "liens d’inscription",
  "agenda.attendances": "présences",
  "house.site_aliases": "autres noms d’un lieu",
  "house.grants": "rôles des comptes",
  "house.api_keys": "clés de programmes",
  "partners.structures": "structures qui en dépendent",
  "partners.sites": "lieux d’une structure",
  "partners.contacts": "contacts d’une structure",
  "partners.conventions": "conventions avec une structure",
  "partners.merges": "fusions de structures",
  "people.persons": "fiches de personnes",
  "people.merges": "fusions",
  "people.consents": "consentements",
  "people.requests": "demandes",
  "people.situation_withdrawals": "situations retirées",
};
