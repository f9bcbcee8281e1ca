// How people are reminded of their appointments: the house's rule, dated, with its source.
import { z } from "zod";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { declareRights } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { reminderRules, ruleReminders } from "./reminding.ts";
import { type ReminderWay, ways, wayWords } from "./words.ts";

export const reminderRights = declareRights({
  "reminder.rule": {
    sentence: "régler les rappels de rendez-vous",
    roles: ["site-manager", "direction"],
    held: "house",
  },
});

const RuleForm = z.object({
  du: z
    .string()
    .default("")
    .transform((value, context) => {
      if (value.trim() === "") return null;
      const found = readDay(value);
      if (found.ok) return found.value;
      context.addIssue({ code: "custom", message: `${found.reason}.` });
      return z.NEVER;
    }),
  voie: z.enum(ways as [ReminderWay, ...ReminderWay[]], "Choisissez dans la liste."),
  source: z
    .string("Écrivez d’où vient cette règle.")
    .transform(oneLine)
    .pipe(z.string().min(1, "Écrivez d’où vient cette règle.").max(200, "Au plus 200 signes.")),
});

async function rulesPage(at: At<unknown>, mistakes: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const rules = await reminderRules(at.tx);
  const typed = (name: string): string | undefined => at.typed[name]?.[0];
  return page({
    title: "Rappels de rendez-vous",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    body: (
      <>
        <Heading
          title="Rappels de rendez-vous"
          action={{ href: "/messages?objet=reminder", label: "Voir les rappels" }}
        >
          La veille d’un entretien ou d’une séance, un message part à qui est attendu, une seule fois. Il ne dit ni
          pourquoi ni avec qui. Les rappels se suspendent avec les autres messages.
        </Heading>
        <DataTable
          caption="Règles, par date"
          hideCaption
          rows={rules}
          rowKey={(rule) => rule.from_day}
          empty={<p>Aucune règle{"\u00a0"}: personne ne reçoit de rappel.</p>}
          columns={[
            { key: "from", label: "À partir du", header: true, render: (rule) => shortDay(rule.from_day) },
            { key: "way", label: "Rappel", render: (rule) => wayWords[rule.way] },
            { key: "source", label: "Source", render: (rule) => rule.source },
          ]}
        />
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/rappels" class="filters">
          <DateField
            name="du"
            label="À partir du"
            hint="jj/mm/aaaa ; vide : aujourd’hui"
            value={typed("du")}
            error={mistakes.du}
          />
          <SelectField
            name="voie"
            label="Rappel"
            value={typed("voie")}
            error={mistakes.voie}
            options={ways.map((way) => ({ value: way, label: wayWords[way] }))}
          />
          <TextField name="source" label="Source" value={typed("source")} error={mistakes.source} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });
}

export function declareReminders(routes: Routes): void {
  const right = reminderRights["reminder.rule"];
  routes.get("/rappels", { right, trace: "reminders.opened" }, (at) => rulesPage(at));
  routes.post(
    "/rappels",
    { right, trace: "reminders.ruled", form: RuleForm, onMistakes: (at, { fields }) => rulesPage(at, fields) },
    async (at) => {
      const { du, voie, source } = at.form;
      const from_day = du ?? at.tx.today;
      await ruleReminders(at.tx, { from_day, way: voie, source });
      at.about("house", at.scope.house, { from: from_day, kind: voie });
      return redirect("/rappels", "La règle est enregistrée.");
    },
  );
}
