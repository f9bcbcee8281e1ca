// A change of identity. Two people at once: the second is shown both versions and loses nothing.
import { notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import type { Person } from "../reads.ts";
import { rights } from "../rights.ts";
import { birthRefusal, nameOf } from "../rules.ts";
import { factsOf, PersonChangeForm } from "../shapes.ts";
import { siteOptions } from "../site-options.ts";
import { changePerson } from "../writes.ts";
import { fieldLabels, IdentityFields, typedValues, type Values, valuesOf } from "./form.tsx";
import { livePersonOf } from "./found.ts";

type Shown = {
  person: Person;
  values: Values;
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  stale?: boolean;
};

async function form(at: At<unknown>, { person, values, mistakes = {}, status = 200, stale = false }: Shown) {
  const sites = await siteOptions(at.tx);
  const now = valuesOf(person);
  const shown = (name: string, value: string | undefined) =>
    (name === "antenne" ? sites.find((site) => site.value === value)?.label : value) || "–";
  const differing = Object.keys(fieldLabels).filter((name) => (now[name] ?? "") !== (values[name] ?? ""));
  return page({
    title: `Modifier ${nameOf(person)}`,
    status,
    crumbs: [
      { href: "/personnes", label: "Personnes" },
      { href: `/personnes/${person.id}`, label: nameOf(person) },
    ],
    body: (
      <>
        <Heading title={`Modifier la fiche de ${nameOf(person)}`} />
        <ErrorSummary fields={mistakes} />
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cette fiche pendant que vous écriviez.</strong> Rien de ce que vous avez saisi
            n’est perdu : comparez, corrigez au besoin, puis enregistrez.
            <DataTable
              caption="Ce qui diffère"
              rowKey={(name) => name}
              rows={differing}
              columns={[
                { key: "field", label: "Champ", header: true, render: (name) => fieldLabels[name] },
                { key: "now", label: "Maintenant sur la fiche", render: (name) => shown(name, now[name]) },
                { key: "mine", label: "Votre saisie", render: (name) => shown(name, values[name]) },
              ]}
            />
          </div>
        ) : null}
        <form method="post" action={`/personnes/${person.id}/modifier`} data-draft={`personne-${person.id}`}>
          <input type="hidden" name="version" value={String(person.version)} />
          <IdentityFields values={values} mistakes={mistakes} sites={sites} />
          <div class="submit">
            <button type="submit">Enregistrer</button>
            <a href={`/personnes/${person.id}`}>Ne rien changer</a>
          </div>
        </form>
      </>
    ),
  });
}

export function declareChange(routes: Routes): void {
  routes.get("/personnes/:person/modifier", { right: rights["person.write"], trace: "person.opened" }, async (at) => {
    const person = await livePersonOf(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    return form(at, { person, values: valuesOf(person) });
  });
  routes.post(
    "/personnes/:person/modifier",
    {
      right: rights["person.write"],
      trace: "person.changed",
      form: PersonChangeForm,
      async onMistakes(at, { fields, typed }) {
        const person = await livePersonOf(at);
        return person
          ? form(at, { person, values: typedValues(typed), mistakes: fields, status: 422 })
          : notFound("Cette fiche");
      },
    },
    async (at) => {
      const person = await livePersonOf(at);
      if (!person) return notFound("Cette fiche");
      const facts = factsOf(at.form);
      const refused = facts.birthDate ? birthRefusal(facts.birthDate, at.tx.today) : null;
      if (refused)
        return form(at, { person, values: typedValues(at.typed), mistakes: { naissance: refused }, status: 422 });
      const changed = await changePerson(at.tx, person, at.form.version, facts);
      if (!changed.ok)
        return changed.now
          ? form(at, { person: changed.now, values: typedValues(at.typed), stale: true, status: 409 })
          : notFound("Cette fiche");
      if (changed.fields.length === 0) at.nothingHappened();
      at.about("person", person.id, { fields: changed.fields });
      return redirect(`/personnes/${person.id}`, "La fiche est modifiée.");
    },
  );
}
