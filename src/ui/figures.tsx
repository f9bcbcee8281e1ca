import type { ComponentChildren } from "preact";
import { Link } from "./link.tsx";

/** The big numbers of a page: each with its words and, where it has one, the list behind it. */
export function KeyFigures({
  figures,
}: {
  figures: readonly { value: string; label: string; href?: string; note?: string }[];
}) {
  return (
    <ul class="key-figures">
      {figures.map((figure) => (
        <li key={figure.label}>
          {figure.href ? (
            <Link href={figure.href}>
              <strong>{figure.value}</strong> <span>{figure.label}</span>
            </Link>
          ) : (
            <>
              <strong>{figure.value}</strong> <span>{figure.label}</span>
            </>
          )}
          {figure.note ? <small>{figure.note}</small> : null}
        </li>
      ))}
    </ul>
  );
}

/** Names and values, in two columns on a wide screen. */
export function Facts({ facts }: { facts: readonly { label: string; value: ComponentChildren }[] }) {
  return (
    <dl class="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value ?? <span class="none">non renseigné</span>}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Lines in time, newest first. */
export function Timeline({ lines }: { lines: readonly { when: string; kind: string; text: ComponentChildren }[] }) {
  return (
    <ol class="timeline">
      {lines.map((line, at) => (
        // Rendered once on the server: the index is as good a key as any.
        <li key={at}>
          <span class="when">{line.when}</span> <span class="kind">{line.kind}</span> <span>{line.text}</span>
        </li>
      ))}
    </ol>
  );
}

/** Filters in force, each with the way out of it. */
export function Chips({ chips }: { chips: readonly { label: string; without: string }[] }) {
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label="Filtres">
      {chips.map((chip) => (
        <li key={chip.label}>
          {chip.label}{" "}
          <Link href={chip.without}>
            <span aria-hidden="true">✕</span>
            <span class="visually-hidden">Retirer le filtre {chip.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** How many there are, and the way to the next. */
export function Pager({
  count,
  next,
  first,
}: {
  count: string;
  next?: string | undefined;
  first?: string | undefined;
}) {
  return (
    <nav class="pager" aria-label="Pages">
      <span>{count}</span>
      {first ? <Link href={first}>Revenir au début</Link> : null}
      {next ? <Link href={next}>Suite</Link> : null}
    </nav>
  );
}
