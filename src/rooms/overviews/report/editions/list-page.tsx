// The editions of the house, and a new one.
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At } from "../../../../core/http/route.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { stayText } from "../period.ts";
import { decides, editionHref, editionsCrumb, isOpen, writes } from "./page-parts.tsx";
import { editionsOf } from "./reads.ts";
import { editionStateWords } from "./words.ts";

export async function editionsPage(at: At): Promise<Answer> {
  const editions = (await editionsOf(at.tx)).filter((edition) => writes(at.scope) || !isOpen(edition));
  return page({
    title: editionsCrumb.label,
    body: (
      <>
        <Heading
          title={editionsCrumb.label}
          {...(decides(at.scope) ? { action: { href: "/editions/nouvelle", label: "Ouvrir une édition" } } : {})}
        >
          Les chapitres s’écrivent depuis les fiches ; la maison ajoute ses mots, gèle et publie.
        </Heading>
        <DataTable
          caption={editionsCrumb.label}
          hideCaption
          rows={editions}
          rowKey={(edition) => edition.id}
          empty={<p>Aucune édition encore. La direction ouvre la première : ses chapitres sont écrits aussitôt.</p>}
          columns={[
            {
              key: "title",
              label: "Édition",
              header: true,
              render: (edition) => <a href={editionHref(edition)}>{edition.title}</a>,
            },
            { key: "period", label: "Période", render: (edition) => stayText(edition) },
            { key: "state", label: "État", render: (edition) => editionStateWords[edition.state] },
          ]}
        />
      </>
    ),
  });
}

export function newEditionPage(at: At<unknown>, mistakes: Record<string, string> = {}): Answer {
  const year = Number(at.tx.today.slice(0, 4));
  const values: Record<string, string> = {
    titre: `Rapport d’activité ${year}`,
    periode: String(year),
    ...firstValues(at.typed),
  };
  return page({
    title: "Ouvrir une édition",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [editionsCrumb],
    body: (
      <>
        <Heading title="Ouvrir une édition">
          Un chapitre par dispositif qui a quelque chose à dire, les chiffres, les ressources ; ce que la dernière
          édition gardait pour celle-ci revient.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/editions/nouvelle">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <div class="fields">
            <TextField name="titre" label="Titre" value={values.titre} error={mistakes.titre} maxlength={120} />
            <TextField
              name="periode"
              label="Période"
              hint="2020 ; 2020-09/2021-08 ; 01/09/2020 - 31/12/2020"
              value={values.periode}
              error={mistakes.periode}
              width="medium"
              maxlength={60}
            />
          </div>
          <button type="submit">Ouvrir cette édition</button>
        </form>
      </>
    ),
  });
}
