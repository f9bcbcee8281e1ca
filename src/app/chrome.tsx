// What surrounds every answer: the page's head, the menu of what this person may do, the sentence of the last act, and the pages that
// say no without losing what was typed.
import { Fragment, h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { RefusalStatus, Typed } from "../core/http/answer.ts";
import { secretFields } from "../core/http/form.ts";
import type { Around, Chrome } from "../core/http/server.ts";
import { isUuid } from "../core/ids.ts";
import { may } from "../core/rights.ts";
import type { Room } from "../core/room.ts";
import { roleWords, SignInForm } from "../rooms/foundations/house/door.ts";
import { Page, renderPage } from "../ui/page.tsx";
import type { AssetUrls } from "./assets.ts";

/** The pages' surrounding for the given rooms. */
export function chrome(rooms: readonly Room[], assets: AssetUrls): Chrome {
  const entries = rooms.flatMap((room) => room.menu ?? []).sort((a, b) => a.order - b.order);
  const menuFor = ({ scope, url }: Around) =>
    scope
      ? entries
          .filter((entry) => may(scope, entry.right))
          .map(({ href, label, key, also = [] }) => ({
            href,
            label,
            current: [href, ...also].some((one) => url.pathname === one || url.pathname.startsWith(`${one}/`)),
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
      const notice = answer.notice ?? (around.said ? { kind: "success" as const, text: around.said } : undefined);
      return renderPage(
        <Page
          {...frame(around)}
          title={answer.title}
          {...(answer.crumbs ? { crumbs: answer.crumbs } : {})}
          {...(answer.scripts ? { scripts: answer.scripts } : {})}
          {...(answer.bare ? { bare: true } : {})}
          {...(answer.refresh ? { refresh: answer.refresh } : {})}
          {...(answer.strangers ? { strangers: answer.strangers } : {})}
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
        <Page {...frame(around)} title={titleOf(answer, around)} bare={around.scope === null}>
          {answer.status === 401 ? (
            <SignInForm carried={carriedBy(around)} />
          ) : (
            <>
              <h1>{titleOf(answer, around)}</h1>
              <p>{answer.sentence}</p>
              <WayOn status={answer.status} around={around} />
            </>
          )}
        </Page>,
      ),
  };
}

const titles: Record<RefusalStatus, string> = {
  401: "Connexion",
  403: "Ce n’est pas dans votre rôle",
  404: "Introuvable",
  409: "Modifié entre-temps",
  413: "Trop grand",
  422: "À corriger",
  429: "Trop d’essais",
  500: "Une erreur de notre côté",
  503: "Un instant",
};

/** Nobody was asked their role when the request itself was refused. */
const titleOf = ({ status }: { status: RefusalStatus }, { scope }: Around): string =>
  status === 403 && !scope ? "Demande refusée" : titles[status];

const fieldsOf = (typed: Typed): [string, string][] =>
  Object.entries(typed).flatMap(([name, values]) =>
    secretFields.has(name) ? [] : values.map((value): [string, string] => [name, value]),
  );

/** The session ended while somebody was typing: what was typed goes through the sign-in and comes back. */
function carriedBy({ url, typed }: Around): { retour: string; saisie: string } {
  const kept = typed && Object.fromEntries(Object.entries(typed).filter(([name]) => !secretFields.has(name)));
  return { retour: url.pathname + url.search, saisie: kept ? JSON.stringify(kept) : "" };
}

/** The way on: send again what was typed, ask again, or go back. */
function WayOn({ status, around }: { status: RefusalStatus; around: Around }) {
  const { typed, url } = around;
  const again = status === 503 || status === 500;
  const secret = typed !== null && Object.keys(typed).some((name) => secretFields.has(name));
  if (again && typed && !secret)
    return (
      <form method="post" action={url.pathname + url.search}>
        {fieldsOf(typed).map(([name, value], at) => (
          <input key={`${name}-${at}`} type="hidden" name={name} value={value} />
        ))}
        <button type="submit">Envoyer de nouveau</button>
      </form>
    );
  const kept = typed
    ? fieldsOf(typed).flatMap(([, value]) => (value.trim() === "" || isUuid(value) ? [] : [value]))
    : [];
  return (
    <>
      {kept.length > 0 ? (
        <>
          <h2>Ce que vous aviez saisi</h2>
          <ul>
            {kept.map((value, at) => (
              <li key={`${value}-${at}`}>{value}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p>{again && !typed ? <a href={url.pathname + url.search}>Réessayer</a> : <a href="/">Revenir au début</a>}</p>
    </>
  );
}
