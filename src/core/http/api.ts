// The JSON interface: the same routes, rights and traces, with Zod shapes that also write the OpenAPI 3.1 description.
import { z } from "zod";
import type { Room } from "../room.ts";
import type { Answer } from "./answer.ts";
import { cleanText, formLimit, readText } from "./form.ts";
import type { ApiFacts, Route } from "./route.ts";

/** A refusal as problem details (RFC 9457). */
export const problem = (status: number, sentence: string): Answer => ({
  kind: "json",
  status,
  data: { type: "about:blank", title: sentence, status },
});

/** Reads query or JSON body by the route's shape. */
export async function readApiInput(
  api: ApiFacts,
  request: Request,
  query: Record<string, string>,
): Promise<{ ok: true; value: unknown } | { ok: false; sentence: string }> {
  let input: unknown = query;
  if (api.body) {
    if (!(request.headers.get("content-type") ?? "").startsWith("application/json"))
      return { ok: false, sentence: "Le corps doit être du JSON (application/json)." };
    const text = await readText(request, formLimit);
    if (text === null) return { ok: false, sentence: "Le corps est trop grand." };
    try {
      input = JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? cleanText(value) : value));
    } catch {
      return { ok: false, sentence: "Le corps n’est pas du JSON lisible." };
    }
  }
  const shape = api.body ?? api.query;
  if (!shape) return { ok: true, value: {} };
  const parsed = shape.safeParse({ ...(input as object) });
  if (parsed.success) return { ok: true, value: parsed.data };
  const first = parsed.error.issues[0];
  return { ok: false, sentence: `${first?.path.join(".") || "Demande"} : ${first?.message ?? "illisible"}` };
}

/** What a handler of the interface gave, as an answer: its own, or data of the declared shape. */
export function answerApi(api: ApiFacts, given: unknown): Answer {
  if (
    given !== null &&
    typeof given === "object" &&
    "kind" in given &&
    ["json", "refusal", "file", "redirect"].includes(String(given.kind))
  )
    return given as Answer;
  return { kind: "json", status: 200, data: api.answer.parse(given) };
}

const jsonSchema = (shape: z.ZodType, io: "input" | "output"): object => {
  const { $schema, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any" }) as Record<string, unknown>;
  return schema;
};

/** The OpenAPI 3.1 document of all rooms. */
export function describeApi(rooms: readonly Room[], publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const room of rooms)
    for (const route of room.routes?.all ?? []) {
      if (!route.api) continue;
      const path = route.path.replace(/:([a-zA-Z]+)/g, "{$1}");
      paths[path] ??= {};
      paths[path][route.verb.toLowerCase()] = describeRoute(room.name, route, route.api);
    }
  return {
    openapi: "3.1.0",
    info: {
      title: "Traboule",
      version: "1",
      description: "Interface de la maison. Chaque clé porte un rôle et ses droits.",
    },
    servers: [{ url: publicUrl }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "traboule" },
      },
      schemas: {
        Problem: {
          type: "object",
          required: ["type", "title", "status"],
          properties: { type: { type: "string" }, title: { type: "string" }, status: { type: "integer" } },
        },
      },
    },
  };
}

function describeRoute(room: string, route: Route, api: ApiFacts): object {
  const inPath = [...route.path.matchAll(/:([a-zA-Z]+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const querySchema = api.query
    ? (jsonSchema(api.query, "input") as { properties?: Record<string, object>; required?: string[] })
    : {};
  const inQuery = Object.entries(querySchema.properties ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: querySchema.required?.includes(name) ?? false,
    schema,
  }));
  const refused = {
    description: "Refus",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  return {
    summary: api.summary,
    tags: [room],
    operationId: `${route.verb.toLowerCase()}${route.path.replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? "").toUpperCase())}`,
    parameters: [...inPath, ...inQuery],
    ...(api.body
      ? { requestBody: { required: true, content: { "application/json": { schema: jsonSchema(api.body, "input") } } } }
      : {}),
    responses: {
      "200": { description: "Réponse", content: { "application/json": { schema: jsonSchema(api.answer, "output") } } },
      "401": refused,
      "403": refused,
      "404": refused,
      "422": refused,
    },
  };
}
