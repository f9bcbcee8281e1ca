// The inbox of doubles: pairs with why, told apart or compared side by side.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { type ChosenField, chosenFields, countHanging, mergePersons } from "../merge/writes.ts";
import { type Person, personById } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { PersonSummary } from "../search/line.tsx";
import { uuidField } from "../shapes.ts";
import { siteOptions } from "../site-options.ts";
import type { PeopleTables } from "../tables.ts";
import { sexWords } from "../words.ts";
import { strong, twinPairs } from "./reads.ts";

const fieldWords: Record<ChosenField, string> = {
  sex: "Sexe",
  family_name: "Nom",
  birth_name: "Nom de naissance",
  given_name: "Prénom",
  birth_date: "Date de naissance",
  phone: "Téléphone",
  email: "Courriel",
  address: "Adresse",
  postal_code: "Code postal",
  commune_name: "Commune",
  commune_code: "Code de la commune",
  site_id: "Antenne",
};

export function declareTwins(routes: Routes, links: () => readonly PersonLink[]): void {
  routes.get("/doublons", { right: rights["person.merge"], trace: "twins.listed" }, async (at) => {
    const dismissed = at.query.ecartes === "1";
    const { pairs, count, strong: certain } = await twinPairs(at.tx, dismissed);
    return page({
      title: "Doublons",
      body: (
        <>
          <Heading title={dismissed ? "Doublons écartés" : "Doublons"}>
            {dismissed
              ? "Paires dont quelqu’un a dit que ce sont deux personnes."
              : `${plural(count, "paire à regarder", "paires à regarder")}, dont ${plural(certain, "très probable", "très probables")}.`}
          </Heading>
          <DataTable
            caption="Paires, les plus probables d’abord"
            rows={pairs}
            rowKey={(pair) => pair.first.id + pair.second.id}
            empty={<p>Aucune paire. Quand deux fiches se ressemblent, elles arrivent ici.</p>}
            columns={[
              { key: "one", label: "Une fiche", header: true, render: (pair) => <PersonSummary person={pair.first} /> },
              { key: "other", label: "L’autre", render: (pair) => <PersonSummary person={pair.second} /> },
              {
                key: "why",
                label: "Pourquoi",
                render: (pair) =>
                  `${pair.score >= strong ? "Très probable" : "À vérifier"} : ${pair.reasons.join(", ")}`,
              },
              {
                key: "act",
                label: "Décider",
                render: (pair) => (
                  <>
                    <a href={`/doublons/${pair.first.id}/${pair.second.id}`}>Comparer</a>
                    <form class="inline" method="post" action="/doublons/avis">
                      <input type="hidden" name="first" value={pair.first.id} />
                      <input type="hidden" name="second" value={pair.second.id} />
                      <input type="hidden" name="dismissed" value={dismissed ? "0" : "1"} />
                      <button type="submit" class="plain">
                        {dismissed ? "Remettre" : "Deux personnes"}
                      </button>
                    </form>
                  </>
                ),
              },
            ]}
          />
          <p>
            <a href={dismissed ? "/doublons" : "/doublons?ecartes=1"}>
              {dismissed ? "Revenir aux doublons" : "Paires écartées"}
            </a>{" "}
            · <a href="/fusions">Fusions faites</a>
          </p>
        </>
      ),
    });
  });

  const Verdict = z.object({ first: uuidField, second: uuidField, dismissed: z.enum(["0", "1"]) });
  routes.post(
    "/doublons/avis",
    {
      right: rights["person.merge"],
      trace: "twins.dismissed",
      form: Verdict,
      onMistakes: () => refusal(422, "Cette paire est illisible."),
    },
    async (at) => {
      const apart = at.form.dismissed === "1";
      const done = await at.tx
        .on<PeopleTables>()
        .updateTable("people.twins")
        .set({ dismissed_at: apart ? at.tx.clock.now() : null, dismissed_by: at.scope.account })
        .where("house_id", "=", at.scope.house)
        .where("first_id", "=", at.form.first)
        .where("second_id", "=", at.form.second)
        .returning("first_id")
        .execute();
      if (done.length === 0) return notFound("Cette paire");
      at.about("person", at.form.first, { other: at.form.second, dismissed: apart });
      return redirect(
        "/doublons",
        apart ? "C’est noté : ce sont deux personnes." : "La paire est de nouveau à regarder.",
      );
    },
  );

  const pairOf = async (at: At<unknown>): Promise<[Person, Person] | null> => {
    const { first = "", second = "" } = at.params;
    if (!isUuid(first) || !isUuid(second) || first === second) return null;
    const one = await personById(at.tx, first);
    const other = await personById(at.tx, second);
    return one && other && !one.merged_into && !other.merged_into && !one.anonymised_at && !other.anonymised_at
      ? [one, other]
      : null;
  };

  routes.get("/doublons/:first/:second", { right: rights["person.merge"], trace: "twins.compared" }, async (at) => {
    const pair = await pairOf(at);
    if (!pair) return notFound("Cette paire");
    const [kept, absorbed] = pair;
    at.about("person", kept.id, { other: absorbed.id });
    const sites = await siteOptions(at.tx);
    const hanging = (await countHanging(at.tx, links(), absorbed.id)).filter((line) => line.count > 0);
    const shown = (person: Person, field: ChosenField) => {
      const value = person[field];
      if (value === null || value === "") return <span class="none">vide</span>;
      if (field === "birth_date") return shortDay(String(value));
      if (field === "sex") return sexWords[String(value)];
      return field === "site_id" ? sites.find((site) => site.value === value)?.label : String(value);
    };
    return page({
      title: "Comparer deux fiches",
      crumbs: [{ href: "/doublons", label: "Doublons" }],
      body: (
        <>
          <Heading title="Comparer deux fiches">
            Choisissez, champ par champ, la valeur à garder. La fiche {kept.code} reste ; tout ce qui tient à{" "}
            {absorbed.code} la rejoint. La fusion pourra être annulée.
          </Heading>
          <form method="post" action={`/doublons/${kept.id}/${absorbed.id}`}>
            <input type="hidden" name="key" value={at.tx.ids.uuid()} />
            <input type="hidden" name="version" value={String(kept.version)} />
            <input type="hidden" name="other_version" value={String(absorbed.version)} />
            <DataTable
              caption={`${nameOf(kept)} et ${nameOf(absorbed)}`}
              rows={chosenFields}
              rowKey={(field) => field}
              columns={[
                { key: "field", label: "Champ", header: true, render: (field) => fieldWords[field] },
                ...[kept, absorbed].map((person, at) => ({
                  key: person.id,
                  label: `${at === 0 ? "À garder : " : ""}${person.code}`,
                  render: (field: ChosenField) => {
                    const better = at === 0 ? kept[field] !== null : kept[field] === null;
                    return (
                      <label class="choice">
                        <input type="radio" name={field} value={at === 0 ? "kept" : "absorbed"} checked={better} />
                        <span>
                          <span class="visually-hidden">{fieldWords[field]} : </span>
                          {shown(person, field)}
                        </span>
                      </label>
                    );
                  },
                })),
              ]}
            />
            <p>
              {hanging.length === 0
                ? "Rien d’autre ne tient à la fiche qui s’en va."
                : `Rejoindront la fiche gardée : ${hanging.map((line) => `${line.count} ${line.label}`).join(", ")}.`}
            </p>
            <div class="submit">
              <button type="submit">Fusionner les deux fiches</button>
              <a href={`/doublons/${absorbed.id}/${kept.id}`}>Garder plutôt l’autre fiche</a>
              <a href="/doublons">Ne rien faire</a>
            </div>
          </form>
        </>
      ),
    });
  });

  const side = z.enum(["kept", "absorbed"]).default("kept");
  const MergeForm = z.object({
    key: uuidField,
    version: z.coerce.number().int(),
    other_version: z.coerce.number().int(),
    ...Object.fromEntries(chosenFields.map((field) => [field, side])),
  });
  routes.post(
    "/doublons/:first/:second",
    {
      right: rights["person.merge"],
      trace: "person.merged",
      form: MergeForm,
      onMistakes: () => refusal(422, "Ce choix est illisible : revenez à la comparaison."),
    },
    async (at) => {
      const { first = "", second = "" } = at.params;
      if (!isUuid(first) || !isUuid(second)) return notFound("Cette paire");
      const form = at.form as Record<string, unknown> & { key: string; version: number; other_version: number };
      const fromAbsorbed = chosenFields.filter((field) => form[field] === "absorbed");
      const merged = await mergePersons(at.tx, links(), {
        kept: first,
        absorbed: second,
        key: form.key,
        fromAbsorbed,
        versions: { kept: form.version, absorbed: form.other_version },
      });
      if (!merged.ok) return refusal(409, merged.sentence);
      at.about("person", first, { merge: merged.merge, absorbed: second, fields: fromAbsorbed });
      return redirect(`/fusions/${merged.merge}`, "Les deux fiches n’en font plus qu’une.");
    },
  );
}
