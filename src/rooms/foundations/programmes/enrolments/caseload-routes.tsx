// An adviser's active list: its page, the hand-over of one, several or all of it, and the way back.
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { List } from "../../../../core/lists/list.ts";
import { listPage } from "../../../../core/lists/page.tsx";
import { declareList } from "../../../../core/lists/routes.ts";
import { plural } from "../../../../ui/words.ts";
import { accountsWith } from "../../house/door.ts";
import { rights } from "../rights.ts";
import { caseload } from "./caseload.ts";
import { type CaseloadRow, none } from "./caseload-list.tsx";
import { handOver, isHandover, takeBack } from "./handovers.ts";
import { referentRoles } from "./new-routes.tsx";
import { NothingForm, ReferentForm } from "./shapes.ts";

const chosenIn = (typed: At<unknown>["typed"]): readonly string[] => [
  ...(typed.ligne ?? []),
  ...(typed.parcours ?? []),
];

export function declareCaseload(routes: Routes, caseloadList: List<CaseloadRow>): void {
  /** The list from which the form came, with what was wrong. */
  const again = (at: At<unknown>, referent: string, mistake: string): Promise<Answer> =>
    listPage(at, caseloadList, { query: { referent: referent || none }, mistake });
  declareList(routes, caseloadList);
  routes.post(
    "/file-active/passage",
    {
      right: rights["caseload.hand"],
      trace: "caseload.handed",
      form: ReferentForm,
      onMistakes: (at, { fields, typed }) =>
        again(at, typed.de?.[0] ?? "", Object.values(fields)[0] ?? "Ce formulaire est illisible."),
    },
    async (at) => {
      const { form } = at;
      const from = form.de === "" ? null : form.de;
      const to = (await accountsWith(at.tx, referentRoles)).find((one) => one.id === form.vers);
      if (!to) return again(at, form.de, "Choisissez à qui confier ces parcours.");
      const seen = (await caseload(at, from)).map((line) => line.id);
      const chosen = form.tous === "1" ? seen : seen.filter((id) => chosenIn(at.typed).includes(id));
      if (chosen.length === 0) return again(at, form.de, "Choisissez au moins un parcours.");
      const { id, moved } = await handOver(at.tx, {
        key: form.key,
        enrolments: chosen,
        from,
        to: to.id,
        day: form.jour,
      });
      if (moved === 0) at.nothingHappened();
      else at.about("handover", id, { moved });
      return redirect(
        `/file-active${from === null ? `?referent=${none}` : `?referent=${from}`}`,
        `${plural(moved, "parcours confié", "parcours confiés")} à ${to.name}. Cela s’annule plus bas.`,
      );
    },
  );
  routes.post(
    "/file-active/passages/:handover/annulation",
    {
      right: rights["caseload.hand"],
      trace: "caseload.taken-back",
      form: NothingForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const id = at.params.handover ?? "";
      const done = isUuid(id) ? await takeBack(at.tx, id) : null;
      if (!done) {
        if (!isUuid(id) || !(await isHandover(at.tx, id))) return notFound("Ce passage");
        at.nothingHappened();
        return redirect("/file-active", "Ce passage est déjà annulé.");
      }
      at.about("handover", id, done);
      return redirect(
        "/file-active",
        `${plural(done.back, "parcours revient", "parcours reviennent")} à son référent d’avant${done.left > 0 ? ` ; ${done.left} confiés ailleurs depuis restent` : ""}.`,
      );
    },
  );
}
