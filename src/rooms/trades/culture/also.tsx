// The pages that stand beside a list, in one line of their own: never among the links to its files.
import { Fragment } from "preact";
import { may, type Right, type Scope } from "../../../core/rights.ts";

export type AlsoLink = { href: string; label: string; right: Right };

/** Those that the account may open. */
export function Also({ scope, links }: { scope: Scope; links: readonly AlsoLink[] }) {
  const open = links.filter(({ right }) => may(scope, right));
  return open.length === 0 ? null : (
    <p class="no-print">
      Aussi{"\u00a0"}:{" "}
      {open.map(({ href, label }, place) => (
        <Fragment key={href}>
          {place > 0 ? " · " : ""}
          <a href={href}>{label}</a>
        </Fragment>
      ))}
    </p>
  );
}
