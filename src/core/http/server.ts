// The request from top to bottom: who asks, may they, what did they send, what is the answer, what is left in the journal.
import { Hono } from "hono";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import { HTTPException } from "hono/http-exception";
import type pg from "pg";
import { isConnectionFault } from "../db/database.ts";
import { GiveUp, openTransaction, type Tx } from "../db/transaction.ts";
import { may, refusalOf, type Scope } from "../rights.ts";
import type { Room } from "../room.ts";
import { type Answer, refusal, type Typed } from "./answer.ts";
import { answerApi, problem, readApiInput } from "./api.ts";
import { cleanText, parseForm, readTyped } from "./form.ts";
import { type Credential, openScope } from "./gate.ts";
import { guards, isGuarded, respond, takesGzip } from "./respond.ts";
import type { At, OpenAt, Route, Services } from "./route.ts";
import { readSaid } from "./said.ts";
import { readSessionToken } from "./session.ts";

/** What surrounds an answer: the application gives it, so that the pipeline knows no page. */
export type Chrome = {
  page(answer: Extract<Answer, { kind: "page" }>, around: Around): string;
  fragment(answer: Extract<Answer, { kind: "fragment" }>): string;
  refusal(answer: Extract<Answer, { kind: "refusal" }>, around: Around): string;
};
/** `said`: what the act before this page had to say. `typed`: the form that was sent; null when the request sent none. */
export type Around = { scope: Scope | null; url: URL; said: string | null; typed: Typed | null };

export type ServerFacts = {
  rooms: readonly Room[];
  services: Services;
  chrome: Chrome;
  log?: { error(facts: object, text: string): void };
  /** Called at the end of each request: for metrics. */
  observe?: (facts: { verb: string; path: string; status: number; seconds: number }) => void;
  /** Mounts what is not a room's: assets, health. It answers before rights and traces, so it must show no record. */
  before?: (app: Hono) => void;
};

const sentences = {
  gone: "Le service ne répond pas pour le moment. Rien de ce que vous avez saisi n’est perdu : réessayez dans un instant.",
  broken: "Une erreur s’est produite ; elle est notée. Rien de ce que vous avez saisi n’est perdu : réessayez.",
  nothing: "Ce que vous avez choisi n’existe pas, ou n’existe plus. Revenez à la page et choisissez de nouveau.",
  foreign: "Cette demande ne vient pas d’une page de Traboule : rien n’a été fait. Revenez à la page et recommencez.",
};

const logged = {
  gone: "database unreachable",
  nothing: "a form named a record that is not there",
  broken: "request failed",
};

/** The house leads every foreign key: a form that names another house's record, or one gone meanwhile, breaks on it. */
const isForeignKeyFault = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "23503";

