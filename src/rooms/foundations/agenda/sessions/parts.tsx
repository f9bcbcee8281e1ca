// The parts of a session's page that act: who is registered, registering, giving a link, cancelling, postponing.
import { ExportLink } from "../../../../ui/export-link.tsx";
import { CheckboxField, DateField, TextField } from "../../../../ui/fields.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { whoOf } from "../interviews/one.ts";
import type { Registration, SessionLine } from "./reads.ts";

type Part = {
  session: SessionLine;
  values: Record<string, string>;
  mistakes: Readonly<Record<string, string>>;
  /** The key of the next form. */
  nextKey: string;
};

/** The word beside a person of the list. */
const stateOf = (row: Registration): string =>
  row.state === "waiting"
    ? row.groupSize > 1
      ? `en attente, avec un groupe de ${row.groupSize}`
      : "en attente"
    : row.state === "cancelled"
      ? `désisté(e)${row.reason ? ` : ${row.reason}` : ""}`
      : row.byLink
        ? "inscrit(e) par son lien"
        : "inscrit(e)";

export function Registered({
  session,
  rows,
  registers,
}: {
  session: SessionLine;
  rows: readonly Registration[];
  registers: boolean;
}) {
  return (
    <section>
      <h2>Inscriptions</h2>
      {rows.length > 0 ? (
        <p class="no-print">
          <ExportLink
            href={`/seances/${session.id}/inscriptions.csv`}
            count={rows.length}
            words={["cette inscription", "inscription", "inscriptions"]}
          />
        </p>
      ) : null}
      <DataTable
        caption="Inscriptions"
        hideCaption
        rows={rows}
        rowKey={(row) => row.personId}
        empty={<p>Personne n’est encore inscrit. Inscrivez par le code de la fiche, ou donnez un lien.</p>}
        columns={[
          {
            key: "who",
            label: "Personne",
            header: true,
            render: (row) => <Link href={`/personnes/${row.personId}`}>{whoOf(row)}</Link>,
          },
          { key: "state", label: "État", render: stateOf },
          {
            key: "act",
            label: "Faire",
            render: (row) =>
              registers && row.state !== "cancelled" && session.status === "planned" ? (
                <form method="post" action={`/seances/${session.id}/desistement`} class="inline">
                  <input type="hidden" name="personne" value={row.personId} />
                  <button type="submit" class="second" aria-label={`Désinscrire ${whoOf(row)}`}>
                    Désinscrire
                  </button>
                </form>
              ) : (
                ""
              ),
          },
        ]}
      />
    </section>
  );
}

export const RegistrationForms = ({ session, values, mistakes, nextKey }: Part) => (
  <>
    <form method="post" action={`/seances/${session.id}/inscriptions`} class="no-print">
      <h2>Inscrire</h2>
      <input type="hidden" name="key" value={values.key || nextKey} />
      <TextField
        name="codes"
        label="Personnes"
        hint="codes des fiches, séparés par des espaces"
        value={values.codes}
        error={mistakes.codes}
        maxlength={2000}
      />
      <CheckboxField
        name="ensemble"
        label="Ensemble : toutes ou aucune. Le groupe attend d’avoir toutes ses places."
        checked={values.ensemble === "1"}
      />
      <div class="submit">
        <button type="submit">Inscrire</button>
      </div>
    </form>
    <form method="post" action={`/seances/${session.id}/liens`} class="no-print">
      <h2>Donner un lien d’inscription</h2>
      <TextField
        name="code"
        label="Personne"
        hint="code de sa fiche ; le lien n’inscrit qu’elle, et un nouveau lien remplace l’ancien"
        value={values.code}
        error={mistakes.code}
        maxlength={40}
      />
      <div class="submit">
        <button type="submit" class="second">
          Faire le lien
        </button>
      </div>
    </form>
  </>
);

export function StatusForms({ session, values, mistakes, nextKey }: Part) {
  const act = `/seances/${session.id}/etat`;
  const version = <input type="hidden" name="version" value={String(session.version)} />;
  if (session.status !== "planned")
    return session.status === "held" || session.postponedTo ? null : (
      <form method="post" action={act} class="no-print">
        <input type="hidden" name="etat" value="planned" />
        {version}
        <div class="submit">
          <button type="submit" class="second">
            Remettre cette séance
          </button>
        </div>
      </form>
    );
  const why = (
    <TextField
      name="raison"
      label="Pourquoi"
      hint="Elle reste visible, avec cette raison."
      value={values.raison}
      error={mistakes.raison}
      maxlength={300}
    />
  );
  return (
    <details class="no-print" open={mistakes.raison !== undefined || mistakes.nouveau_jour !== undefined}>
      <summary>Annuler ou reporter</summary>
      <form method="post" action={act}>
        <h2>Annuler la séance</h2>
        <input type="hidden" name="etat" value="cancelled" />
        {version}
        {why}
        <div class="submit">
          <button type="submit" class="second">
            Annuler la séance
          </button>
        </div>
      </form>
      <form method="post" action={act}>
        <h2>Reporter la séance</h2>
        <input type="hidden" name="etat" value="postponed" />
        <input type="hidden" name="key" value={nextKey} />
        {version}
        <TextField
          name="raison"
          label="Pourquoi elle est reportée"
          value={values.raison}
          error={mistakes.raison}
          maxlength={300}
        />
        <DateField
          name="nouveau_jour"
          label="Nouveau jour"
          hint="jj/mm/aaaa ; vide : pas encore connu"
          required={false}
          value={values.nouveau_jour}
          error={mistakes.nouveau_jour}
        />
        <TextField
          name="nouvelle_heure"
          label="Nouvelle heure"
          hint="hh:mm ; vide : la même"
          required={false}
          width="short"
          maxlength={8}
          value={values.nouvelle_heure}
          error={mistakes.nouvelle_heure}
        />
        <div class="submit">
          <button type="submit" class="second">
            Reporter la séance
          </button>
        </div>
      </form>
    </details>
  );
}
