// The first page of who answers for the house, for a site, or for people: what is late, what is missing, what comes, and where the year stands.
import { sql } from "kysely";
import type { Tx } from "../../core/db/transaction.ts";
import { type Registry, readableBy } from "../../core/figures/registry.ts";
import { type Answer, page } from "../../core/http/answer.ts";
import type { At } from "../../core/http/route.ts";
import { readDay } from "../../core/importing/values.ts";
import type { AnyList } from "../../core/lists/list.ts";
import { listSites } from "../../rooms/foundations/house/door.ts";
import { Heading } from "../../ui/heading.tsx";
import { Link } from "../../ui/link.tsx";
import { DataTable } from "../../ui/table.tsx";
import { dayWithoutWeekday, number, percent } from "../../ui/words.ts";
import { type Compared, compared, type Promised, promised, shareOfYear, yearBefore } from "./numbers.ts";
import { type Task, tasksFor } from "./tasks.ts";

export type DashboardFacts = { lists: () => readonly AnyList[]; registry: () => Registry };

/** How far the reader answers: for the house, for one site, or for the people that they accompany. */
type Reach = { kind: "house" } | { kind: "site"; code: string; name: string } | { kind: "own" };

async function reachOf({ scope, tx }: At): Promise<Reach> {
  const held = (role: string) => scope.grants.filter((grant) => grant.role === role && grant.programme === null);
  if ([...held("direction"), ...held("site-manager")].some(({ site }) => site === null)) return { kind: "house" };
  const [managed] = held("site-manager");
  if (!managed) return { kind: "own" };
  const site = (await listSites(tx)).find(({ id }) => id === managed.site);
  return site ? { kind: "site", code: site.code, name: site.name } : { kind: "own" };
}

/** The day on which the house last wrote something down: where a year without records is looked at, the way to one that has some. */
async function lastDay(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    SELECT max(occurred_on)::text AS day FROM agenda.visits WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  return rows[0]?.day ?? null;
}

const stateTitles = { late: "En retard", missing: "Ce qui manque", ahead: "À venir" } as const;

const Tasks = ({ tasks, state }: { tasks: readonly Task[]; state: Task["state"] }) => {
  const own = tasks.filter((task) => task.state === state);
  return (
    <section aria-labelledby={`titre-${state}`}>
      <h2 id={`titre-${state}`}>{stateTitles[state]}</h2>
      {own.length === 0 ? (
        <p>{state === "ahead" ? "Rien de prévu." : "Rien."}</p>
      ) : (
        <ul class="results">
          {own.map((task) => (
            <li key={task.href}>
              <Link class="row" href={task.href}>
                <strong>{task.text}</strong>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** "+12 %", "−3 %", "=": never a colour alone. */
function change({ now, before }: Compared): string {
  if (before === 0) return now === 0 ? "=" : "nouveau";
  const share = Math.round((100 * (now - before)) / before);
  return share === 0 ? "=" : `${share > 0 ? "+" : ""}${percent(share)}`;
}

/** Ahead of the year, with it, or behind: in words. */
function pace({ target, reached }: Promised, elapsed: number): string {
  if (target === 0) return "";
  const share = reached / target;
  if (share >= 1) return "atteint";
  return share >= elapsed
    ? "en avance sur l’année"
    : share >= elapsed * 0.9
      ? "au rythme de l’année"
      : "en retard sur l’année";
}

export async function dashboardPage(at: At, facts: DashboardFacts): Promise<Answer> {
  const { tx } = at;
  const typed = at.query.jour ? readDay(at.query.jour) : null;
  const day = typed?.ok && typed.value <= tx.today ? typed.value : tx.today;
  const reach = await reachOf(at);
  const registry = readableBy(facts.registry(), at.scope);
  const tasks = await tasksFor(tx, facts.lists(), reach.kind === "own");
  const numbers =
    reach.kind === "own" ? [] : await compared(tx, registry, day, reach.kind === "site" ? reach.code : null);
  const targets = reach.kind === "house" ? await promised(tx, registry, day) : [];
  const visited = numbers.some(({ code, now }) => code === "antennes.visites" && now > 0);
  const last = !visited && reach.kind !== "own" ? await lastDay(tx) : null;
  const year = day.slice(0, 4);
  const elapsed = shareOfYear(day);
  const title = reach.kind === "site" ? `Tableau de bord, ${reach.name}` : "Tableau de bord";
  return page({
    title,
    body: (
      <>
        <Heading title={title}>
          {reach.kind === "own" ? "Ce qui vous attend, parcours après parcours." : `Au ${dayWithoutWeekday(day)}.`}
        </Heading>
        <Tasks tasks={tasks} state="late" />
        <Tasks tasks={tasks} state="missing" />
        <Tasks tasks={tasks} state="ahead" />
        {reach.kind === "own" ? null : (
          <>
            <h2>
              {year} et {Number(year) - 1} à la même date
            </h2>
            {last && last < `${year}-01-01` ? (
              <p>
                La dernière visite notée est du {dayWithoutWeekday(last)}.{" "}
                <Link href={`/tableau-de-bord?jour=${last}`}>Voir le tableau à ce jour</Link>
              </p>
            ) : null}
            <DataTable
              caption={`Du 1er janvier au ${dayWithoutWeekday(day)}, et un an avant`}
              rows={numbers}
              rowKey={(line) => line.code}
              empty={<p>Rien n’est noté dans ces deux années.</p>}
              columns={[
                { key: "label", label: "Chiffre", header: true, render: (line) => line.label },
                {
                  key: "now",
                  label: year,
                  number: true,
                  render: (line) => <Link href={line.href}>{number(line.now)}</Link>,
                },
                {
                  key: "before",
                  label: yearBefore(day).slice(0, 4),
                  number: true,
                  render: (line) => number(line.before),
                },
                { key: "change", label: "Écart", number: true, render: change },
              ]}
            />
          </>
        )}
        {targets.length > 0 ? (
          <>
            <h2>Objectifs de {year}</h2>
            <p>{percent(Math.round(elapsed * 100))} de l’année sont passés.</p>
            <DataTable
              caption="Ce qui fut promis, et ce qui est atteint"
              hideCaption
              rows={targets}
              rowKey={(_, place) => String(place)}
              columns={[
                { key: "programme", label: "Dispositif", header: true, render: (line) => line.programme },
                {
                  key: "label",
                  label: "Chiffre",
                  render: (line) => `${line.label}${line.funder ? `, pour ${line.funder}` : ""}`,
                },
                { key: "target", label: "Objectif", number: true, render: (line) => number(line.target) },
                {
                  key: "reached",
                  label: "Atteint",
                  number: true,
                  render: (line) => <Link href={line.href}>{number(line.reached)}</Link>,
                },
                { key: "pace", label: "Rythme", render: (line) => pace(line, elapsed) },
              ]}
            />
          </>
        ) : null}
      </>
    ),
  });
}
