// The versions of a plan or of a balance sheet: which there were, what one said, and the way back to it.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { versionField } from "../../../../core/http/fields.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { enrolmentAt } from "../enrolments/acts.tsx";
import type { Enrolment } from "../enrolments/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { crumbsOf } from "../steps/page.tsx";
import { closed } from "../steps/routes.tsx";
import { bringBalanceBack, bringPlanBack, keepVersion, type Version, versionsOf } from "./history.ts";
import { Written } from "./panel.tsx";
import { balanceOf, planOf } from "./reads.ts";
import type { Paper } from "./tables.ts";
import { doerName, paperWords, planStateWords } from "./words.ts";

const moment = (at: Date, zone: string): string => `${shortDay(dayIn(zone, at))} à ${hour(minuteIn(zone, at))}`;

/** What a version said, as the page of the paper shows it. */
function Said({ version }: { version: Version }) {
  if (version.paper === "balance") {
    const { said } = version;
    return (
      <>
        <p>Bilan du {shortDay(said.onDay)}.</p>
        <Written
          parts={[
            { title: "Ce que j’en dis", text: said.personSays },
            { title: "Ce qu’en dit mon référent", text: said.adviserSays },
            { title: "Et après", text: said.next },
          ]}
        />
      </>
    );
  }
  const { said } = version;
  return (
    <>
      <Written
        parts={[
          { title: "Ce que je veux", text: said.goal },
          { title: "Ce sur quoi je m’appuie", text: said.strengths },
          { title: "Ce qui me freine", text: said.obstacles },
        ]}
      />
      {said.reviewOn ? <p>Prochain point le {shortDay(said.reviewOn)}.</p> : null}
      <DataTable
        caption="Ce que nous faisions"
        rows={said.actions}
        rowKey={(action) => action.id}
        empty={<p>Aucune ligne.</p>}
        columns={[
          { key: "what", label: "À faire", header: true, render: (action) => action.what },
          { key: "who", label: "Par", render: doerName },
          { key: "by", label: "Pour le", render: (action) => (action.byDay ? shortDay(action.byDay) : null) },
          { key: "state", label: "Où nous en étions", render: (action) => planStateWords[action.state] },
        ]}
      />
    </>
  );
}

async function versionsPage(at: At<unknown>, enrolment: Enrolment, paper: Paper): Promise<Answer> {
  const { title, path } = paperWords[paper];
  const here = `/parcours/${enrolment.id}/${path}`;
  const versions = await versionsOf(at.tx, enrolment.id, paper);
  return page({
    title: `Versions : ${title}`,
    crumbs: [...crumbsOf(enrolment), { href: here, label: title }],
    body: (
      <>
        <Heading title={`Versions : ${title}`}>
          {enrolment.personName}, {enrolment.programmeTitle}. {plural(versions.length, "version", "versions")}.
        </Heading>
        <DataTable
          caption="Versions, la dernière d’abord"
          hideCaption
          rows={versions}
          rowKey={(version) => version.id}
          empty={<p>Rien n’a encore été écrit.</p>}
          columns={[
            {
              key: "when",
              label: "Écrite le",
              header: true,
              render: (version) => <a href={`${here}/versions/${version.id}`}>{moment(version.at, at.scope.zone)}</a>,
            },
            { key: "who", label: "Par", render: (version) => version.by },
            {
              key: "now",
              label: "État",
              render: (version) => (version === versions[0] ? "celle d’aujourd’hui" : null),
            },
          ]}
        />
      </>
    ),
  });
}

/** The version of the row that the paper has now: a form says on which it was shown. */
const rowVersion = async (at: At<unknown>, enrolment: string, paper: Paper): Promise<number> =>
  (paper === "plan" ? await planOf(at.tx, enrolment) : await balanceOf(at.tx, enrolment))?.version ?? 0;

