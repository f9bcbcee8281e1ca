// The routes of agreements: the list, one page each, its participants and its files.
import type { Registry } from "../../../../core/figures/registry.ts";
import { notFound, page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import {
  type Agreement,
  agreementsOf,
  type FundAgreement,
  fundingRights,
  underFund,
} from "../../../foundations/programmes/door.ts";
import { rights } from "../rights.ts";
import { agreementPage, indicatorsFile } from "./page.tsx";
import { participantsFile, participantsPage } from "./participants.tsx";

const list = "/conventions-de-financement";
const absent = "Cette convention";

async function agreementAt(at: At): Promise<Agreement | null> {
  const id = at.params.agreement ?? "";
  return isUuid(id) ? ((await agreementsOf(at.tx, { id }))[0] ?? null) : null;
}
const fundAt = async (at: At): Promise<FundAgreement | null> => {
  const found = await agreementAt(at);
  return found ? (underFund([found])[0] ?? null) : null;
};

export function declareAgreements(routes: Routes, readable: (at: At) => Registry): void {
  const see = fundingRights["agreement.see"];
  routes.get(list, { right: see, trace: { none: "the catalogue holds no record of anybody" } }, async (at) => {
    const agreements = await agreementsOf(at.tx);
    const current = agreements.filter((one) => one.to >= at.tx.today).length;
    return page({
      title: "Conventions de financement",
      body: (
        <>
          <Heading title="Conventions de financement">
            {plural(agreements.length, "convention", "conventions")}, dont {current} en cours, de la dernière à finir à
            la première.
          </Heading>
          <DataTable
            caption="Conventions de financement"
            hideCaption
            rows={agreements}
            rowKey={(one) => one.id}
            empty={<p>Aucune convention. Elles s’écrivent sur la page d’un dispositif.</p>}
            columns={[
              {
                key: "funder",
                label: "Financeur",
                header: true,
                render: (one) => <a href={`${list}/${one.id}`}>{one.funder}</a>,
              },
              { key: "programme", label: "Dispositif", render: (one) => one.programmeTitle },
              { key: "from", label: "Du", render: (one) => shortDay(one.from) },
              { key: "to", label: "Au", render: (one) => shortDay(one.to) },
              {
                key: "amount",
                label: "Montant (€)",
                render: (one) => (one.cents === null ? null : number(one.cents / 100, one.cents % 100 === 0 ? 0 : 2)),
              },
            ]}
          />
        </>
      ),
    });
  });
  routes.get(`${list}/:agreement`, { right: see, trace: "agreement.opened" }, async (at) => {
    const agreement = await agreementAt(at);
    if (!agreement) return notFound(absent);
    at.about("agreement", agreement.id);
    return agreementPage(at, readable(at), agreement);
  });
  const participants = rights["agreement.participants"];
  routes.get(
    `${list}/:agreement/participants`,
    { right: participants, trace: "agreement.participants-listed" },
    async (at) => {
      const agreement = await fundAt(at);
      return agreement ? participantsPage(at, agreement) : notFound(absent);
    },
  );
  for (const format of ["csv", "xlsx"] as const) {
    routes.get(
      `${list}/:agreement/participants.${format}`,
      { right: participants, trace: "agreement.participants-exported" },
      async (at) => {
        const agreement = await fundAt(at);
        return agreement ? participantsFile(at, agreement, format) : notFound(absent);
      },
    );
    routes.get(`${list}/:agreement/indicateurs.${format}`, { right: see, trace: "agreement.exported" }, async (at) => {
      const agreement = await fundAt(at);
      return agreement ? indicatorsFile(at, readable(at), agreement, format) : notFound(absent);
    });
  }
}
