import type { ComponentChildren } from "preact";
import { Link } from "./link.tsx";

/** The page's one title, its line of explanation and its one main action. */
export function Heading({
  title,
  children,
  action,
}: {
  title: ComponentChildren;
  children?: ComponentChildren;
  action?: { href: string; label: string; key?: string };
}) {
  return (
    <div class="heading">
      <div>
        <h1>{title}</h1>
        {children ? <p class="lead">{children}</p> : null}
      </div>
      {action ? (
        <Link href={action.href} class="button" shortcut={action.key}>
          {action.label}
        </Link>
      ) : null}
    </div>
  );
}
