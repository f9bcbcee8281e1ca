// The rules of the indicators at their boundaries, what is missing, and the windows of the two checks.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addDays, addMonths, isDay } from "../../../../core/time.ts";
import type { Answer, Check, Facts, Truth } from "./facts.ts";
import { indicators, indicatorsOf } from "./indicators.ts";
import { type Question, questionKeys, questionsOf } from "./questions.ts";
import { exitWindow, laterWindow, type RegimeCode, regimeOf, regimes } from "./regimes.ts";
import { verdictOf } from "./rules.ts";

const nothing: Facts = {
  entryOn: "2020-06-30",
  age: null,
  status: null,
  since: null,
  months: null,
  diploma: null,
  rqth: null,
  nationality: null,
  answers: {},
  exitOn: null,
  exit: null,
  later: null,
};
const check = (situation: Check["situation"], more: Partial<Check> = {}): Check => ({
  situation,
  training: false,
  qualification: false,
  improved: false,
  ...more,
});
const regime = (code: RegimeCode) => regimes.find((one) => one.code === code) as (typeof regimes)[number];
function verdict(code: string, facts: Partial<Facts>): Truth {
  const indicator = indicators.find((one) => one.code === code);
  assert.ok(indicator, code);
  return verdictOf(indicator, { ...nothing, ...facts }, regime(indicator.regime));
}

