// What comes out of something against what went in: sold and made, kept and sent, people and visits, places and sessions.
import { countsPeople, isCount, named, plain, restriction, says, told, within } from "../speech.ts";
import type { Finding, Rule, Stated } from "../stated.ts";

/** Words in the order of things; `unit`: told in the same unit, or it says nothing. */
const orders: { before: RegExp; after: RegExp; why: string; unit: boolean }[] = [
  {
    before: /\b(renove|fabrique|produit|repare|recycle|confectionne)e?s\b/,
    after: /\b(vendu|cede|donne|distribue|remis)e?s\b/,
    why: "il ne sort pas plus d’objets qu’il n’en a été préparé",
    unit: true,
  },
  {
    before: /\b(orientee?s|positionnee?s)\b/,
    after: /\b(retenue?s|admis(es)?)\b/,
    why: "on ne retient que ceux que l’on a orientés",
    unit: true,
  },
  {
    before: /\brecue?s\b/,
    after: /\baccompagnee?s\b/,
    why: "on n’accompagne pas plus de personnes que l’on n’en reçoit",
    unit: true,
  },
  {
    before: /\b(programmee?s|prevue?s)\b/,
    after: /\brealisee?s\b/,
    why: "il n’est pas réalisé plus qu’il n’est programmé",
    unit: true,
  },
  {
    before: /\b(invitations?|places?) (proposee?s|offertes?)\b/,
    after: /\breservations?\b|\breservee?s\b/,
    why: "on ne réserve pas plus de places qu’il n’en est proposé",
    unit: false,
  },
  {
    before: /\breservations?\b/,
    after: /\bvenues?\b/,
    why: "il ne vient pas plus de monde qu’il n’y a de réservations",
    unit: false,
  },
];

/** The first word of what is counted: "jouets" of "Jouets vendus", so that workshops are not set against schools. */
const noun = (row: Stated): string => plain(row.label).split(/[ ,:(]/)[0] ?? "";

/** Steps and states are what the words tell: they do not restrict who or what is counted. */
const open = (row: Stated): Stated => {
  const { étape: _, état: __, annulées: ___, ...by } = row.by;
  return { ...row, by };
};

export const moreOutThanIn: Rule = {
  name: "more-out-than-in",
  title: "plus de sorties que d’entrées dans un même flux",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values()) {
      const counts = rows.filter((row) => isCount(row) && !known.has(row.code));
      for (const { before, after, why, unit } of orders) {
        const [firsts, seconds] = [before, after].map((words) => counts.filter((row) => words.test(plain(row.label))));
        for (const first of firsts ?? [])
          for (const second of seconds ?? []) {
            if (first === second || second.value <= first.value || before.test(plain(second.label))) continue;
            if (
              unit
                ? first.unit !== second.unit ||
                  (noun(first) !== noun(second) && !plain(first.label).includes(noun(second)))
                : first.programme !== second.programme
            )
              continue;
            if (second.period.slice(0, 4) !== first.period.slice(0, 4) || !within(open(second), open(first))) continue;
            findings.push({
              rule: "more-out-than-in",
              weight: "contradiction",
              accused: [first.code, second.code],
              witnesses: [],
              sentence: `${says(second)}, plus que ${named(first)} qui dit ${told(first.value, first.unit)}\u00a0: ${why}.`,
            });
          }
      }
    }
    return findings;
  },
};

export const peopleAboveVisits: Rule = {
  name: "people-above-visits",
  title: "plus de personnes que de visites",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values()) {
      const events = rows.filter(
        (row) =>
          isCount(row) &&
          /^(visites|entretiens|passages)$/.test(row.unit) &&
          !/entreprise|embauche/.test(plain(row.label)),
      );
      for (const people of rows.filter(
        (row) => countsPeople(row) && /\b(recue?s|accueillie?s)\b/.test(plain(row.label)) && !known.has(row.code),
      ))
        for (const event of events)
          if (
            event.programme === people.programme &&
            event.period === people.period &&
            restriction(event.by) === restriction(people.by) &&
            people.value > event.value
          )
            findings.push({
              rule: "people-above-visits",
              weight: "contradiction",
              accused: [people.code, event.code],
              witnesses: [],
              sentence: `${says(people)}, plus que ${named(event)} qui dit ${told(event.value, event.unit)}\u00a0: chaque personne reçue l’est au moins une fois.`,
            });
    }
    return findings;
  },
};

export const aboveCapacity: Rule = {
  name: "above-capacity",
  title: "plus de monde que de places",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values())
      for (const capacity of rows) {
        const per = /\bcapacite (?:maximale )?(?:par|de chaque) (\p{L}+)/u.exec(plain(capacity.label))?.[1];
        if (!per) continue;
        const times = rows.filter(
          (row) =>
            isCount(row) &&
            plain(row.unit) === `${per.replace(/s$/, "")}s` &&
            restriction(row.by) === restriction(capacity.by),
        );
        const people = rows.filter(
          (row) =>
            countsPeople(row) &&
            restriction(row.by) === restriction(capacity.by) &&
            !known.has(row.code) &&
            /^(beneficiaire|participant|stagiaire|personnes? accompagnee)/.test(plain(row.label)),
        );
        const [turns] = times;
        if (times.length !== 1 || !turns) continue;
        const places = turns.value * capacity.value;
        for (const row of people)
          if (row.value > places)
            findings.push({
              rule: "above-capacity",
              weight: "contradiction",
              accused: [row.code],
              witnesses: [capacity.code, turns.code],
              sentence: `${says(row)}, alors que ${told(turns.value, turns.unit)} de ${told(capacity.value)} places au plus en offrent ${told(places)}.`,
            });
      }
    return findings;
  },
};
