// The team, for the direction: who is there, since when; a departure noted.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { DateField, ErrorSummary } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { Hidden, PostForm, Submit } from "../parts.tsx";
import { rights } from "../rights.ts";
import { optionalDay, versionField } from "../shapes.ts";
import type { HouseTables } from "../tables.ts";
import { staffList } from "./list.tsx";
import { fullTime, type Member, memberById, nameOf } from "./reads.ts";
import { staffRecordingRoutes } from "./recording-routes.tsx";

const memberOf = (at: At<unknown>): Promise<Member | null> => memberById(at.tx, at.params.member ?? "");

function memberPage(
  member: Member,
  told: { day?: string; mistakes?: Record<string, string>; status?: number; stale?: boolean } = {},
): Answer {
  const { mistakes = {} } = told;
  return page({
    title: nameOf(member),
    status: told.status ?? 200,
    crumbs: [{ href: "/equipe", label: "Équipe" }],
    body: (
      <>
        <Heading title={nameOf(member)} />
        <ErrorSummary fields={mistakes} />
        {told.stale ? (
          <p class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cela entre-temps.</strong> Dernier jour noté aujourd’hui{"\u00a0"}:{" "}
            {member.toDay ? shortDay(member.toDay) : "aucun"}. Votre saisie est ci-dessous.
          </p>
        ) : null}
        <Facts
          facts={[
            { label: "Fonction", value: member.function },
            { label: "Pôle", value: member.pole },
            { label: "Lieu", value: member.site },
            { label: "Employeur", value: member.employer ?? "la maison" },
            { label: "Entrée", value: shortDay(member.fromDay) },
            { label: "Part d’un temps plein", value: fullTime(member) },
          ]}
        />
        <p class="no-print">
          <a href={`/equipe/${member.id}/corriger`}>Corriger cette fiche</a>
        </p>
        <PostForm action={`/equipe/${member.id}`}>
          <Hidden name="version" value={String(member.version)} />
          <DateField
            name="sortie"
            label="Dernier jour dans la maison"
            hint="jj/mm/aaaa ; vide : toujours là"
            value={told.day ?? (member.toDay ? shortDay(member.toDay) : "")}
            error={mistakes.sortie}
            required={false}
          />
          <Submit>Enregistrer</Submit>
        </PostForm>
      </>
    ),
  });
}

export function staffRoutes(routes: Routes): void {
  const right = rights["staff.see"];
  declareList(routes, staffList);
  staffRecordingRoutes(routes);

  routes.get("/equipe/:member", { right, trace: "staff.opened" }, async (at) => {
    const member = await memberOf(at);
    if (!member) return notFound("Cette personne");
    at.about("staff", member.id);
    return memberPage(member);
  });
  routes.post(
    "/equipe/:member",
    {
      right,
      trace: "staff.changed",
      form: z.object({ version: versionField, sortie: optionalDay("Écrivez le dernier jour jj/mm/aaaa.") }),
      async onMistakes(at, { fields, typed }) {
        const member = await memberOf(at);
        return member
          ? memberPage(member, { day: typed.sortie?.[0] ?? "", mistakes: fields, status: 422 })
          : notFound("Cette personne");
      },
    },
    async (at) => {
      const member = await memberOf(at);
      if (!member) return notFound("Cette personne");
      const day = at.typed.sortie?.[0] ?? "";
      const { sortie, version } = at.form;
      if (sortie && sortie < member.fromDay)
        return memberPage(member, {
          day,
          mistakes: { sortie: `Le dernier jour vient avant l’entrée, le ${shortDay(member.fromDay)}.` },
          status: 422,
        });
      const changed = await at.tx
        .on<HouseTables>()
        .updateTable("house.staff")
        .set({ to_day: sortie, version: version + 1 })
        .where("house_id", "=", at.scope.house)
        .where("id", "=", member.id)
        .where("version", "=", version)
        .returning("id")
        .execute();
      if (changed.length === 0) return memberPage((await memberOf(at)) ?? member, { day, status: 409, stale: true });
      at.about("staff", member.id);
      return redirect("/equipe", sortie ? "Le départ est noté." : "Aucun départ n’est noté.");
    },
  );
}
