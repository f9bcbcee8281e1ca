// The page that reads anybody's table of figures and says what in it does not add up. Nothing of the file is kept.
import { readFile } from "node:fs/promises";
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, notFound, page, refusal } from "../../../../core/http/answer.ts";
import type { Routes, Services } from "../../../../core/http/route.ts";
import { takeIn } from "../../../../core/http/uploads.ts";
import type { Scope } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { auditFigures } from "./audit.ts";
import { Findings } from "./findings.tsx";
import { mostBytes, type ReadTable, readTable } from "./reading.ts";
import type { Finding } from "./stated.ts";
import { yearAuditPage } from "./year-page.tsx";

const path = "/rapport/controle";
const title = "Contrôler un tableau de chiffres";

const refused = {
  "too-large": refusal(413, "Ce fichier dépasse 5\u00a0Mo\u00a0: un tableau de chiffres est plus petit."),
  "no-file": refusal(422, "Choisissez un fichier CSV\u00a0: celui-ci est vide, ou aucun n’a été choisi."),
};

type Checked = { table: ReadTable; findings: Finding[] } | { refusal: string };

const receive = (request: Request, services: Services): Promise<Checked | Answer> =>
  takeIn<Checked>(request, services, mostBytes, refused, async (file) => {
    const table = await readTable(await readFile(file.path));
    return "refusal" in table ? table : { table, findings: auditFigures(table.rows) };
  });

const hint =
  "Une ligne par chiffre, avec au moins «\u00a0libellé\u00a0» et «\u00a0valeur\u00a0»\u00a0; mieux\u00a0: code, page, dispositif, unité, période, répartition (sexe=femme\u00a0; antenne=Gerland), nature et calcul (F136+F137).";

const Form = () => (
  <form method="post" action={path} enctype="multipart/form-data">
    <div class="field">
      <label for="fichier">Fichier CSV</label>
      <p class="hint" id="fichier-aide">
        {hint}
      </p>
      <input
        id="fichier"
        name="fichier"
        type="file"
        required
        accept=".csv,.txt,.tsv,text/csv"
        aria-describedby="fichier-aide"
      />
    </div>
    <button type="submit">Contrôler ce tableau</button>
  </form>
);

export function declareAudit(routes: Routes, readable: (at: { scope: Scope }) => Registry): void {
  const right = rights["figure.read"];
  const around = { title, crumbs: [{ href: "/rapport", label: "Rapports annuels" }] };
  const lead =
    "Donnez les chiffres d’un rapport, d’ici ou d’ailleurs\u00a0: ceux qui se contredisent sont nommés. Le fichier n’est pas gardé.";
  routes.get(path, { right, trace: { none: "an empty form" } }, () =>
    page({
      ...around,
      body: (
        <>
          <Heading title={title}>{lead}</Heading>
          <Form />
        </>
      ),
    }),
  );
  routes.upload(path, { right, trace: "report.audited", receive }, (at) => {
    const checked = at.form;
    if ("kind" in checked) return checked;
    if ("refusal" in checked) {
      at.nothingHappened();
      return page({
        ...around,
        status: 422,
        notice: { kind: "error", text: checked.refusal },
        body: (
          <>
            <Heading title={title}>{lead}</Heading>
            <Form />
          </>
        ),
      });
    }
    const { table, findings } = checked;
    const wrong = findings.filter((one) => one.weight === "contradiction").length;
    at.about("report", at.scope.house, { figures: table.rows.length, contradictions: wrong });
    return page({
      ...around,
      body: (
        <>
          <Heading title={title}>
            {plural(table.rows.length, "chiffre lu", "chiffres lus")}
            {"\u00a0"}: {plural(wrong, "contradiction", "contradictions")},{" "}
            {plural(findings.length - wrong, "point à vérifier", "points à vérifier")}.
          </Heading>
          {table.unread.length > 0 ? (
            <div class="notice notice-warn">
              <strong>Lignes qui ne sont pas lues</strong>
              <ul>
                {table.unread.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            </div>
          ) : null}
          <Findings findings={findings} caption="Ce qui ne va pas" />
          <h2>Un autre tableau</h2>
          <Form />
        </>
      ),
    });
  });
  routes.get("/rapport/:year/controle", { right: rights["figure.exact"], trace: "report.audited" }, (at) => {
    const year = at.params.year ?? "";
    return /^(19|20)\d\d$/.test(year) ? yearAuditPage(at, readable(at), Number(year)) : notFound("Ce rapport");
  });
}
