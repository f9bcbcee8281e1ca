// The entry of the menu to which a page belongs is marked, where its address begins otherwise too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../core/http/answer.ts";
import { testHouse } from "../core/testing/house.ts";
import { wholeFile } from "../core/testing/server.ts";
import { chrome } from "./chrome.tsx";
import { rooms } from "./rooms.ts";

test("« Mes offres » stays marked on a date of a venue, and at its door", async () => {
  const house = await testHouse(wholeFile);
  const scope = house.scope("cultural-partner");
  const grants = scope.grants.map((grant) => ({ ...grant, structure: house.deps.ids.uuid() }));
  const assets = { css: "/style.css", script: (name: string) => `/${name}.js`, file: (name: string) => `/${name}` };
  const marked = (path: string): string[] => {
    const answer = page({ title: "Essai", body: "Essai" });
    assert.ok(answer.kind === "page");
    const around = {
      scope: { ...scope, grants },
      url: new URL(path, "http://localhost"),
      said: null,
      typed: null,
    };
    const text = chrome(rooms, assets).page(answer, around);
    return [...new Set([...text.matchAll(/href="([^"]+)"[^>]*aria-current="page"/g)].map((one) => one[1] ?? ""))];
  };
  assert.deepEqual(marked("/espace/dates/une/porte"), ["/espace/offres"]);
  assert.deepEqual(marked("/espace/offres"), ["/espace/offres"]);
  assert.deepEqual(marked("/espace/datesdautrui"), []);
});
