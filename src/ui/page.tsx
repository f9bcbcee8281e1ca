// The page: head, house, menu, the one title, what happened, the content. Works with scripts off; the scripts only make it faster.
import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { Link } from "./link.tsx";
import { Notice, type NoticeFacts } from "./notice.tsx";

export type Assets = { css: string; script(name: string): string };
export type MenuItem = { href: string; label: string; current: boolean; key?: string };

export type PageFacts = {
  title: string;
  children: ComponentChildren;
  assets: Assets;
  menu: readonly MenuItem[];
  house?: { name: string; code: string };
  account?: { name: string; role: string };
  /** The search box of the head, for those who may search people. */
  search?: boolean;
  notice?: NoticeFacts;
  crumbs?: readonly { href: string; label: string }[];
  scripts?: readonly string[];
  /** Pages of nobody: sign-in, invitation. */
  bare?: boolean;
  /** Seconds after which the page is asked for again, where scripts are off. */
  refresh?: number;
  /** What strangers and search engines read: no menu, the house's own name, and facts as JSON-LD. */
  strangers?: {
    house: string;
    home: string;
    description: string;
    canonical: string;
    facts?: Readonly<Record<string, unknown>>;
  };
};

/** JSON inside a page: no sign of it may end the element that holds it. */
const inPage = (facts: Readonly<Record<string, unknown>>): string => JSON.stringify(facts).replace(/</g, "\\u003c");

/** A whole document as text. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;

/** The mark: a passage under an arch. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
      <path d="M3 30V14a13 13 0 0 1 26 0v16h-6V15a7 7 0 0 0-14 0v15z" fill="currentColor" />
      <path d="M13 30V16a3 3 0 0 1 6 0v14z" fill="currentColor" opacity=".45" />
    </svg>
  );
}

/** A traboule seen from the street: arch behind arch, and the light of the courtyard. It says nothing that a text does not. */
function Passage() {
  return (
    <svg class="passage" viewBox="0 0 320 420" aria-hidden="true" focusable="false">
      {[0, 1, 2, 3, 4].map((turn) => {
        const [side, top] = [20 + turn * 26, 30 + turn * 34];
        const half = 160 - side;
        return (
          <path
            key={turn}
            class={`arch-${turn}`}
            d={`M${side} 420V${top + half}a${half} ${half} 0 0 1 ${2 * half} 0V420z`}
          />
        );
      })}
    </svg>
  );
}

/** How many entries of the menu stay in sight where there is no room for all; one fewer where a long one stands in the fold. */
const inSight = 3;
/** And how many on a wide screen: the others, which one opens once a week, stand in the fold. */
const onWide = 7;

function Menu({ items }: { items: readonly MenuItem[] }) {
  const entry = (item: MenuItem) => (
    <a href={item.href} aria-current={item.current ? "page" : undefined} data-key={item.key}>
      {item.label}
    </a>
  );
  const placeOf = (at: number): string | undefined =>
    at < inSight - 1
      ? undefined
      : at < inSight
        ? "third"
        : at < onWide || items.length === onWide + 1
          ? "later"
          : "last";
  const last = items.length > onWide + 1;
  const here = items.findIndex((item, at) => at >= inSight && item.current);
  const label = items[here]?.label;
  return (
    <nav class={items.length > 6 ? "menu long" : "menu"} aria-label="Principal">
      <ul>
        {items.map((item, at) => (
          <li key={item.href} class={placeOf(at)}>
            {entry(item)}
          </li>
        ))}
      </ul>
      {items.length > inSight ? (
        <details class={last ? "more always" : "more"} name="menu">
          <summary class={here < 0 ? undefined : placeOf(here) === "last" ? "current" : "current nearby"}>
            {label && placeOf(here) !== "last" ? (
              <>
                <span class="narrow">{label}</span>
                <span class="wide">Plus</span>
              </>
            ) : (
              (label ?? "Plus")
            )}
          </summary>
          <ul>
            {items.slice(inSight - 1).map((item, at) => (
              <li key={item.href} class={placeOf(inSight - 1 + at)}>
                {entry(item)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </nav>
  );
}

export function Page(facts: PageFacts) {
  const { title, assets, strangers, notice, crumbs } = facts;
  // What strangers see is the same for somebody who is signed in.
  const { menu, house, account } = strangers
    ? { menu: [], house: { name: strangers.house }, account: undefined }
    : facts;
  return (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{house ? `${title} · ${house.name}` : `${title} · Traboule`}</title>
        <link rel="stylesheet" href={assets.css} />
        {facts.refresh ? (
          <noscript>
            <meta http-equiv="refresh" content={String(facts.refresh)} />
          </noscript>
        ) : null}
        <link
          rel="preload"
          href="/assets/fonts/atkinson-hyperlegible-next-latin-400-normal.woff2"
          as="font"
          type="font/woff2"
          crossOrigin="anonymous"
        />
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath d='M3 30V14a13 13 0 0 1 26 0v16h-6V15a7 7 0 0 0-14 0v15z' fill='%23a33b1f'/%3E%3C/svg%3E"
        />
        {strangers ? (
          <>
            <meta name="description" content={strangers.description} />
            <link rel="canonical" href={strangers.canonical} />
          </>
        ) : null}
        {strangers?.facts ? (
          // A block of data, which no browser runs: the policy on scripts lets it be. What could end the element is escaped.
          <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: inPage(strangers.facts) }} />
        ) : null}
        {["ui", ...(facts.scripts ?? [])].map((name) => (
          <script key={name} type="module" src={assets.script(name)} />
        ))}
      </head>
      <body class={facts.bare ? (house ? "bare" : "bare street") : undefined}>
        <a class="skip" href="#contenu">
          Aller au contenu
        </a>
        <header class="top">
          <a class="house" href={strangers?.home ?? "/"}>
            <Mark />
            <span>{house?.name ?? "Traboule"}</span>
          </a>
          {facts.search && !facts.bare && !strangers ? (
            <form class="find" action="/personnes" method="get" role="search">
              <label class="visually-hidden" for="recherche-globale">
                Chercher une personne
              </label>
              <input
                id="recherche-globale"
                name="q"
                type="search"
                placeholder="Chercher une personne"
                autocomplete="off"
                data-key="/"
              />
            </form>
          ) : null}
          {account && !facts.bare ? (
            <details class="account" name="menu">
              <summary>
                {account.name} <small>{account.role}</small>
              </summary>
              <div>
                <small>{account.role}</small>
                <Link href="/compte">Mon compte</Link>
                <form method="post" action="/deconnexion">
                  <button type="submit" class="plain">
                    Se déconnecter
                  </button>
                </form>
              </div>
            </details>
          ) : null}
        </header>
        {menu.length > 0 && !facts.bare ? <Menu items={menu} /> : null}
        {facts.bare && !house ? <Passage /> : null}
        <main id="contenu" tabIndex={-1}>
          {crumbs && crumbs.length > 0 ? (
            <nav class="crumbs" aria-label="Fil d’Ariane">
              <ol>
                {crumbs.map((crumb) => (
                  <li key={crumb.href}>
                    <Link href={crumb.href}>{crumb.label}</Link>
                  </li>
                ))}
              </ol>
            </nav>
          ) : null}
          {notice ? <Notice {...notice} /> : null}
          {facts.children}
        </main>
        <footer>
          <p>
            Traboule, logiciel libre
            {account && !facts.bare ? (
              <>
                {" "}
                · touche «{"\u00a0"}?{"\u00a0"}» : les raccourcis
              </>
            ) : null}
          </p>
        </footer>
      </body>
    </html>
  );
}
