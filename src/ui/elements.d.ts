// The project's own elements, known to the markup's types.
import type { HTMLAttributes } from "preact";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "door-list": HTMLAttributes<HTMLElement>;
      "figure-insert": HTMLAttributes<HTMLElement>;
      "fresh-part": HTMLAttributes<HTMLElement> & { every?: string | undefined; said?: string };
      "live-search": HTMLAttributes<HTMLElement> & { fragment: string };
      "offline-desk": HTMLAttributes<HTMLElement>;
      "outpost-spot": HTMLAttributes<HTMLElement>;
    }
  }
}
