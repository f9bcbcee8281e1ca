// The desk's lists, kept by those who answer for a site: reasons and orientations, their order, their last day.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import {
  addTerm,
  agendaRights,
  changeTerm,
  listTerms,
  type TermKind,
  termsOf,
} from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";

const titles: Record<TermKind, string> = { reason: "Motifs", orientation: "Orientations" };
const label = z.string().transform(oneLine).pipe(z.string().min(2, "Écrivez le mot.").max(80, "Au plus 80 signes."));

export function declareLists(routes: Routes): void {
  routes.get("/accueil/listes", { right: agendaRights["terms.edit"], trace: "terms.listed" }, async (at) => {
    const terms = await listTerms(at.tx);
    const sites = await listSites(at.tx);
    return page({
      title: "Listes de l’accueil",
      crumbs: [{ href: "/accueil", label: "Accueil" }],
      body: (
        <>
          <Heading title="Listes de l’accueil">
            Un mot qui n’est plus proposé reste lisible sur les visites qui le portent.
          </Heading>
          {(["reason", "orientation"] as const).map((kind) => (
            <section key={kind}>
              <h2>{titles[kind]}</h2>
              <DataTable
                caption={titles[kind]}
                hideCaption
                rows={termsOf(terms, kind)}
                rowKey={(term) => term.id}
                empty={<p>La liste est vide.</p>}
                columns={[
                  {
                    key: "edit",
                    label: "Mot, place, dernier jour",
                    header: true,
                    render: (term) => (
                      <form method="post" action={`/accueil/listes/${term.id}`} class="filters">
                        <input type="hidden" name="version" value={String(term.version)} />
                        <input name="label" value={term.label} aria-label="Mot" maxLength={80} />
                        <input
                          name="position"
                          value={String(term.position)}
                          aria-label="Place"
                          inputMode="numeric"
                          class="short"
                        />
                        <input
                          name="to"
                          value={term.to_day ? shortDay(term.to_day) : ""}
                          aria-label="Dernier jour proposé, jj/mm/aaaa"
                          placeholder="toujours proposé"
                          class="short"
                        />
                        <button type="submit" class="second">
                          Enregistrer
                        </button>
                      </form>
                    ),
                  },
                  {
                    key: "site",
                    label: "Proposé",
                    render: (term) => (term.site_id ? sites.find((site) => site.id === term.site_id)?.name : "partout"),
                  },
                ]}
              />
            </section>
          ))}
          <h2>Ajouter</h2>
          <form method="post" action="/accueil/listes">
            <input type="hidden" name="key" value={at.tx.ids.uuid()} />
            <div class="fields">
              <SelectField
                name="kind"
                label="Liste"
                options={[
                  { value: "reason", label: "Motifs" },
                  { value: "orientation", label: "Orientations" },
                ]}
              />
              <TextField name="label" label="Mot" maxlength={80} />
              <SelectField
                name="site"
                label="Proposé"
                empty="partout"
                options={sites.map((site) => ({ value: site.id, label: site.name }))}
              />
            </div>
            <button type="submit">Ajouter</button>
          </form>
        </>
      ),
    });
  });

  const Add = z.object({
    key: z.string().refine(isUuid),
    kind: z.enum(["reason", "orientation"]),
    label,
    site: z.string().default(""),
  });
  routes.post(
    "/accueil/listes",
    {
      right: agendaRights["terms.edit"],
      trace: "term.added",
      form: Add,
      onMistakes: (_, { fields }) => refusal(422, Object.values(fields).join(" ")),
    },
    async (at) => {
      const site = isUuid(at.form.site) ? at.form.site : null;
      if (!may(at.scope, agendaRights["terms.edit"], { site }))
        return refusal(403, "Votre rôle ne vaut que pour votre antenne : choisissez-la.");
      if (
        !(await addTerm(at.tx, {
          id: at.form.key,
          kind: at.form.kind,
          label: at.form.label,
          site,
          fromDay: at.tx.today,
        }))
      )
        return refusal(409, "Ce mot est déjà dans la liste.");
      at.about("term", at.form.key);
      return redirect("/accueil/listes", "Le mot est ajouté.");
    },
  );

  const Change = z.object({
    label,
    position: z.coerce.number("Écrivez la place en chiffres.").int().min(0).max(999),
    to: z.string().default(""),
    version: z.coerce.number().int(),
  });
  routes.post(
    "/accueil/listes/:term",
    {
      right: agendaRights["terms.edit"],
      trace: "term.changed",
      form: Change,
      onMistakes: (_, { fields }) => refusal(422, Object.values(fields).join(" ")),
    },
    async (at) => {
      const id = at.params.term ?? "";
      const term = isUuid(id) ? (await listTerms(at.tx)).find((one) => one.id === id) : undefined;
      if (!term) return notFound("Ce mot");
      if (!may(at.scope, agendaRights["terms.edit"], { site: term.site_id }))
        return refusal(403, "Ce mot vaut pour toute la maison : la direction peut le modifier.");
      const to = at.form.to.trim() === "" ? null : readDay(at.form.to);
      if (to && !to.ok) return refusal(422, `${to.reason}.`);
      if (to && to.value < term.from_day)
        return refusal(422, "Le dernier jour vient avant le premier : rien n’est changé.");
      const changed = await changeTerm(at.tx, term, {
        label: at.form.label,
        position: at.form.position,
        toDay: to?.value ?? null,
        version: at.form.version,
      });
      if (changed === "taken") return refusal(409, "La liste a déjà un mot écrit ainsi : rien n’est changé.");
      if (changed === "stale") return refusal(409, "Quelqu’un a modifié ce mot entre-temps : rechargez la page.");
      at.about("term", id);
      return redirect("/accueil/listes", "La liste est modifiée.");
    },
  );
}
