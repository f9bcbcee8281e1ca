// The page of one enrolment: what was true at the entry, the stages, what was obtained on the way, the exit; and the forms of its acts.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import {
  CheckboxField,
  DateField,
  ErrorSummary,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
} from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../house/door.ts";
import { peopleRights, situationWords } from "../../people/door.ts";
import { fieldsOf, offered, stagesOf, type Word, wordsOf } from "../catalogue/reads.ts";
import { discreet } from "../eligibility/checking.ts";
import { mayIn, rights } from "../rights.ts";
import type { Situation } from "../tables.ts";
import { OwnFields, ownValue, ownValues } from "./field-form.tsx";
import { Verdicts } from "./parts.tsx";
import { type Enrolment, fieldValuesOf, outcomesOf, referentsOf, stagesReachedOf } from "./reads.ts";

/** A situation kept with an enrolment, in words; sensitive facts only for those who may read them. */
function situationFacts(situation: Situation, sensitive: boolean) {
  const facts: { label: string; value: string | null }[] = [
    { label: "Âge", value: situation.age === undefined ? null : `${situation.age}\u00a0ans` },
  ];
  for (const [kind, words] of Object.entries(situationWords)) {
    const value = situation[kind as keyof Situation];
    if (words.sensitive && !sensitive) continue;
    facts.push({ label: words.label, value: typeof value === "string" ? (words.values[value] ?? value) : null });
  }
  if (situation.since) facts.push({ label: "Depuis le", value: shortDay(situation.since) });
  return facts;
}

/** A form of the page that was refused: which one, what it said, what was typed. */
export type Refusal = {
  act: string;
  mistakes: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
  status?: number;
};

const option = (word: Word) => ({ value: word.id, label: word.label });

