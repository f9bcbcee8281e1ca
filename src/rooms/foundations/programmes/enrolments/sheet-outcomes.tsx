// On the page of an enrolment: the stages reached, what was obtained on the way, and the exit.
import { CheckboxField, DateField, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Stage, Word } from "../catalogue/reads.ts";
import type { Outcome } from "./reads.ts";
import { mistakes, type SheetForm, typed, Version } from "./sheet-form.tsx";

const option = (word: Word) => ({ value: word.id, label: word.label });

/** The stages of the programme in their order: which were reached and when, and the act that says so. */
export const Stages = ({
  form,
  stages,
  reached,
}: {
  form: SheetForm;
  stages: readonly Stage[];
  reached: ReadonlyMap<string, string>;
}) => (
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
              {form.writes ? (
                <form method="post" action={`${form.here}/etapes`} class="inline">
                  <input type="hidden" name="etape" value={stage.id} />
                  <input type="hidden" name="jour" value={day ? "" : form.today} />
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
);

/** What was obtained, on the way and at the exit, and the form that adds one obtained on the way. */
export const Outcomes = ({
  form,
  outcomes,
  words,
}: {
  form: SheetForm;
  outcomes: readonly Outcome[];
  words: readonly Word[];
}) => (
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
            form.writes && !one.withdrawn && !one.atExit ? (
              <details>
                <summary>Retirer</summary>
                <form method="post" action={`${form.here}/resultats/retrait`}>
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
    {form.writes && words.some((word) => word.place !== "exit") ? (
      <details open={form.refused?.act === "resultats"}>
        <summary>Noter un résultat obtenu pendant le parcours</summary>
        <form method="post" action={`${form.here}/resultats`}>
          <input type="hidden" name="key" value={typed(form, "resultats").key ?? form.key()} />
          <div class="fields">
            <SelectField
              id="resultats-mot"
              name="mot"
              label="Résultat"
              value={typed(form, "resultats").mot}
              error={mistakes(form, "resultats").mot}
              empty=""
              options={words.filter((word) => word.place !== "exit").map(option)}
            />
            <DateField
              id="resultats-jour"
              name="jour"
              label="Jour"
              value={typed(form, "resultats").jour ?? form.today}
              error={mistakes(form, "resultats").jour}
            />
            <SelectField
              id="resultats-temps"
              name="temps"
              label="Temps de travail"
              value={typed(form, "resultats").temps}
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
              value={typed(form, "resultats").mois}
              error={mistakes(form, "resultats").mois}
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
            value={typed(form, "resultats").note}
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
);

/** The exit: its day, its word, and whether the word is an outcome too. */
export const Exit = ({
  form,
  words,
  apart = true,
}: {
  form: SheetForm;
  words: readonly Word[];
  /** Outcomes are counted apart from exits: of people, not of structures. */
  apart?: boolean;
}) => (
  <section>
    <h2>Sortie</h2>
    {words.some((word) => word.place !== "path") ? (
      <details open={form.refused?.act === "sortie"}>
        <summary>Noter la sortie</summary>
        <form method="post" action={`${form.here}/sortie`}>
          <Version form={form} />
          <input type="hidden" name="key" value={typed(form, "sortie").key ?? form.key()} />
          <div class="fields">
            <DateField
              id="sortie-jour"
              name="jour"
              label="Jour de la sortie"
              value={typed(form, "sortie").jour ?? form.today}
              error={mistakes(form, "sortie").jour}
            />
            <SelectField
              id="sortie-mot"
              name="mot"
              label="Motif"
              value={typed(form, "sortie").mot}
              error={mistakes(form, "sortie").mot}
              empty=""
              options={words.filter((word) => word.place !== "path").map(option)}
            />
          </div>
          {apart ? (
            <CheckboxField
              name="obtenu"
              label="Ce motif est aussi un résultat obtenu à la sortie, qui n’est pas déjà noté plus haut"
              checked={typed(form, "sortie").obtenu === "1"}
            />
          ) : null}
          <TextAreaField
            id="sortie-note"
            name="note"
            label="Note"
            value={typed(form, "sortie").note}
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
);
