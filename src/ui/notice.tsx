import { Link } from "./link.tsx";

export type NoticeFacts = {
  kind: "success" | "info" | "warn" | "error";
  text: string;
  action?: { href: string; label: string };
};

const marks = { success: "Fait", info: "À savoir", warn: "Attention", error: "À corriger" };

/** What just happened, or what must be known: said aloud by screen readers, told by a word and not by a colour alone. */
export function Notice({ kind, text, action }: NoticeFacts) {
  return (
    <div class={`notice notice-${kind}`} role={kind === "error" ? "alert" : "status"}>
      <strong>{marks[kind]}</strong> <span>{text}</span>
      {action ? <Link href={action.href}>{action.label}</Link> : null}
    </div>
  );
}
