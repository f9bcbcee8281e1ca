// What surrounds every answer: the page's head, the menu of what this person may do, the sentence of the last act, and the pages that
// say no without losing what was typed.
import { Fragment, h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Typed } from "../core/http/answer.ts";
import type { Around, Chrome } from "../core/http/server.ts";
import { may } from "../core/rights.ts";
import type { Room } from "../core/room.ts";
import { roleWords } from "../rooms/foundations/house/door.ts";
import { Page, renderPage } from "../ui/page.tsx";
import type { AssetUrls } from "./assets.ts";

/** The pages' surrounding for the given rooms. */
export function chrome(rooms: readonly Room[], assets: AssetUrls): Chrome {
  const entries = rooms.flatMap((room) => room.menu ?? []).sort((a, b) => a.order - b.order);
  const menuFor = ({ scope, url }: Around) =>
    scope
      ? entries
          .filter((entry) => may(scope, entry.right))
          .map(({ href, label, key }) => ({
            href,
            label,
            current: url.pathname === href || url.pathname.startsWith(`${href}/`),
            ...(key ? { key } : {}),
          }))
      : [];
  const frame = (around: Around) => ({
    assets,
    menu: menuFor(around),
    search:
      around.scope !== null &&
      entries.some((entry) => entry.href === "/personnes" && around.scope !== null && may(around.scope, entry.right)),
    ...(around.scope
      ? {
          house: { name: around.scope.houseName, code: around.scope.houseCode },
          account: {
            name: around.scope.name,
            role: [...new Set(around.scope.grants.map((grant) => roleWords[grant.role]))].join(", "),
          },
        }
      : {}),
  });
  return {
    page(answer, around) {
      const said = around.url.searchParams.get("dit");
      const notice = answer.notice ?? (said ? { kind: "success" as const, text: said.slice(0, 300) } : undefined);
      return renderPage(
        <Page
          {...frame(around)}
          title={answer.title}
          {...(answer.crumbs ? { crumbs: answer.crumbs } : {})}
          {...(answer.scripts ? { scripts: answer.scripts } : {})}
          {...(answer.bare ? { bare: true } : {})}
          {...(notice ? { notice } : {})}
        >
          {answer.body}
        </Page>,
      );
    },
    // The fragment holds what preact calls children: one element, several or none.
    fragment: (answer) => renderToString(h(Fragment, {}, answer.body)),
    refusal: (answer, around) =>
      renderPage(
        <Page {...frame(around)} title={titles[answer.status]} bare={around.scope === null}>
          <h1>{titles[answer.status]}</h1>
          <p>{answer.sentence}</p>
          {answer.status === 401 ? <SignInAgain around={around} /> : <Resend status={answer.status} around={around} />}
        </Page>,
      ),
  };
}

const titles: Record<400 | 401 | 403 | 404 | 409 | 413 | 422 | 429 | 503, string> = {
  400: "Demande illisible",
  401: "Connexion",
  403: "Ce n’est pas dans votre rôle",
  404: "Introuvable",
  409: "Modifié entre-temps",
  413: "Trop grand",
  422: "À corriger",
  429: "Trop d’essais",
  503: "Un instant",
};

/** Secrets are never carried from page to page. */
const carried = (typed: Typed | null): [string, string][] =>
  Object.entries(typed ?? {}).flatMap(([name, values]) =>
    /passe|password|code/i.test(name) ? [] : values.map((value): [string, string] => [name, value]),
  );

/** The session ended while somebody was typing: what was typed goes through the sign-in and comes back. */
function SignInAgain({ around }: { around: Around }) {
  const { pathname, search } = around.url;
  const typed = carried(around.typed);
  return (
    <form method="get" action="/connexion">
      {typed.length > 0 ? (
        <p>
          Votre session s’est terminée pendant que vous écriviez. Ce que vous avez saisi est gardé et vous sera proposé
          après la connexion.
        </p>
      ) : null}
      <input type="hidden" name="retour" value={pathname + (typed.length > 0 ? "" : search)} />
      {typed.length > 0 ? (
        <input type="hidden" name="saisie" value={JSON.stringify(Object.fromEntries(typed))} />
      ) : null}
      <button type="submit" class="button">
        Se connecter
      </button>
    </form>
  );
}

/** The way on: send again what was typed, or go back. */
function Resend({ status, around }: { status: number; around: Around }) {
  if (status !== 503 || !around.typed || Object.keys(around.typed).length === 0)
    return (
      <p>
        <a href="/">Revenir au début</a>
      </p>
    );
  return (
    <form method="post" action={around.url.pathname}>
      {carried(around.typed).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class="button">
        Envoyer de nouveau
      </button>
    </form>
  );
}
