// The types are the test: a route without its right or its trace does not compile. Each line below is a mistake that TypeScript must
// refuse, else `@ts-expect-error` itself is an error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { declareRights } from "../rights.ts";
import { json, refusal } from "./answer.ts";
import { declareRoutes } from "./route.ts";

const rights = declareRights({ "note.read": { sentence: "lire une note", roles: ["reception"] } });
const right = rights["note.read"];
const answer = () => json({});
const form = z.object({ text: z.string() });
const onMistakes = () => refusal(422, "Illisible.");

test("a route without its right or its trace does not compile", () => {
  const routes = declareRoutes();
  // @ts-expect-error: no right
  routes.get("/a", { trace: "note.read" }, answer);
  // @ts-expect-error: no trace
  routes.get("/a", { right }, answer);
  // @ts-expect-error: no trace, and no reason why
  routes.get("/a", { right, trace: {} }, answer);
  // @ts-expect-error: a right is declared, not named
  routes.get("/a", { right: "note.read", trace: "note.read" }, answer);
  // @ts-expect-error: a page for anyone says so aloud, by another word
  routes.get("/a", { right: "anyone", trace: "note.read" }, answer);
  // @ts-expect-error: a page for anyone has no scope
  routes.openGet("/a", { right, trace: "note.read" }, answer);
  // @ts-expect-error: no right
  routes.post("/a", { trace: "note.read", form, onMistakes }, answer);
  // @ts-expect-error: no trace
  routes.post("/a", { right, form, onMistakes }, answer);
  // @ts-expect-error: no form
  routes.post("/a", { right, trace: "note.read", onMistakes }, answer);
  // @ts-expect-error: no answer to mistakes
  routes.post("/a", { right, trace: "note.read", form }, answer);
  // @ts-expect-error: no right
  routes.openPost("/a", { trace: "note.read", form, onMistakes }, answer);
  // @ts-expect-error: no trace
  routes.upload("/a", { right }, answer);
  // @ts-expect-error: no right
  routes.api("GET", "/a", { trace: "note.read", summary: "", query: z.object({}), answer: z.object({}) }, () => ({}));
  // @ts-expect-error: no trace
  routes.api("GET", "/a", { right, summary: "", query: z.object({}), answer: z.object({}) }, () => ({}));
  assert.ok(routes.all.length > 0);
});

test("a right is of roles that exist", () => {
  // @ts-expect-error: no such role
  declareRights({ "note.read": { sentence: "lire une note", roles: ["boss"] } });
  // @ts-expect-error: the sentence that a person reads when it is refused
  declareRights({ "note.read": { roles: ["reception"] } });
  assert.deepEqual(right, { name: "note.read", sentence: "lire une note", roles: ["reception"] });
});