export async function enrolmentSheet(
  at: At<unknown>,
  enrolment: Enrolment,
  refused: Refusal | null = null,
): Promise<Answer> {
  const { tx } = at;
  const sensitive = may(at.scope, peopleRights["person.sensitive"]);
  const of = { site: enrolment.site, programme: enrolment.programme };
  const writes = mayIn(at.scope, rights["enrolment.write"], of) && enrolment.withdrawn === null;
  const [stages, reached, words, outcomes, fields, values, referents] = [
    await stagesOf(tx, enrolment.programme),
    await stagesReachedOf(tx, enrolment.id),
    await wordsOf(tx, enrolment.programme),
    await outcomesOf(tx, enrolment.id),
    await fieldsOf(tx, enrolment.programme),
    await fieldValuesOf(tx, enrolment.id),
    await referentsOf(tx, enrolment.id),
  ];
  const usable = offered(words, tx.today);
  const live = offered(fields, tx.today);
  const here = `/parcours/${enrolment.id}`;
  const typed = (act: string): Readonly<Record<string, string>> => (refused?.act === act ? refused.values : {});
  const mistakes = (act: string): Readonly<Record<string, string>> => (refused?.act === act ? refused.mistakes : {});
  const today = shortDay(tx.today);
  const version = <input type="hidden" name="version" value={String(enrolment.version)} />;
  return page({
    title: `${enrolment.personName}, ${enrolment.programmeTitle}`,
    status: refused?.status ?? (refused ? 422 : 200),
    crumbs: [
      { href: "/personnes", label: "Personnes" },
      { href: `/personnes/${enrolment.person}`, label: enrolment.personName },
    ],
    body: (
      <>
        <Heading title={`${enrolment.personName}, ${enrolment.programmeTitle}`}>
          {enrolment.exitOn
            ? `Du ${shortDay(enrolment.entryOn)} au ${shortDay(enrolment.exitOn)}${enrolment.exitWord ? `, sortie : ${enrolment.exitWord}` : ""}.`
            : `Depuis le ${shortDay(enrolment.entryOn)}.`}
        </Heading>
        {refused ? (
          <ErrorSummary
            fields={Object.fromEntries(
              Object.entries(refused.mistakes).map(([name, said]) => [
                name && refused.act !== "champs" ? `${refused.act}-${name}` : name,
                said,
              ]),
            )}
          />
        ) : null}
        {enrolment.withdrawn === null ? null : (
          <div class="notice notice-warn">
            <p>Ce parcours a été retiré : {enrolment.withdrawn}. Il ne compte plus.</p>
            {mayIn(at.scope, rights["enrolment.write"], of) ? (
              <form method="post" action={`${here}/remise`}>
                <button type="submit" class="second">
                  Le remettre
                </button>
              </form>
            ) : null}
          </div>
        )}
        <Facts
          facts={[
            {
              label: "Dispositif",
              value: <a href={`/dispositifs/${enrolment.programmeCode}`}>{enrolment.programmeTitle}</a>,
            },
            { label: "Lieu", value: enrolment.siteName },
            { label: "Référent", value: enrolment.referentName },
            { label: "Suivi", value: enrolment.followed ? "accompagnée" : "seulement reçue" },
            ...fields.flatMap((field) => {
              const value = values.get(field.id);
              return value === undefined && field.to_day
                ? []
                : [{ label: field.label, value: value === undefined ? null : ownValue(field, value) }];
            }),
            ...(enrolment.inSpiteOf ? [{ label: "Entrée malgré les conditions", value: enrolment.inSpiteOf }] : []),
            ...(enrolment.exitNote ? [{ label: "Note de sortie", value: enrolment.exitNote }] : []),
          ]}
        />

        {stages.length > 0 ? (
          <section>
            <h2>Étapes</h2>
            <ol class="stages">
              {stages
                .filter((stage) => reached.has(stage.id) || stage.to_day === null)
                .map((stage) => {
                  const day = reached.get(stage.id);
                  return (
                    <li key={stage.id}>
                      {day ? (
                        <>
                          <strong>{stage.label}</strong>, franchie le {shortDay(day)}
                        </>
                      ) : (
                        stage.label
                      )}
                      {writes ? (
                        <form method="post" action={`${here}/etapes`} class="inline">
                          <input type="hidden" name="etape" value={stage.id} />
                          <input type="hidden" name="jour" value={day ? "" : today} />
                          <button type="submit" class="plain">
                            {day ? `Retirer « ${stage.label} »` : `Franchie aujourd’hui`}
                            {day ? null : <span class="visually-hidden"> : {stage.label}</span>}
                          </button>
                        </form>
                      ) : null}
                    </li>
                  );
                })}
            </ol>
          </section>
        ) : null}

        <section>
          <h2>Résultats</h2>
          <DataTable
            caption="Résultats"
            hideCaption
            rows={outcomes}
            rowKey={(one) => one.id}
            empty={<p>Rien n’a encore été obtenu.</p>}
            columns={[
              {
                key: "label",
                label: "Résultat",
                header: true,
                render: (one) => (one.withdrawn ? <s>{one.label}</s> : one.label),
              },
              { key: "day", label: "Jour", render: (one) => shortDay(one.day) },
              {
                key: "place",
                label: "Précisions",
                render: (one) =>
                  [
                    one.atExit ? "à la sortie" : "pendant le parcours",
                    one.partTime === null ? null : one.partTime ? "temps partiel" : "temps plein",
                    one.months === null ? null : `${String(one.months).replace(".", ",")} mois`,
                    one.note,
                    one.withdrawn ? `retiré : ${one.withdrawn}` : null,
                  ]
                    .filter(Boolean)
                    .join(", "),
              },
              {
                key: "act",
                label: "Erreur",
                render: (one) =>
                  writes && !one.withdrawn && !one.atExit ? (
                    <details>
                      <summary>Retirer</summary>
                      <form method="post" action={`${here}/resultats/retrait`}>
                        <input type="hidden" name="resultat" value={one.id} />
                        <label for={`raison-${one.id}`}>Parce que</label>
                        <input id={`raison-${one.id}`} name="raison" type="text" maxLength={300} />
                        <button type="submit" class="second">
                          Retirer ce résultat
                        </button>
                      </form>
                    </details>
                  ) : null,
              },
            ]}
          />
          {writes && usable.some((word) => word.place !== "exit") ? (
            <details open={refused?.act === "resultats"}>
              <summary>Noter un résultat obtenu pendant le parcours</summary>
              <form method="post" action={`${here}/resultats`}>
                <input type="hidden" name="key" value={typed("resultats").key ?? tx.ids.uuid()} />
                <div class="fields">
                  <SelectField
                    id="resultats-mot"
                    name="mot"
                    label="Résultat"
                    value={typed("resultats").mot}
                    error={mistakes("resultats").mot}
                    empty=""
                    options={usable.filter((word) => word.place !== "exit").map(option)}
                  />
                  <DateField
                    id="resultats-jour"
                    name="jour"
                    label="Jour"
                    value={typed("resultats").jour ?? today}
                    error={mistakes("resultats").jour}
                  />
                  <SelectField
                    id="resultats-temps"
                    name="temps"
                    label="Temps de travail"
                    value={typed("resultats").temps}
                    required={false}
                    empty=""
                    options={[
                      { value: "plein", label: "temps plein" },
                      { value: "partiel", label: "temps partiel" },
                    ]}
                  />
                  <TextField
                    id="resultats-mois"
                    name="mois"
                    label="Durée en mois"
                    value={typed("resultats").mois}
                    error={mistakes("resultats").mois}
                    required={false}
                    width="short"
                    inputmode="numeric"
                    maxlength={5}
                  />
                </div>
                <TextField
                  id="resultats-note"
                  name="note"
                  label="Note"
                  value={typed("resultats").note}
                  required={false}
                  maxlength={1000}
                />
                <div class="submit">
                  <button type="submit">Noter le résultat</button>
                </div>
              </form>
            </details>
          ) : null}
        </section>

        {writes && enrolment.exitOn === null ? (
          <section>
            <h2>Sortie</h2>
            {usable.some((word) => word.place !== "path") ? (
              <details open={refused?.act === "sortie"}>
                <summary>Noter la sortie</summary>
                <form method="post" action={`${here}/sortie`}>
                  {version}
                  <input type="hidden" name="key" value={typed("sortie").key ?? tx.ids.uuid()} />
                  <div class="fields">
                    <DateField
                      id="sortie-jour"
                      name="jour"
                      label="Jour de la sortie"
                      value={typed("sortie").jour ?? today}
                      error={mistakes("sortie").jour}
                    />
                    <SelectField
                      id="sortie-mot"
                      name="mot"
                      label="Motif"
                      value={typed("sortie").mot}
                      error={mistakes("sortie").mot}
                      empty=""
                      options={usable.filter((word) => word.place !== "path").map(option)}
                    />
                  </div>
                  <CheckboxField
                    name="obtenu"
                    label="Ce motif est aussi un résultat obtenu à la sortie, qui n’est pas déjà noté plus haut"
                    checked={typed("sortie").obtenu === "1"}
                  />
                  <TextAreaField
                    id="sortie-note"
                    name="note"
                    label="Note"
                    value={typed("sortie").note}
                    required={false}
                    rows={2}
                    maxlength={1000}
                  />
                  <div class="submit">
                    <button type="submit">Noter la sortie</button>
                  </div>
                </form>
              </details>
            ) : (
              <p>Ce dispositif n’a pas encore de mot pour une sortie : un responsable peut en ajouter sur sa page.</p>
            )}
          </section>
        ) : null}

        <section>
          <h2>À l’entrée, le {shortDay(enrolment.entryOn)}</h2>
          <Facts facts={situationFacts(enrolment.entry, sensitive)} />
          {enrolment.check ? (
            <Verdicts
              verdicts={sensitive ? enrolment.check : enrolment.check.map(discreet)}
              title="Conditions lues ce jour-là"
            />
          ) : (
            <p>Ce parcours vient d’un ancien outil : les conditions n’ont pas été lues ici.</p>
          )}
        </section>
        {enrolment.leaving && enrolment.exitOn ? (
          <section>
            <h2>À la sortie, le {shortDay(enrolment.exitOn)}</h2>
            <Facts facts={situationFacts(enrolment.leaving, sensitive)} />
          </section>
        ) : null}
        {referents.length > 0 ? (
          <section>
            <h2>Référents</h2>
            <ul>
              {referents.map((one) => (
                <li key={one.from}>
                  {one.name},{" "}
                  {one.to ? `du ${shortDay(one.from)} au ${shortDay(one.to)}` : `depuis le ${shortDay(one.from)}`}
                </li>
              ))}
            </ul>
          </section>
        ) : null}

        {writes ? (
          <section class="no-print">
            <h2>Modifier</h2>
            {live.length > 0 ? (
              <details open={refused?.act === "champs"}>
                <summary>{plural(live.length, "champ propre", "champs propres")} à ce dispositif</summary>
                <form method="post" action={`${here}/champs`}>
                  {version}
                  <OwnFields
                    fields={live}
                    values={refused?.act === "champs" ? refused.values : ownValues(values, live)}
                    mistakes={mistakes("champs")}
                  />
                  <button type="submit">Enregistrer</button>
                </form>
              </details>
            ) : null}
            <details open={refused?.act === "correction"}>
              <summary>Corriger l’entrée</summary>
              <form method="post" action={`${here}/correction`}>
                {version}
                <div class="fields">
                  <DateField
                    id="correction-jour"
                    name="jour"
                    label="Jour d’entrée"
                    value={typed("correction").jour ?? shortDay(enrolment.entryOn)}
                    error={mistakes("correction").jour}
                  />
                  <SelectField
                    id="correction-antenne"
                    name="antenne"
                    label="Lieu"
                    value={typed("correction").antenne ?? enrolment.site ?? ""}
                    empty=""
                    required={false}
                    options={(await listSites(tx)).map((site) => ({ value: site.id, label: site.name }))}
                  />
                </div>
                <RadioField
                  name="accompagne"
                  label="Cette personne est"
                  value={typed("correction").accompagne ?? (enrolment.followed ? "oui" : "non")}
                  inline
                  options={[
                    { value: "oui", label: "accompagnée" },
                    { value: "non", label: "seulement reçue" },
                  ]}
                />
                <TextField
                  id="correction-raison"
                  name="raison"
                  label="Pourquoi"
                  value={typed("correction").raison}
                  error={mistakes("correction").raison}
                  maxlength={300}
                />
                <button type="submit">Corriger</button>
              </form>
            </details>
            <Reason
              act={enrolment.exitOn ? "reouverture" : "retrait"}
              here={here}
              version={enrolment.version}
              exited={enrolment.exitOn !== null}
              open={refused?.act === "reouverture" || refused?.act === "retrait"}
              mistakes={refused?.mistakes ?? {}}
            />
          </section>
        ) : null}
      </>
    ),
  });
}

const Reason = ({
  act,
  here,
  version,
  exited,
  open,
  mistakes,
}: {
  act: string;
  here: string;
  version: number;
  exited: boolean;
  open: boolean;
  mistakes: Readonly<Record<string, string>>;
}) => (
  <details open={open}>
    <summary>{exited ? "Rouvrir ce parcours" : "Retirer ce parcours, noté par erreur"}</summary>
    <form method="post" action={`${here}/${act}`}>
      <input type="hidden" name="version" value={String(version)} />
      <p>
        {exited
          ? "La sortie est effacée ; ce qu’elle disait reste gardé."
          : "Il reste lisible et ne compte plus ; il peut être remis."}
      </p>
      <div class="field">
        <label for={`raison-${act}`}>Pourquoi</label>
        {open && mistakes.raison ? <p class="mistake">{mistakes.raison}</p> : null}
        <input id={`raison-${act}`} name="raison" type="text" maxLength={300} />
      </div>
      <button type="submit" class={exited ? "second" : "danger"}>
        {exited ? "Rouvrir" : "Retirer"}
      </button>
    </form>
  </details>
);
