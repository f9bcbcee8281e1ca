// Merges done, and the way back.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, shortDay } from "../../../../ui/words.ts";
import { personById } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import type { PeopleTables } from "../tables.ts";
import { undoMerge } from "./writes.ts";

export function declareMerges(routes: Routes): void {
  routes.get("/fusions", { right: rights["person.merge"], trace: "merge.opened" }, async (at) => {
    const merges = await at.tx
      .on<PeopleTables>()
      .selectFrom("people.merges as m")
      .innerJoin("people.persons as p", (join) =>
        join.onRef("p.house_id", "=", "m.house_id").onRef("p.id", "=", "m.kept_id"),
      )
      .select(["m.id", "m.merged_at", "m.undone_at", "p.family_name", "p.given_name"])
      .where("m.house_id", "=", at.scope.house)
      .orderBy("m.merged_at", "desc")
      .limit(200)
      .execute();
    return page({
      title: "Fusions",
      crumbs: [{ href: "/doublons", label: "Doublons" }],
      body: (
        <>
          <Heading title="Fusions faites" />
          <DataTable
            caption="Les plus récentes d’abord"
            rows={merges}
            rowKey={(merge) => merge.id}
            empty={<p>Aucune fusion n’a été faite.</p>}
            columns={[
              {
                key: "who",
                label: "Fiche gardée",
                header: true,
                render: (merge) => <a href={`/fusions/${merge.id}`}>{nameOf(merge)}</a>,
              },
              { key: "when", label: "Faite le", render: (merge) => shortDay(dayIn(at.scope.zone, merge.merged_at)) },
              { key: "state", label: "État", render: (merge) => (merge.undone_at ? "annulée" : "en vigueur") },
            ]}
          />
        </>
      ),
    });
  });

  routes.get("/fusions/:merge", { right: rights["person.merge"], trace: "merge.opened" }, async (at) => {
    const id = at.params.merge ?? "";
    const merge = isUuid(id)
      ? await at.tx
          .on<PeopleTables>()
          .selectFrom("people.merges")
          .selectAll()
          .where("house_id", "=", at.scope.house)
          .where("id", "=", id)
          .executeTakeFirst()
      : undefined;
    if (!merge) return notFound("Cette fusion");
    const kept = await personById(at.tx, merge.kept_id);
    const absorbed = await personById(at.tx, merge.absorbed_id);
    if (!kept || !absorbed) return notFound("Cette fusion");
    at.about("person", kept.id, { merge: id });
    const moved = merge.moved.reduce((count, part) => count + part.rows.length, 0);
    return page({
      title: "Fusion",
      crumbs: [
        { href: "/doublons", label: "Doublons" },
        { href: "/fusions", label: "Fusions" },
      ],
      body: (
        <>
          <Heading title={`Fusion dans la fiche de ${nameOf(kept)}`} />
          <p>
            La fiche {absorbed.code} a rejoint <a href={`/personnes/${kept.id}`}>{kept.code}</a> le{" "}
            {shortDay(dayIn(at.scope.zone, merge.merged_at))} à {hour(minuteIn(at.scope.zone, merge.merged_at))} ;{" "}
            {moved} enregistrements l’ont suivie.
          </p>
          {merge.undone_at ? (
            <p>Cette fusion a été annulée le {shortDay(dayIn(at.scope.zone, merge.undone_at))}.</p>
          ) : (
            <form method="post" action={`/fusions/${id}/annulation`}>
              <p>Annuler remet les deux fiches comme elles étaient, chacune avec ce qui était à elle.</p>
              <button type="submit" class="second">
                Annuler la fusion
              </button>
            </form>
          )}
        </>
      ),
    });
  });

  routes.post(
    "/fusions/:merge/annulation",
    {
      right: rights["person.merge"],
      trace: "merge.undone",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const id = at.params.merge ?? "";
      const undone = isUuid(id)
        ? await undoMerge(at.tx, id)
        : { ok: false as const, sentence: "Cette fusion n’existe pas." };
      if (!undone.ok)
        return undone.sentence.includes("n’existe pas") ? notFound("Cette fusion") : refusal(409, undone.sentence);
      at.about("person", undone.kept, { merge: id, absorbed: undone.absorbed });
      return redirect(`/fusions/${id}`, "La fusion est annulée : les deux fiches sont revenues.");
    },
  );
}
