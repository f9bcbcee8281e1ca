// A structure's own page: what the house has written of it, and who signs in for it. It is what every account of a structure opens on.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { makeLink } from "../../house/door.ts";
import { parts } from "../parts/kinds.ts";
import { partsOf } from "../parts/writes.ts";
import { rights } from "../rights.ts";
import { bookingRightOf } from "../seasons/reads.ts";
import { rightWords, ruleWords } from "../seasons/words.ts";
import { accountsOf, ownStructure } from "./reads.ts";
import { shortSideWords } from "./words.ts";

const right = rights["own-structure.see"];
const closed = "Votre structure";

export function declareOwnStructure(routes: Routes): void {
  routes.get("/ma-structure", { right, trace: "own-structure.opened" }, async (at) => {
    const { tx, scope } = at;
    const structure = await ownStructure(tx, right);
    if (!structure) return notFound(closed);
    at.about("structure", structure.id);
    const accounts = (await accountsOf(tx, structure.id)).filter(({ toDay }) => toDay === null || toDay >= tx.today);
    const own = accounts.find((account) => account.id === scope.account);
    const convention = parts.find(({ kind }) => kind === "convention");
    const conventions = convention ? await partsOf(tx, convention, structure.id) : [];
    const ownSides = [...new Set(accounts.filter((account) => account.id === scope.account).map(({ side }) => side))];
    const seasons = await Promise.all(
      ownSides.map(async (side) => ({ side, ...(await bookingRightOf(tx, structure.id, side, tx.today)) })),
    );
    const place = [structure.postal_code, structure.commune_name].filter(Boolean).join(" ");
    return page({
      title: structure.name,
      body: (
        <>
          <Heading title={structure.name}>
            Ce que {scope.houseName} a noté de votre structure. Une erreur{"\u00a0"}? Dites-le à la maison.
          </Heading>
          <Facts
            facts={[
              { label: "Adresse", value: [structure.address, place].filter(Boolean).join(", ") || null },
              { label: "Téléphone", value: structure.phone },
              { label: "Courriel", value: structure.email },
              { label: "SIRET", value: structure.siret },
            ]}
          />
          {seasons.map(({ side, right, rule }) => (
            <section key={side}>
              <h2>Votre saison, côté {shortSideWords[side]}</h2>
              <Notice kind={right.may ? "info" : "warn"} text={rightWords(right)} />
              {rule ? <p>{ruleWords(rule)}</p> : null}
            </section>
          ))}
          <h2>Conventions</h2>
          {conventions.filter((row) => row.withdrawn === null).length === 0 ? (
            <p class="empty">Aucune convention notée.</p>
          ) : (
            <ul>
              {conventions
                .filter((row) => row.withdrawn === null)
                .map((row) => (
                  <li key={row.id}>
                    {row.name}
                    {row.from_day ? ` du ${shortDay(row.from_day)}` : ""}
                    {row.to_day ? ` au ${shortDay(row.to_day)}` : ""}
                  </li>
                ))}
            </ul>
          )}
          <h2>Qui entre pour votre structure</h2>
          <ul>
            {accounts.map((account) => (
              <li key={account.grant}>
                {account.name} ({shortSideWords[account.side]})
              </li>
            ))}
          </ul>
          {own && !own.hasPassword ? (
            <form method="post" action="/ma-structure/mot-de-passe">
              <p>Vous entrez par un lien. Vous pouvez aussi choisir un mot de passe.</p>
              <button type="submit" class="second">
                Choisir un mot de passe
              </button>
            </form>
          ) : null}
        </>
      ),
    });
  });

  routes.post(
    "/ma-structure/mot-de-passe",
    {
      right,
      trace: "partner-account.password-wished",
      form: z.object({}),
      onMistakes: () => refusal(422, "Réessayez."),
    },
    async (at) => {
      const structure = await ownStructure(at.tx, right);
      const own = structure && (await accountsOf(at.tx, structure.id)).find((one) => one.id === at.scope.account);
      if (!own) return notFound(closed);
      // Whoever has a password changes it knowing it.
      if (own.hasPassword) {
        at.nothingHappened();
        return redirect("/compte");
      }
      at.about("account", own.id);
      const link = await makeLink(at.tx, at.services.config, own.id, "reset");
      return redirect(new URL(link).pathname);
    },
  );
}
