// How a room declares its routes. Right and trace are required by the type: a route without both does not compile. A public page says
// `right: "anyone"` aloud, and a page that leaves no trace says why.
import type { z } from "zod";
import type { Config } from "../config/config.ts";
import type { Deps, JournalLine, Tx } from "../db/transaction.ts";
import type { Right, Scope } from "../rights.ts";
import type { Answer, Typed } from "./answer.ts";

/** The journal's word for what the route does, or the reason why it leaves none. */
export type Trace = string | { none: string };

export type FormShape = z.ZodType<object>;

/** A form that could not be read: one sentence a field, and what was typed. */
export type Mistakes = { fields: Record<string, string>; typed: Typed };

export type Services = Deps & { config: Config; mail: Mailer; sms: Texter; files: { data: string } };
/** `id`: what the letter is known by wherever it goes (its Message-ID), the same each time that it is tried. */
export type Letter = {
  to: string;
  subject: string;
  text: string;
  id?: string;
  /** Of a letter to many: where a mail program leaves them for its reader, by one POST without a cookie (RFC 8058). */
  leaveBy?: string;
};
export type Mailer = { send(letter: Letter): Promise<"sent" | "outbox"> };
/**
 * Sends short messages. A provider's driver says "sent" when the provider took the text; without one, "outbox": somebody sends it from
 * the page of messages. `id`: the same each time that it is tried.
 * @throws SendingFault, which says whether the text may have left.
 */
export type Texter = { send(text: { to: string; text: string; id: string }): Promise<"sent" | "outbox"> };

type Common = {
  params: Record<string, string>;
  query: Record<string, string>;
  url: URL;
  request: Request;
  ip: string;
  services: Services;
};

/** A request of somebody known, inside its transaction. */
export type At<Form = undefined> = Common & {
  tx: Tx;
  scope: Scope;
  form: Form;
  typed: Typed;
  /** The fragment that the page's script asks for, or null for the whole page. */
  fragment: string | null;
  /** Says which record the route's journal line is about. */
  about(kind: string, id: string, details?: Record<string, unknown>): void;
  /** Gives the line that the route would leave to an act that writes it by itself (`Tx.atOnce`). */
  takeLine(): JournalLine;
  /** No journal line for this request: nothing happened (the form was sent twice, nothing was found). */
  nothingHappened(): void;
};

/** A request of anyone: no scope, no transaction; what it needs it asks the services. */
export type OpenAt<Form = undefined> = Common & { form: Form; typed: Typed; scope: Scope | null };

type Verb = "GET" | "POST";

export type Route = {
  verb: Verb;
  path: string;
  right: Right | "anyone" | "signed-in";
  trace: Trace;
  api: ApiFacts | null;
  form: FormShape | null;
  /** Takes the body in before the handler and outside of any transaction: uploads. */
  receive: ((request: Request, services: Services) => Promise<unknown>) | null;
  handler: (at: never) => Promise<Answer> | Answer;
  onMistakes: ((at: never, mistakes: Mistakes) => Promise<Answer> | Answer) | null;
  /** Its work touches nothing but the database: it may start before the session is confirmed, and run again when it is not. */
  swift: boolean;
  /** An open form that other sites and programs may post. */
  fromAnywhere: boolean;
};

export type ApiFacts = { summary: string; query: z.ZodObject | null; body: z.ZodObject | null; answer: z.ZodType };

type Spec = { right: Right | "signed-in"; trace: Trace };
type OpenSpec = { right: "anyone"; trace: Trace };

/** The routes of a room, declared in reading order. */
export type Routes = {
  readonly all: readonly Route[];
  get(path: string, spec: Spec, handler: (at: At) => Promise<Answer> | Answer): void;
  post<F extends FormShape>(
    path: string,
    spec: Spec & { form: F; onMistakes: (at: At, mistakes: Mistakes) => Promise<Answer> | Answer; swift?: true },
    handler: (at: At<z.infer<F>>) => Promise<Answer> | Answer,
  ): void;
  /** `receive` takes the body in, once the right is checked and while no connection is held; the handler finds it in `form`. */
  upload<R>(
    path: string,
    spec: Spec & { receive: (request: Request, services: Services) => Promise<R> },
    handler: (at: At<R>) => Promise<Answer> | Answer,
  ): void;
  openGet(path: string, spec: OpenSpec, handler: (at: OpenAt) => Promise<Answer> | Answer): void;
  /** `fromAnywhere`: other programs post there too. Only where no cookie is read: what the address bears is the whole permission. */
  openPost<F extends FormShape>(
    path: string,
    spec: OpenSpec & {
      form: F;
      onMistakes: (at: OpenAt, mistakes: Mistakes) => Promise<Answer> | Answer;
      fromAnywhere?: true;
    },
    handler: (at: OpenAt<z.infer<F>>) => Promise<Answer> | Answer,
  ): void;
  /** The handler takes the body in by itself, once it knows who sends it: it holds no transaction. */
  openUpload(path: string, spec: OpenSpec, handler: (at: OpenAt) => Promise<Answer> | Answer): void;
  api<Q extends z.ZodObject, A extends z.ZodType>(
    verb: "GET",
    path: string,
    spec: Spec & { summary: string; query: Q; answer: A },
    handler: (at: At<z.infer<Q>>) => Promise<z.infer<A> | Answer>,
  ): void;
  api<B extends z.ZodObject, A extends z.ZodType>(
    verb: "POST",
    path: string,
    spec: Spec & { summary: string; body: B; answer: A },
    handler: (at: At<z.infer<B>>) => Promise<z.infer<A> | Answer>,
  ): void;
};

/** Not called: it says that the body is not read as a form. */
const leftToHandler = async (): Promise<undefined> => undefined;

/** An empty list of routes to declare on. */
export function declareRoutes(): Routes {
  const all: Route[] = [];
  const base = { api: null, form: null, receive: null, onMistakes: null, swift: false, fromAnywhere: false };
  return {
    all,
    get: (path, spec, handler) =>
      void all.push({ ...base, verb: "GET", path, right: spec.right, trace: spec.trace, handler }),
    post: (path, spec, handler) => void all.push({ ...base, verb: "POST", path, ...spec, handler }),
    upload: (path, spec, handler) => void all.push({ ...base, verb: "POST", path, ...spec, handler }),
    openGet: (path, spec, handler) =>
      void all.push({ ...base, verb: "GET", path, right: spec.right, trace: spec.trace, handler }),
    openUpload: (path, spec, handler) =>
      void all.push({
        ...base,
        verb: "POST",
        path,
        right: spec.right,
        trace: spec.trace,
        receive: leftToHandler,
        handler,
      }),
    openPost: (path, spec, handler) => void all.push({ ...base, verb: "POST", path, ...spec, handler }),
    api(
      verb: Verb,
      path: string,
      spec: Spec & { summary: string; query?: z.ZodObject; body?: z.ZodObject; answer: z.ZodType },
      handler: Route["handler"],
    ) {
      const { summary, query, body, answer, right, trace } = spec;
      all.push({
        ...base,
        verb,
        path,
        right,
        trace,
        handler,
        api: { summary, query: query ?? null, body: body ?? null, answer },
      });
    },
  };
}