const seeker = { status: "job_seeker" };
const cases: readonly [what: string, code: string, facts: Partial<Facts>, expected: Truth][] = [
  ["a job seeker is unemployed", "CO01", seeker, true],
  ["an employee is not", "CO01", { status: "employee" }, false],
  ["nobody knows", "CO01", {}, null],
  ["under 25, six months to the day are not more than six", "CO02", { ...seeker, age: 24, since: "2019-12-30" }, false],
  ["under 25, a day more", "CO02", { ...seeker, age: 24, since: "2019-12-29" }, true],
  ["at 25, seven months are too few", "CO02", { ...seeker, age: 25, since: "2019-11-15" }, false],
  ["at 25, twelve months to the day", "CO02", { ...seeker, age: 25, since: "2019-06-30" }, false],
  ["at 25, a day more than twelve months", "CO02", { ...seeker, age: 25, since: "2019-06-29" }, true],
  ["age unknown, too short for any", "CO02", { ...seeker, since: "2020-05-01" }, false],
  ["age unknown, long enough for all", "CO02", { ...seeker, since: "2018-01-01" }, true],
  ["age unknown, between the two bounds", "CO02", { ...seeker, since: "2019-10-01" }, null],
  ["the day forgotten, the months kept", "CO02", { ...seeker, age: 24, months: 6.5 }, true],
  ["six whole months kept", "CO02", { ...seeker, age: 24, months: 6 }, false],
  ["since when is not known", "CO02", { ...seeker, age: 40 }, null],
  ["an employee is no long-term unemployed, whatever is missing", "CO02", { status: "employee" }, false],
  ["a student is inactive", "CO03", { status: "student" }, true],
  ["and in education", "CO04", { status: "student" }, false],
  ["neither job, nor search, nor school", "CO04", { status: "inactive" }, true],
  ["self-employed is employed", "CO05", { status: "self_employed" }, true],
  ["24 is under 25", "CO06", { age: 24 }, true],
  ["25 is not", "CO06", { age: 25 }, false],
  ["54 is not over 54", "CO07", { age: 54 }, false],
  ["55 is", "CO07", { age: 55 }, true],
  ["55 and unemployed", "CO08", { ...seeker, age: 55 }, true],
  ["55 and a student", "CO08", { status: "student", age: 55 }, false],
  ["54 and nothing else known", "CO08", { age: 54 }, false],
  ["55 and nothing else known", "CO08", { age: 55 }, null],
  ["no diploma", "CO09", { diploma: "none" }, true],
  ["CAP", "CO09", { diploma: "3" }, false],
  ["CAP", "CO10", { diploma: "3" }, true],
  ["bac", "CO10", { diploma: "4" }, true],
  ["bac + 2", "CO11", { diploma: "5" }, true],
  ["diploma unknown", "CO11", {}, null],
  ["did not wish to tell", "CO15", { answers: { origin: "refused" } }, "refused"],
  ["RQTH", "CO16", { rqth: "yes" }, true],
  ["no RQTH", "CO16", { rqth: "no" }, false],
  ["no RQTH, but another recognition", "CO16", { rqth: "no", answers: { handicap: "yes" } }, true],
  ["not told", "CO16", { answers: { handicap: "refused" } }, "refused"],
  ["removed in 2018: counts nobody", "CO12", seeker, false],
  ["inactive, now searching", "CR01", { status: "inactive", exit: check("job_seeking") }, true],
  ["was searching already", "CR01", { ...seeker, exit: check("job_seeking") }, false],
  ["in training", "CR02", { ...seeker, exit: check("inactive", { training: true }) }, true],
  ["was a student already", "CR02", { status: "student", exit: check("inactive", { training: true }) }, false],
  ["qualified", "CR03", { exit: check("job_seeking", { qualification: true }) }, true],
  ["a job", "CR04", { ...seeker, exit: check("employee") }, true],
  ["had one", "CR04", { status: "employee", exit: check("employee") }, false],
  ["left, not asked yet", "CR04", seeker, null],
  ["asked, could not be reached", "CR04", { ...seeker, exit: check("unreached") }, null],
  ["disadvantaged, with a job", "CR05", { ...seeker, rqth: "yes", exit: check("employee") }, true],
  ["disadvantaged, without any result", "CR05", { ...seeker, rqth: "yes", exit: check("job_seeking") }, false],
  [
    "not told whether, with a job",
    "CR05",
    { ...seeker, rqth: "no", answers: { origin: "refused", disadvantaged: "no" }, exit: check("employee") },
    "refused",
  ],
  ["six months later, a job", "CR06", { ...seeker, later: check("self_employed") }, true],
  ["better than before", "CR07", { status: "employee", later: check("employee", { improved: true }) }, true],
  [
    "only who had a job can have a better one",
    "CR07",
    { ...seeker, later: check("employee", { improved: true }) },
    false,
  ],
  ["55, a job later", "CR08", { ...seeker, age: 55, later: check("employee") }, true],
  ["54", "CR08", { ...seeker, age: 54, later: check("employee") }, false],
  [
    "disadvantaged, a job later",
    "CR09",
    { ...seeker, answers: { disadvantaged: "yes" }, later: check("employee") },
    true,
  ],
  ["everybody is a participant", "EECO01", {}, true],
  ["17 is under 18", "EECO06", { age: 17 }, true],
  ["18 is not", "EECO06", { age: 18 }, false],
  ["18 is between 18 and 29", "EECO07", { age: 18 }, true],
  ["29 too", "EECO07", { age: 29 }, true],
  ["30 is not", "EECO07", { age: 30 }, false],
  ["54 is not 55", "EECO08", { age: 54 }, false],
  ["55 is", "EECO08", { age: 55 }, true],
  ["no diploma", "EECO09", { diploma: "none" }, true],
  ["of the Union", "EECO13", { nationality: "eu" }, false],
  ["of another country", "EECO13", { nationality: "other" }, true],
  ["said in the questionnaire", "EECO13", { answers: { third_country: "yes" } }, true],
  ["minority", "EECO15", { answers: { minority: "no" } }, false],
  ["a job on leaving, whatever was before", "EECR04", { status: "employee", exit: check("employee") }, true],
  [
    "training, a student before too",
    "EECR02",
    { status: "student", exit: check("inactive", { training: true }) },
    true,
  ],
  ["a job six months later", "EECR05", { later: check("employee") }, true],
];
for (const [what, code, facts, expected] of cases)
  test(`${code}: ${what}`, () => assert.equal(verdict(code, facts), expected));

test("every indicator of the two lists is there once, with its number", () => {
  const numbered = (head: string, last: number): string[] =>
    Array.from({ length: last }, (_, at) => `${head}${String(at + 1).padStart(2, "0")}`);
  assert.deepEqual(
    indicators.map((one) => one.code),
    [...numbered("CO", 23), ...numbered("CR", 9), ...numbered("EECO", 19), ...numbered("EECR", 6)],
  );
  const of = (day: string): boolean => indicatorsOf("fse", day).some((one) => one.code === "CO12");
  assert.deepEqual([of("2018-08-01"), of("2018-08-02")], [true, false]);
});

