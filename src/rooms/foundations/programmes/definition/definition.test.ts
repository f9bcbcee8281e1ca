// The small languages of a programme's definition: what is written is read back as the same thing, and what is not understood is told.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { monthsBetween } from "../eligibility/answers.ts";
import { checkEligibility, type Facts, isEligible } from "../eligibility/checking.ts";
import { type Condition, conditionText, readCondition, type SimpleCondition } from "../eligibility/conditions.ts";
import { outcomeKinds, outcomePlaces } from "../words.ts";
import { readTarget, targetText } from "./agreements.ts";
import { definitionYaml, readDefinition, readDefinitionYaml } from "./definition.ts";
import { type OutcomeWord, outcomeText, readOutcome } from "./outcomes.ts";

/** Plain objects, as the program makes them. */
const plainly = <T extends object>(one: T): T => structuredClone(one);

const range = (most: number) =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }), fc.constantFrom("min", "max", "both"))
    .map(([a, b, which]) =>
      which === "both" ? { min: Math.min(a, b), max: Math.max(a, b) } : which === "min" ? { min: a } : { max: a },
    );
const word = fc.stringMatching(/^[a-zé’ ]{3,20}$/).map((text) => `mot${text.trim()}`.replace(/\s+/g, " "));
const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
const simple: fc.Arbitrary<SimpleCondition> = fc.oneof(
  range(120).map((one) => ({ kind: "age" as const, ...one })),
  range(600).map((one) => ({ kind: "registered" as const, ...one })),
  range(8).map((one) => ({ kind: "diploma" as const, ...one })),
  some("job_seeker", "employee", "self_employed", "student", "inactive").map((list) => ({
    kind: "status" as const,
    in: list,
  })),
  some<"qpv" | "qva" | "none">("qpv", "qva", "none").map((list) => ({ kind: "neighbourhood" as const, in: list })),
  fc.record({
    kind: fc.constant("mark" as const),
    mark: fc.constantFrom("rsa" as const, "ass" as const, "rqth" as const),
    is: fc.constantFrom("yes" as const, "no" as const),
  }),
  some("69001", "69381", "2A004").map((list) => ({ kind: "commune" as const, in: list })),
  fc.constantFrom("F" as const, "M" as const).map((is) => ({ kind: "sex" as const, is })),
  fc.record({
    kind: fc.constant("programme" as const),
    code: fc.constantFrom("ier", "ier-seniors"),
    is: fc.constantFrom("in" as const, "out" as const),
  }),
  word.map((text) => ({ kind: "said" as const, text })),
  range(9_999_999).map((one) => ({ kind: "workforce" as const, ...one })),
  range(999_999_999).map((one) => ({ kind: "turnover" as const, ...one })),
  range(999_999_999).map((one) => ({ kind: "balance" as const, ...one })),
  range(6000).map((one) => ({ kind: "seniority" as const, ...one })),
  some("employeur", "coopérateur social").map((list) => ({ kind: "role" as const, in: list })),
  some("entreprise", "association").map((list) => ({ kind: "type" as const, in: list })),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  simple,
  fc.array(simple, { minLength: 2, maxLength: 4 }).map((of) => ({ kind: "any" as const, of })),
);

test("a condition is read back as it was written", () => {
  fc.assert(
    fc.property(condition, (one) => {
      assert.deepEqual(readCondition(conditionText(one)), { ok: true, value: plainly(one) });
    }),
  );
});

test("a word for outcomes is read back as it was written", () => {
  const flag = fc.constantFrom(true, false, null);
  fc.assert(
    fc.property(
      fc.record<OutcomeWord>({
        label: fc.oneof(word, fc.constant("VAE DEAES : validation totale")),
        kind: fc.constantFrom(...outcomeKinds),
        lasting: flag,
        law: fc.constantFrom("common" as const, "insertion" as const, null),
        qualifying: flag,
        positive: fc.boolean(),
        place: fc.constantFrom(...outcomePlaces),
        readings: fc.array(
          fc.record({ funder: fc.constantFrom("PLIE", "FSE", "Ville de Lyon"), positive: fc.boolean() }),
          { maxLength: 2 },
        ),
      }),
      (one) => {
        assert.deepEqual(readOutcome(outcomeText(one)), { ok: true, value: plainly(one) });
      },
    ),
  );
});

test("a whole definition goes to its file and back, and each part that is not understood is named", () => {
  const file = {
    code: "essai",
    intitule: "Essai",
    conditions: ["Âge : 45 ans ou plus", "au moins une : RSA : oui ; inscription : 12 mois ou plus"],
    etapes: ["Accueil", "Bilan"],
    resultats: ["CDI : emploi, durable, droit commun, positif", "Abandon : abandon, à la sortie"],
    champs: ["Niveau : choix (un, deux), obligatoire", "Score : nombre"],
    conventions: ["FSE : du 01/01/2020 au 31/12/2020, 50 000 €"],
    objectifs: ["2020 : 40 personnes", "2020 : 10 sorties_positives pour FSE"],
    lieux: ["gerland"],
  };
  const read = readDefinition(file);
  assert.ok(read.ok, JSON.stringify(read));
  assert.equal(read.value.agreements[0]?.cents, 5_000_000);
  assert.deepEqual(readDefinitionYaml(definitionYaml(read.value)), read);
  const wrong = readDefinition({
    ...file,
    conditions: ["âge : 45 ans ou plus", "taille : 1 m 80"],
    resultats: ["CDI : emploi, éternel"],
    objectifs: ["2020 : beaucoup"],
  });
  assert.ok(!wrong.ok);
  assert.deepEqual(Object.keys(wrong.mistakes).sort(), ["conditions", "objectifs", "resultats"]);
  assert.match(wrong.mistakes.conditions ?? "", /^Ligne 2/);
  assert.ok(!readDefinitionYaml("a: &a [x]\nb: [*a, *a]").ok);
  assert.ok(!readDefinitionYaml("{ : :").ok);
});

