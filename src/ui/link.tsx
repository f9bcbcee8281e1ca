import type { ComponentChildren } from "preact";

const allowed = /^(\/(?!\/)|\?|#|https:\/\/|mailto:|tel:)/;

/** True for an address that may stand in a link: of this site, https, mail or telephone. */
export const isSafeHref = (href: string): boolean => allowed.test(href);

/** A link; an address of another kind (`javascript:` …) is shown as plain text. */
export function Link({
  href,
  children,
  class: name,
  current,
  shortcut,
}: {
  href: string;
  children: ComponentChildren;
  class?: string;
  current?: boolean;
  /** The key that follows the link. */
  shortcut?: string | undefined;
}) {
  if (!isSafeHref(href)) return <span>{children}</span>;
  return (
    <a href={href} class={name} aria-current={current ? "page" : undefined} data-key={shortcut}>
      {children}
    </a>
  );
}
