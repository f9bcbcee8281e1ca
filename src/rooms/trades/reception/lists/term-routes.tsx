// One word of the desk's lists: added, its spelling and its place mended, its last day said.
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { addTerm, agendaRights, changeTerm, listTerms, type Term } from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { TermChangeForm, TermForm } from "../shapes.ts";

const crumbs = [{ href: "/accueil/listes", label: "Listes" }];
const whole = () =>
  refusal(403, "Ce mot vaut pour toute la maison, ou pour un autre lieu que le vôtre : la direction peut le modifier.");

type Shown = {
  values: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  /** What the word says now, when somebody changed it meanwhile. */
  stale?: Term;
};

export function declareTerm(routes: Routes): void {
  const adding = async (at: At<unknown>, { values, mistakes = {}, status = 200 }: Shown) => {
    const everywhere = may(at.scope, agendaRights["terms.edit"], { site: null });
    const sites = (await listSites(at.tx)).filter((site) =>
      may(at.scope, agendaRights["terms.edit"], { site: site.id }),
    );
    return page({
      title: "Ajouter un mot",
      status,
      crumbs,
      body: (
        <>
          <Heading title="Ajouter un mot" />
          <ErrorSummary fields={mistakes} />
          <form method="post" action="/accueil/listes">
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            <div class="fields">
              <SelectField
                name="liste"
                label="Liste"
                value={values.liste}
                error={mistakes.liste}
                options={[
                  { value: "reason", label: "Motifs" },
                  { value: "orientation", label: "Orientations" },
                ]}
              />
              <TextField name="mot" label="Mot" maxlength={80} value={values.mot} error={mistakes.mot} autofocus />
              <SelectField
                name="lieu"
                label="Pour"
                value={values.lieu}
                error={mistakes.lieu}
                {...(everywhere ? { empty: "toute la maison" } : {})}
                options={sites.map((site) => ({ value: site.id, label: site.name }))}
              />
              <DateField
                name="du"
                label="Premier jour"
                hint={`laissez vide pour aujourd’hui, ${shortDay(at.tx.today)}`}
                value={values.du}
                error={mistakes.du}
              />
            </div>
            <div class="submit">
              <button type="submit">Ajouter</button>
              <a href="/accueil/listes">Ne rien ajouter</a>
            </div>
          </form>
        </>
      ),
    });
  };
  const changing = (term: Term, { values, mistakes = {}, status = 200, stale }: Shown) =>
    page({
      title: "Modifier un mot",
      status,
      crumbs,
      body: (
        <>
          <Heading title={`Modifier « ${term.label} »`}>
            Corriger l’orthographe change aussi ce que disent les visites passées. Pour un autre sens, donnez à ce mot
            un dernier jour et ajoutez-en un autre.
          </Heading>
          {stale ? (
            <div class="notice notice-warn" role="alert">
              <strong>Quelqu’un a modifié ce mot entre-temps.</strong> Il dit maintenant : « {stale.label} », place{" "}
              {stale.position}, {stale.to_day ? `jusqu’au ${shortDay(stale.to_day)}` : "toujours proposé"}. Votre saisie
              est ci-dessous.
            </div>
          ) : null}
          <ErrorSummary fields={mistakes} />
          <form method="post" action={`/accueil/listes/${term.id}`}>
            <input type="hidden" name="version" value={String((stale ?? term).version)} />
            <div class="fields">
              <TextField name="mot" label="Mot" maxlength={80} value={values.mot} error={mistakes.mot} />
              <TextField
                name="place"
                label="Place dans la liste"
                inputmode="numeric"
                width="short"
                value={values.place}
                error={mistakes.place}
              />
              <DateField
                name="au"
                label="Dernier jour proposé"
                hint="jj/mm/aaaa ; vide : toujours proposé"
                required={false}
                value={values.au}
                error={mistakes.au}
              />
            </div>
            <p class="hint">Proposé depuis le {shortDay(term.from_day)}.</p>
            <div class="submit">
              <button type="submit">Enregistrer</button>
              <a href="/accueil/listes">Ne rien changer</a>
            </div>
          </form>
        </>
      ),
    });
  const termOf = async (at: At<unknown>): Promise<Term | undefined> =>
    (await listTerms(at.tx)).find((one) => one.id === at.params.term);

  routes.get("/accueil/listes/nouveau", { right: agendaRights["terms.edit"], trace: { none: "an empty form" } }, (at) =>
    adding(at, { values: {} }),
  );
  routes.post(
    "/accueil/listes",
    {
      right: agendaRights["terms.edit"],
      trace: "term.added",
      form: TermForm,
      onMistakes: (at, { fields, typed }) => adding(at, { values: firstValues(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { form, tx } = at;
      const wrong = (mistakes: Record<string, string>) =>
        adding(at, { values: firstValues(at.typed), mistakes, status: 422 });
      if (form.lieu && !(await listSites(tx)).some((site) => site.id === form.lieu))
        return wrong({ lieu: "Ce lieu n’existe pas." });
      if (!may(at.scope, agendaRights["terms.edit"], { site: form.lieu }))
        return refusal(403, "Votre rôle ne vaut que pour votre antenne : choisissez-la.");
      // Sent twice, the word is there already under the form's own key.
      if ((await listTerms(tx)).some((term) => term.id === form.key)) at.nothingHappened();
      else if (
        await addTerm(tx, {
          id: form.key,
          kind: form.liste,
          label: form.mot,
          site: form.lieu,
          fromDay: form.du ?? tx.today,
        })
      )
        at.about("term", form.key, { label: form.mot });
      else
        return wrong({
          mot: "Ce mot est déjà dans la liste ; s’il n’est plus proposé, ouvrez-le et ôtez son dernier jour.",
        });
      return redirect("/accueil/listes", "Le mot est ajouté.");
    },
  );

  routes.get("/accueil/listes/:term", { right: agendaRights["terms.edit"], trace: "term.opened" }, async (at) => {
    const term = isUuid(at.params.term ?? "") ? await termOf(at) : undefined;
    if (!term) return notFound("Ce mot");
    if (!may(at.scope, agendaRights["terms.edit"], { site: term.site_id })) return whole();
    at.about("term", term.id);
    return changing(term, {
      values: { mot: term.label, place: String(term.position), au: term.to_day ? shortDay(term.to_day) : "" },
    });
  });
  routes.post(
    "/accueil/listes/:term",
    {
      right: agendaRights["terms.edit"],
      trace: "term.changed",
      form: TermChangeForm,
      async onMistakes(at, { fields, typed }) {
        const term = await termOf(at);
        if (!term) return notFound("Ce mot");
        if (!may(at.scope, agendaRights["terms.edit"], { site: term.site_id })) return whole();
        return changing(term, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const { form } = at;
      const term = await termOf(at);
      if (!term) return notFound("Ce mot");
      if (!may(at.scope, agendaRights["terms.edit"], { site: term.site_id })) return whole();
      const values = firstValues(at.typed);
      if (form.au && form.au < term.from_day)
        return changing(term, {
          values,
          mistakes: { au: `Le dernier jour vient avant le premier, ${shortDay(term.from_day)}.` },
          status: 422,
        });
      const wish = { label: form.mot, position: form.place, toDay: form.au, version: form.version };
      const outcome = await changeTerm(at.tx, term, wish);
      if (outcome === "taken")
        return changing(term, { values, mistakes: { mot: "La liste a déjà ce mot." }, status: 422 });
      if (outcome === "stale") return changing(term, { values, status: 409, stale: (await termOf(at)) ?? term });
      at.about("term", term.id, {
        before: { label: term.label, place: term.position, to: term.to_day },
        after: { label: form.mot, place: form.place, to: form.au },
      });
      return redirect("/accueil/listes", "La liste est modifiée.");
    },
  );
}