test("each condition says yes, no or unknown, and why", () => {
  const facts: Facts = {
    day: "2020-03-03",
    situation: {
      age: 45,
      status: "job_seeker",
      since: "2019-03-04",
      rsa: "no",
      neighbourhood: "qpv",
      commune: "69387",
    },
    programmes: ["ier"],
    said: { "titre de séjour valide": true },
  };
  const ask = (line: string, changed: Partial<Facts> = {}): string => {
    const read = readCondition(line);
    assert.ok(read.ok, line);
    return checkEligibility([read.value], { ...facts, ...changed })[0]?.answer ?? "";
  };
  assert.equal(ask("âge : 45 ans ou plus"), "yes");
  assert.equal(ask("âge : 44 ans ou moins"), "no");
  assert.equal(ask("âge : 26 ans ou plus", { situation: {} }), "unknown");
  // From the 4th of March to the 3rd of March a year later, eleven whole months have gone by.
  assert.equal(ask("inscription : 12 mois ou plus"), "no");
  assert.equal(ask("inscription : 12 mois ou plus", { day: "2020-03-04" }), "yes");
  assert.equal(ask("inscription : 1 mois ou plus", { situation: { status: "employee", since: "2010-01-01" } }), "no");
  assert.equal(ask("RSA : oui"), "no");
  assert.equal(ask("RQTH : oui"), "unknown");
  assert.equal(ask("au moins une : RSA : oui ; quartier : QPV"), "yes");
  assert.equal(ask("au moins une : RSA : oui ; RQTH : oui"), "unknown");
  assert.equal(ask("commune : 69387"), "yes");
  assert.equal(ask("dispositif : pas suivi dans ier"), "no");
  assert.equal(ask("à vérifier : titre de séjour valide"), "yes");
  assert.equal(ask("à vérifier : habite à Lyon"), "unknown");
  assert.equal(monthsBetween("2020-01-31", "2020-02-29"), 0);
  assert.ok(isEligible([]));
});

test("what is asked of a structure is read on its facts, and never asked of a person", () => {
  const structure = {
    workforce: 249,
    turnover: 60_000_000,
    balance: 43_000_000,
    founded: "2017-03-04",
    roles: ["Employeur"],
  };
  const ask = (line: string, of: Partial<Facts> = { structure }): string => {
    const read = readCondition(line);
    assert.ok(read.ok, line);
    const facts = { day: "2020-03-03", situation: {}, programmes: [], said: {}, ...of };
    const [verdict] = checkEligibility([read.value], facts);
    return `${verdict?.answer} ${verdict?.because}`;
  };
  assert.equal(ask("effectif : 249 salariés ou moins"), "yes 249\u00a0salariés");
  assert.equal(ask("effectif : 248 ou moins"), "no 249\u00a0salariés");
  assert.equal(
    ask("au moins une : chiffre d’affaires : 50 000 000 € ou moins ; bilan : 43 000 000 € ou moins").slice(0, 3),
    "yes",
  );
  // Three years short of a day.
  assert.equal(ask("ancienneté : 36 mois ou plus"), "no 35\u00a0mois");
  assert.equal(ask("rôle : coopérateur social ou employeur"), "yes Employeur");
  assert.equal(ask("type : association"), "unknown type inconnu");
  assert.equal(ask("effectif : 10 ou plus", { structure: {} }), "unknown effectif inconnu");
  assert.match(ask("effectif : 10 ou plus", {}), /^unknown/);
  const file = { code: "essai", intitule: "Essai" };
  for (const [takes, conditions, fine] of [
    ["structures", ["effectif : 249 ou moins", "commune : 69007", "à vérifier : TPE ou PME"], true],
    ["structures", ["âge : 45 ans ou plus"], false],
    ["personnes", ["au moins une : RSA : oui ; effectif : 10 ou moins"], false],
    ["personnes", ["commune : 69007"], true],
  ] as const)
    assert.equal(readDefinition({ ...file, public: takes, conditions: [...conditions] }).ok, fine, conditions.join());
});

test("a target may be one of a fund's indicators, promised to that fund", () => {
  assert.deepEqual(readTarget("2020 : 40 CO01 pour FSE"), {
    ok: true,
    value: { year: 2020, number: 40, figure: "CO01", funder: "FSE" },
  });
  for (const line of [
    "2020 : 40 CO01",
    "2020 : 40 CO01 pour FSE+",
    "2020 : 40 CO01 pour Ville",
    "2020 : 40 CO20 pour FSE",
    "2020 : 40 CO99 pour FSE",
  ])
    assert.equal(readTarget(line).ok, false, line);
  const read = readTarget("2026 : 12 EECR04 pour FSE+");
  assert.ok(read.ok);
  assert.equal(targetText(read.value), "2026 : 12 EECR04 pour FSE+");
});