async function versionPage(
  at: At<unknown>,
  enrolment: Enrolment,
  version: Version,
  latest: boolean,
  stale = false,
): Promise<Answer> {
  const { title, path } = paperWords[version.paper];
  const here = `/parcours/${enrolment.id}/${path}`;
  const writes =
    mayIn(at.scope, rights["enrolment.write"], { site: enrolment.site, programme: enrolment.programme }) &&
    enrolment.withdrawn === null;
  return page({
    title: `${title}, version du ${shortDay(dayIn(at.scope.zone, version.at))}`,
    status: stale ? 409 : 200,
    crumbs: [...crumbsOf(enrolment), { href: here, label: title }, { href: `${here}/versions`, label: "Versions" }],
    ...(stale
      ? { notice: { kind: "warn" as const, text: "Cela a été modifié entre-temps : relisez avant de reprendre." } }
      : {}),
    body: (
      <>
        <Heading title={`${title}, version du ${moment(version.at, at.scope.zone)}`}>
          {version.by ? `Écrite par ${version.by}.` : ""} {latest ? "C’est celle d’aujourd’hui." : ""}
        </Heading>
        <Said version={version} />
        {writes && !latest ? (
          <form method="post" action={`${here}/versions/${version.id}`} class="no-print">
            <input type="hidden" name="version" value={String(await rowVersion(at, enrolment.id, version.paper))} />
            <p class="hint">
              Ce qui est écrit aujourd’hui reste dans les versions.
              {version.paper === "plan" ? " Les lignes ajoutées depuis ne bougent pas." : ""}
            </p>
            <button type="submit" class="second">
              Reprendre cette version
            </button>
          </form>
        ) : null}
      </>
    ),
  });
}

type Found = { enrolment: Enrolment; version: Version; latest: boolean };

export function declarePlanHistory(routes: Routes): void {
  for (const paper of ["plan", "balance"] as const) {
    const { path } = paperWords[paper];
    const base = `/parcours/:enrolment/${path}/versions`;
    const opened = async (at: At<unknown>): Promise<Enrolment | null> => {
      const enrolment = await enrolmentAt(at);
      if (enrolment) at.about("person", enrolment.person, { enrolment: enrolment.id });
      return enrolment;
    };
    const found = async (at: At<unknown>): Promise<Found | null> => {
      const enrolment = await opened(at);
      const versions = enrolment ? await versionsOf(at.tx, enrolment.id, paper) : [];
      const version = versions.find((one) => one.id === at.params.version);
      return enrolment && version ? { enrolment, version, latest: version === versions[0] } : null;
    };
    routes.get(base, { right: rights["enrolment.see"], trace: `${paper}.versions-listed` }, async (at) => {
      const enrolment = await opened(at);
      return enrolment ? versionsPage(at, enrolment, paper) : notFound("Ce parcours");
    });
    routes.get(`${base}/:version`, { right: rights["enrolment.see"], trace: `${paper}.version-opened` }, async (at) => {
      const one = await found(at);
      return one ? versionPage(at, one.enrolment, one.version, one.latest) : notFound("Cette version");
    });
    routes.post(
      `${base}/:version`,
      {
        right: rights["enrolment.write"],
        trace: `${paper}.version-back`,
        form: z.object({ version: versionField }),
        onMistakes: () => refusal(422, "Ce formulaire est illisible."),
      },
      async (at) => {
        const one = await found(at);
        if (!one) return notFound("Cette version");
        const { enrolment, version, latest } = one;
        const shut = closed(at, enrolment);
        if (shut) return shut;
        const here = `/parcours/${enrolment.id}/${path}`;
        if (latest) {
          at.nothingHappened();
          return redirect(here, "C’est déjà ce qui est écrit.");
        }
        const back =
          version.paper === "plan"
            ? await bringPlanBack(at.tx, enrolment.id, version.said, at.form.version)
            : await bringBalanceBack(at.tx, enrolment.id, version.said, at.form.version);
        if (!back) return versionPage(at, enrolment, version, latest, true);
        await keepVersion(at.tx, enrolment.id, paper);
        return redirect(here, `La version du ${moment(version.at, at.scope.zone)} est reprise.`);
      },
    );
  }
}