test("a funder's name says its regulation", () => {
  const code = (name: string): string | null => regimeOf(name)?.code ?? null;
  assert.deepEqual(
    ["FSE", "fse", "FSE Métropole", "FSE+", "FSE +", "FSE+ 2021-2027", "FSEplus", "Métropole", "FSEIC"].map(code),
    ["fse", "fse", "fse", "fse-plus", "fse-plus", "fse-plus", "fse-plus", null, null],
  );
});

test("four weeks after the exit, six months date to date", () => {
  const fse = regime("fse");
  assert.deepEqual(exitWindow("2020-03-03", fse), { from: "2020-03-03", to: "2020-03-31" });
  const later = (day: string): string => laterWindow(day, fse).from;
  assert.deepEqual(["2020-01-15", "2020-03-31", "2020-08-31", "2019-08-31", "2020-08-29"].map(later), [
    "2020-07-15",
    "2020-09-30",
    "2021-02-28",
    "2020-02-29",
    "2021-02-28",
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4000 }), (n) => {
      const exit = addDays("2018-01-01", n);
      const window = laterWindow(exit, fse);
      assert.ok(isDay(window.from) && window.from > exitWindow(exit, fse).to);
      assert.equal(window.from.slice(0, 7), addMonths(exit, 6).slice(0, 7));
      assert.equal(addDays(window.to, -28), window.from);
    }),
  );
});

const maybe = <T>(...values: T[]) => fc.constantFrom<T | null>(...values, null);
const anyCheck = fc.record({
  situation: fc.constantFrom<Check["situation"]>("employee", "self_employed", "job_seeking", "inactive", "unreached"),
  training: maybe(true, false),
  qualification: maybe(true, false),
  improved: maybe(true, false),
});
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  entryOn: fc.constant("2020-06-30"),
  age: fc.option(fc.integer({ min: 14, max: 70 })),
  status: maybe("job_seeker", "employee", "self_employed", "student", "inactive"),
  since: fc.option(fc.integer({ min: 1, max: 900 }).map((n) => addDays("2020-06-30", -n))),
  months: fc.constant(null),
  diploma: maybe("none", "1", "2", "3", "4", "5", "6", "7", "8"),
  rqth: maybe("yes", "no"),
  nationality: maybe("french", "eu", "other"),
  answers: fc.dictionary(fc.constantFrom<Question>(...questionKeys), fc.constantFrom<Answer>("yes", "no", "refused")),
  exitOn: fc.constant("2020-12-31"),
  exit: fc.option(anyCheck),
  later: fc.option(anyCheck),
});
const truth = (facts: Facts, code: string): Truth => verdict(code, facts);

test("whatever is known: one status and one level each, and a part is in its whole", () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      for (const group of [
        ["CO01", "CO03", "CO05"],
        ["CO09", "CO10", "CO11"],
        ["EECO02", "EECO04", "EECO05"],
        ["EECO09", "EECO10", "EECO11"],
      ]) {
        const all = group.map((code) => truth(facts, code));
        const yes = all.filter((one) => one === true).length;
        assert.ok(all.every((one) => one === null) ? yes === 0 : yes === 1, `${group}: ${all}`);
      }
      for (const [part, whole] of [
        ["CO02", "CO01"],
        ["CO04", "CO03"],
        ["CO08", "CO07"],
        ["CR08", "CR06"],
        ["CR09", "CR06"],
        ["EECO03", "EECO02"],
      ] as const)
        if (truth(facts, part) === true) assert.equal(truth(facts, whole), true, `${part} in ${whole}`);
    }),
  );
});

test("what one more answer tells never turns a yes or a no that was already sure", () => {
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...indicators), (facts, { code }) => {
      const less: Facts = { ...facts, age: null, diploma: null, answers: {}, exit: null };
      const before = truth(less, code);
      // A handicap said in the questionnaire completes a missing RQTH: an RQTH that is "no" may be completed by another recognition.
      if (before === true) assert.equal(truth(facts, code), true, code);
    }),
  );
});

test("each question is asked by a regulation, and only those that its indicators read", () => {
  assert.deepEqual(questionsOf("fse"), ["handicap", "origin", "disadvantaged", "homeless", "rural"]);
  assert.deepEqual(questionsOf("fse-plus"), [
    "handicap",
    "third_country",
    "foreign_background",
    "minority",
    "homeless",
    "rural",
  ]);
});