/** Mounts the routes of all rooms. The answer is a Hono application: `server.request(path)` needs no socket. */
export function makeServer(facts: ServerFacts): Hono {
  const { services } = facts;
  const voice = { chrome: facts.chrome, secret: services.config.secret };
  const publicOrigin = new URL(services.config.publicUrl).origin;
  const app = new Hono();
  const packFile = compress();
  app.use(async (context, next) => {
    await next();
    if (isGuarded(context.res)) return;
    await packFile(context, async () => {});
    for (const [name, value] of Object.entries(guards)) context.res.headers.set(name, value);
  });
  const ownForms = csrf({
    origin: (origin, context) => {
      const host = context.req.header("host");
      return origin === publicOrigin || (host !== undefined && origin.replace(/^https?:\/\//, "") === host);
    },
  });
  const anywhere = facts.rooms
    .flatMap((room) => [...(room.routes?.all ?? [])])
    .filter((route) => route.fromAnywhere && route.right === "anyone")
    .map((route) => new RegExp(`^${route.path.replace(/:[a-zA-Z]+/g, "[^/]+")}$`));
  app.use((context, next) =>
    context.req.method === "POST" && anywhere.some((path) => path.test(context.req.path))
      ? next()
      : ownForms(context, next),
  );
  facts.before?.(app);
  for (const room of facts.rooms) for (const route of room.routes?.all ?? []) mount(app, route, facts);
  const alone = (request: Request, answer: Answer): Promise<Response> => {
    const around = { scope: null, url: new URL(request.url), typed: null, said: null };
    return respond(answer, around, voice, { api: false, gzip: false });
  };
  app.notFound((context) => alone(context.req.raw, refusal(404, "Cette page n’existe pas.")));
  app.onError((error, context) => {
    // The one thing thrown on purpose: a form of another site.
    if (error instanceof HTTPException) return alone(context.req.raw, refusal(403, sentences.foreign));
    facts.log?.error({ err: { message: error.message, stack: error.stack } }, "request failed");
    return alone(context.req.raw, refusal(500, sentences.broken));
  });
  return app;
}

function mount(app: Hono, route: Route, facts: ServerFacts): void {
  const voice = { chrome: facts.chrome, secret: facts.services.config.secret };
  const sendsForm = route.verb === "POST" && !route.receive && !route.api;
  app.on(route.verb, route.path, async (context) => {
    const started = performance.now();
    const request = context.req.raw;
    const url = new URL(request.url);
    const ip = clientIp(request, facts.services, context.env);
    const common = {
      params: cleanValues(Object.entries(context.req.param() as Record<string, string>)),
      query: cleanValues(url.searchParams),
      url,
      request,
      ip,
      services: facts.services,
    };
    let around: Around = { scope: null, url, typed: null, said: readSaid(facts.services.config.secret, url) };
    let answer: Answer;
    try {
      const typed = sendsForm ? await readTyped(request) : {};
      if (sendsForm) around.typed = typed;
      if (typed === null) answer = refusal(413, "Ce qui a été envoyé est trop grand, ou n’est pas un formulaire.");
      else {
        const run =
          route.right === "anyone"
            ? await runOpen(route, { ...common, typed, form: undefined, scope: null })
            : await runKnown(route, { ...common, typed }, facts);
        answer = run.answer;
        around = { ...around, scope: run.scope };
      }
    } catch (error) {
      const [status, what] = isConnectionFault(error)
        ? ([503, "gone"] as const)
        : isForeignKeyFault(error)
          ? ([404, "nothing"] as const)
          : ([500, "broken"] as const);
      facts.log?.error(
        { err: { message: String(error), stack: error instanceof Error ? error.stack : "" }, path: route.path },
        logged[what],
      );
      answer = refusal(status, sentences[what]);
    }
    const response = await respond(answer, around, voice, {
      api: route.api !== null,
      gzip: takesGzip(request.headers.get("accept-encoding")),
    });
    facts.observe?.({
      verb: route.verb,
      path: route.path,
      status: response.status,
      seconds: (performance.now() - started) / 1000,
    });
    return response;
  });
}

type Run = { answer: Answer; scope: Scope | null };

async function runOpen(route: Route, at: OpenAt): Promise<Run> {
  if (route.form) {
    const parsed = parseForm(route.form, at.typed);
    if (!parsed.ok)
      return { answer: await (route.onMistakes as Handler)({ ...at } as never, parsed.mistakes), scope: null };
    return { answer: await route.handler({ ...at, form: parsed.form } as never), scope: null };
  }
  return { answer: await route.handler(at as never), scope: null };
}

type Handler = (at: never, mistakes?: unknown) => Promise<Answer> | Answer;
type Known = Omit<At, "tx" | "scope" | "form" | "fragment" | "about" | "takeLine" | "nothingHappened">;

async function runKnown(route: Route, known: Known, facts: ServerFacts): Promise<Run> {
  const credential = readCredential(route, known.request, facts.services);
  if (!credential) return { answer: signInFirst(), scope: null };
  // Work that can run twice without anybody noticing starts under the scope that this session had a moment ago.
  const swift = route.verb === "GET" || route.swift;
  const open = (client: pg.PoolClient, fresh: boolean) =>
    openScope(client, facts.services, credential, known.ip, fresh || !swift);
  let scope: Scope | null = null;
  let received: unknown;
  if (route.receive) {
    const turnedAway = await openTransaction<Answer | "welcome">(facts.services, open, async (tx) => {
      scope = tx.scope;
      return turnAway(route, tx) ?? "welcome";
    });
    if (turnedAway !== "welcome") return { answer: turnedAway ?? signInFirst(), scope };
    received = await route.receive(known.request, facts.services);
  }
  return new Promise((resolve, reject) => {
    const kept = openTransaction<Answer>(
      facts.services,
      open,
      async (tx, confirm) => {
        scope = tx.scope;
        const turnedAway = turnAway(route, tx);
        if (turnedAway) return turnedAway;
        const answer = await runInside(route, known, tx, received);
        // A file leaves while its transaction is still open: its rows are read as it goes.
        if (answer.kind === "file" && answer.stream instanceof ReadableStream) {
          await confirm();
          const { stream, ended } = untilEnd(answer.stream, () => kept);
          resolve({ answer: { ...answer, stream }, scope });
          await ended;
        }
        return answer;
      },
      { readOnly: route.verb === "GET" },
    );
    kept.then((answer) => resolve({ answer: answer ?? signInFirst(), scope }), reject);
  });
}

/** The right is asked here, and its refusal noted. */
function turnAway(route: Route, tx: Tx): Answer | null {
  if (route.right === "signed-in" || route.right === "anyone" || may(tx.scope, route.right)) return null;
  tx.journal({ act: "access.refused", details: { path: route.path, right: route.right.name } });
  return refusal(403, refusalOf(route.right));
}

/**
 * A stream that tells when it has been read to its end, broken or given up by its reader. Its reader hears the end once the trace is
 * kept: a file that is whole has its line in the journal.
 */
function untilEnd(
  source: ReadableStream<Uint8Array>,
  kept: () => Promise<unknown>,
): { stream: ReadableStream<Uint8Array>; ended: Promise<void> } {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const reader = source.getReader();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        resolve();
        await kept();
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      resolve();
    },
    async cancel(reason) {
      await reader.cancel(reason).catch(() => {});
      resolve();
    },
  });
  return { stream, ended };
}

