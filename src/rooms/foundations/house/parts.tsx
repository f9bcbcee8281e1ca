// The few pieces of markup that the pages of the house repeat.
import type { ComponentChildren, VNode } from "preact";

export const Hidden = ({ name, value }: { name: string; value: string }): VNode => (
  <input type="hidden" name={name} value={value} />
);

type FormProps = {
  action: string;
  children: ComponentChildren;
  inline?: boolean;
  /** The form asks the browser for a passkey before it leaves: to make one, or to use one. */
  passkey?: { kind: "make" | "use"; options: string };
};

/** A form that posts; its passkey options travel in an escaped attribute. */
export const PostForm = ({ action, children, inline, passkey }: FormProps): VNode => (
  <form
    method="post"
    action={action}
    class={inline ? "inline" : undefined}
    data-passkey={passkey?.kind}
    data-options={passkey?.options}
  >
    {children}
  </form>
);

type SubmitProps = {
  children: ComponentChildren;
  look?: "second" | "danger" | "plain";
  name?: string;
  value?: string;
  /** Another address than the form's, for one button of several. */
  action?: string;
};

/** The button that sends a form. */
export const Submit = ({ children, look, name, value, action }: SubmitProps): VNode => (
  <button type="submit" class={look} name={name} value={value} formAction={action}>
    {children}
  </button>
);

/** A part of a page with its title. */
export const Panel = ({ title, children }: { title: string; children: ComponentChildren }): VNode => (
  <section>
    <h2>{title}</h2>
    {children}
  </section>
);