async function runInside(route: Route, known: Known, tx: Tx, received: unknown): Promise<Answer> {
  let subject: { kind: string; id: string } | undefined;
  let details: Record<string, unknown> | undefined;
  let happened = true;
  const at: At = {
    ...known,
    tx,
    scope: tx.scope,
    form: received as undefined,
    fragment: known.request.headers.get("x-fragment"),
    about(kind, id, facts) {
      subject = { kind, id };
      details = facts;
    },
    takeLine() {
      happened = false;
      return { act: typeof route.trace === "string" ? route.trace : "", subject, details };
    },
    nothingHappened() {
      happened = false;
    },
  };
  let answer: Answer;
  if (route.api) {
    const input = await readApiInput(route.api, known.request, known.query);
    if (!input.ok) throw new GiveUp(problem(422, input.sentence));
    const given = await route.handler({ ...at, form: input.value } as never);
    answer = answerApi(route.api, given);
  } else if (route.form) {
    const parsed = parseForm(route.form, known.typed);
    answer = parsed.ok
      ? await route.handler({ ...at, form: parsed.form } as never)
      : await (route.onMistakes as Handler)(at as never, parsed.mistakes);
  } else answer = await route.handler(at as never);
  const status = "status" in answer ? answer.status : 200;
  // A refused act leaves nothing behind, not even half of itself. A page that shows what it has beside a filter that it cannot read was
  // seen all the same.
  const seen = answer.kind === "page" && route.verb === "GET" && status === 422;
  if (status >= 400 && !seen) throw new GiveUp(answer);
  if (happened && typeof route.trace === "string") tx.journal({ act: route.trace, subject, details });
  return answer;
}

function readCredential(route: Route, request: Request, services: Services): Credential | null {
  const bearer = request.headers.get("authorization");
  if (route.api && bearer?.startsWith("Bearer ")) return { kind: "key", token: bearer.slice(7).trim() };
  const token = readSessionToken(services.config, request.headers.get("cookie"));
  return token ? { kind: "session", token } : null;
}

const signInFirst = (): Answer => refusal(401, "Connectez-vous pour continuer.");

function cleanValues(entries: Iterable<[string, string]>): Record<string, string> {
  const clean: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of entries) clean[name] = cleanText(value);
  return clean;
}

/** The address of the one who asks: the socket's, or what a trusted proxy says. */
function clientIp(request: Request, services: Services, env: unknown): string {
  if (services.config.trustProxy) {
    const said = request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (said) return said;
  }
  const incoming = (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  return incoming?.socket?.remoteAddress ?? "127.0.0.1";
}
