// What the database's own catalogue says of the rules of the house, compared with what the rooms say. Each breach is a sentence.
import type pg from "pg";

type Asked = Pick<pg.Client, "query">;

/** Schemas of the project: the house's rooms and the ground under them. */
const ours =
  "n.nspname NOT IN ('pg_catalog', 'information_schema', 'public', 'pgboss') AND n.nspname NOT LIKE 'pg\\_%'";

/** Tables that no house leads, each with why: a key of theirs, and row-level security, would have nothing to stand on. */
export const houseless: Readonly<Record<string, string>> = {
  "core.migrations": "the state of the whole database, which the web role may only read",
  "core.sign_in_limits": "counted before a house is known; its keys are keyed hashes",
};

/** Unique rules that the house does not lead, each with why. */
export const uniqueAcrossHouses: Readonly<Record<string, string>> = {
  "house.houses (code)": "the name by which the machine's keeper calls a house",
  "house.invitations (token_hash)": "a link is opened before its house is known",
  "house.sessions (token_hash)": "a session is opened before its house is known",
  "house.passkeys (credential_id)": "a device answers for one account of the server",
  "house.api_keys (key_hash)": "a key is opened before its house is known",
  "agenda.registration_links (token_hash)": "a link is opened before its house is known",
  "agenda.feeds (token_hash)": "a calendar is read before its house is known",
  "messages.links (token_hash)": "a link is opened before its house is known",
};

/** Keys, foreign keys, unique rules, row-level security and policies of every table. */
export async function keyBreaches(client: Asked): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string; secured: boolean; policies: string[] | null }>(`
    SELECT n.nspname || '.' || c.relname AS name, c.relrowsecurity AS secured,
           (SELECT array_agg(format('%s %s %s %s', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid)))
              FROM pg_policy p WHERE p.polrelid = c.oid AND 'traboule_web'::regrole = ANY (p.polroles)) AS policies
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND ${ours} ORDER BY 1`);
  const { rows: keys } = await client.query<{
    name: string;
    kind: string;
    columns: string[];
    target: string[] | null;
  }>(`
    SELECT n.nspname || '.' || c.relname AS name, k.contype AS kind,
           (SELECT array_agg(a.attname::text ORDER BY u.place) FROM unnest(k.conkey) WITH ORDINALITY u (attnum, place)
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) AS columns,
           (SELECT array_agg(a.attname::text ORDER BY u.place) FROM unnest(k.confkey) WITH ORDINALITY u (attnum, place)
              JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum) AS target
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype IN ('p', 'f', 'u') AND ${ours} ORDER BY 1, 2, 3`);
  const { rows: indexes } = await client.query<{ name: string; columns: string }>(`
    SELECT n.nspname || '.' || c.relname AS name, pg_get_indexdef(i.indexrelid, 1, true) AS columns
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) AND ${ours}`);
  const house = "( SELECT core.current_house() AS current_house)";
  const lock = `* t (house_id = ${house}) (house_id = ${house})`;
  const breaches: string[] = [];
  for (const table of tables) {
    if (table.name in houseless) continue;
    if (!table.secured) breaches.push(`${table.name}: no row-level security`);
    if (table.policies?.length !== 1 || table.policies[0] !== lock)
      breaches.push(`${table.name}: its policy is not the house's: ${table.policies?.join(" ; ") ?? "none"}`);
    if (!keys.some((key) => key.name === table.name && key.kind === "p"))
      breaches.push(`${table.name}: no primary key`);
  }
  for (const { name, kind, columns, target } of keys) {
    if (name in houseless) continue;
    const said = `${name} (${columns.join(", ")})`;
    if (kind === "u" ? columns[0] !== "house_id" && !(said in uniqueAcrossHouses) : columns[0] !== "house_id")
      breaches.push(
        `${said}: ${{ p: "primary key", f: "foreign key", u: "unique rule" }[kind]} that the house does not lead`,
      );
    if (kind === "f" && target?.[0] !== "house_id") breaches.push(`${said}: refers to another house's row`);
  }
  for (const { name, columns } of indexes)
    if (columns !== "house_id") breaches.push(`${name} (${columns}): unique index that the house does not lead`);
  for (const name of [...Object.keys(houseless), ...Object.keys(uniqueAcrossHouses)])
    if (
      !tables.some((table) => table.name === name) &&
      !keys.some((key) => `${key.name} (${key.columns.join(", ")})` === name)
    )
      breaches.push(`${name}: an exception for something that is not there`);
  return breaches;
}

/** Foreign keys that go where no arrow goes. `uses`: the rooms that each room may enter. */
export async function arrowBreaches(client: Asked, uses: ReadonlyMap<string, readonly string[]>): Promise<string[]> {
  const { rows } = await client.query<{ from: string; to: string; name: string }>(`
    SELECT DISTINCT n.nspname AS from, m.nspname AS to, k.conname || ' of ' || c.relname AS name
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class d ON d.oid = k.confrelid JOIN pg_namespace m ON m.oid = d.relnamespace WHERE k.contype = 'f' AND ${ours}`);
  return rows
    .filter(({ from, to }) => from !== to && to !== "core" && !uses.get(from)?.includes(to))
    .map(({ from, to, name }) => `${name}: ${from} may not refer to ${to}`);
}

/** Everything that the web role owns, may do beyond its part, or could do to the journal. */
export async function roleBreaches(client: Asked): Promise<string[]> {
  const { rows } = await client.query<{ breach: string }>(`
    SELECT 'the web role is ' || what AS breach FROM pg_roles r,
           LATERAL (VALUES ('superuser', r.rolsuper), ('past row-level security', r.rolbypassrls), ('a maker of roles', r.rolcreaterole),
                           ('a maker of databases', r.rolcreatedb), ('a replica', r.rolreplication)) v (what, held)
     WHERE r.rolname = 'traboule_web' AND v.held
    UNION ALL SELECT 'the web role is a member of ' || m.roleid::regrole FROM pg_auth_members m WHERE m.member = 'traboule_web'::regrole
    UNION ALL SELECT 'the web role owns ' || c.oid::regclass FROM pg_class c WHERE c.relowner = 'traboule_web'::regrole AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL SELECT 'the web role owns ' || p.oid::regprocedure FROM pg_proc p WHERE p.proowner = 'traboule_web'::regrole
    UNION ALL SELECT 'the web role owns ' || n.nspname FROM pg_namespace n WHERE n.nspowner = 'traboule_web'::regrole
    UNION ALL SELECT 'the web role makes things in ' || n.nspname FROM pg_namespace n
     WHERE has_schema_privilege('traboule_web', n.oid, 'CREATE') AND n.nspname NOT LIKE 'pg\\_temp%'
    UNION ALL SELECT format('the web role may %s %s', privilege, c.oid::regclass)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
     WHERE c.relkind IN ('r', 'p') AND ${ours} AND has_table_privilege('traboule_web', c.oid, privilege)
    UNION ALL SELECT format('the web role may %s core.journal', privilege) FROM unnest(ARRAY['UPDATE', 'DELETE']) privilege
     WHERE has_table_privilege('traboule_web', 'core.journal', privilege)
    UNION ALL SELECT format('the web role may change core.journal (%s)', a.attname) FROM pg_attribute a
     WHERE a.attrelid = 'core.journal'::regclass AND a.attnum > 0 AND has_column_privilege('traboule_web', 'core.journal', a.attnum, 'UPDATE')
    UNION ALL SELECT p.oid::regprocedure || ' is the owner''s and names no search path' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.prosecdef AND ${ours} AND NOT coalesce(array_to_string(p.proconfig, ',') LIKE '%search_path=%', false)`);
  return rows.map((row) => row.breach);
}

type Column = { nullable: boolean; kind: string };
/** Row types of a `tables.ts`, by table: columns with their kind and whether they may be null. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, Column>>;

/** Parts of a text between separators that stand outside of every bracket. */
function apart(text: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if ("<({[".includes(sign)) depth += 1;
    else if (">)}]".includes(sign)) depth -= 1;
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim()).filter(Boolean);
}

const kinds: readonly [RegExp, string][] = [
  [/^(string|"[^"]*")$/, "text"],
  [/^number$/, "number"],
  [/^boolean$/, "boolean"],
  [/^Date$/, "instant"],
  [/^Buffer$/, "bytes"],
  [/\[\]$/, "list"],
  [/^(Record<|\{)/, "json"],
];

/** What reading a column gives, out of the type of it: the first of a ColumnType, what a Generated holds. */
function columnOf(type: string): Column {
  const parts = apart(type, "|");
  const wrapped = parts.map((part) => {
    const inner = /^(Generated|ColumnType|Json)<([\s\S]*)>$/.exec(part);
    if (!inner) return { nullable: part === "null", kind: kinds.find(([shape]) => shape.test(part))?.[1] ?? "" };
    const read = columnOf(inner[1] === "ColumnType" ? (apart(inner[2] ?? "", ",")[0] ?? "") : (inner[2] ?? ""));
    return inner[1] === "Json" ? { ...read, kind: "json" } : read;
  });
  return {
    nullable: wrapped.some((part) => part.nullable),
    kind: wrapped.find((part) => part.kind !== "")?.kind ?? "",
  };
}

/** Reads the text of a `tables.ts`. A type that it only names (`TermKind`) has no kind: only its being null is compared. */
export function rowsOf(text: string): Rows {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  // A type is its fields, another type, or several of both put together.
  const fieldsOf = (name: string): string[] => {
    const start = new RegExp(`(^|\\n)(export )?type ${name} = `).exec(plain);
    if (!start) throw new Error(`no type ${name}`);
    const [body = ""] = apart(plain.slice(start.index + start[0].length), ";");
    return apart(body, "&").flatMap((part) => (part.startsWith("{") ? apart(part.slice(1, -1), ";") : fieldsOf(part)));
  };
  const tables = new Map<string, Map<string, Column>>();
  for (const [, table = "", type = ""] of plain.matchAll(/"([a-z_]+\.[a-z_]+)": (\w+)/g)) {
    const columns = new Map<string, Column>();
    for (const field of fieldsOf(type)) {
      const colon = field.indexOf(":");
      columns.set(field.slice(0, colon).trim(), columnOf(field.slice(colon + 1).trim()));
    }
    tables.set(table, columns);
  }
  return tables;
}

/** Where the row types of the rooms and the tables of the database differ. */
export async function rowBreaches(client: Asked, rows: Rows): Promise<string[]> {
  const { rows: found } = await client.query<{ table: string; column: string; nullable: boolean; kind: string }>(`
    SELECT table_schema || '.' || table_name AS table, column_name AS column, is_nullable = 'YES' AS nullable,
           CASE WHEN data_type = 'ARRAY' THEN 'list' WHEN data_type IN ('text', 'uuid', 'date', 'character varying') OR data_type LIKE 'time without%' THEN 'text'
                WHEN data_type IN ('integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision') THEN 'number'
                WHEN data_type LIKE 'timestamp%' THEN 'instant' WHEN data_type = 'bytea' THEN 'bytes' WHEN data_type = 'jsonb' THEN 'json'
                ELSE data_type END AS kind
      FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'pgboss')`);
  const breaches: string[] = [];
  const schemas = new Set([...rows.keys()].map((name) => name.split(".")[0]));
  for (const name of new Set(found.map((row) => row.table)))
    if (!rows.has(name) && !name.startsWith("core.") && schemas.has(name.split(".")[0]))
      breaches.push(`${name}: a table without its row type`);
  for (const [table, columns] of rows) {
    const real = new Map(found.filter((row) => row.table === table).map((row) => [row.column, row]));
    if (real.size === 0) breaches.push(`${table}: a row type without its table`);
    else
      for (const name of new Set([...columns.keys(), ...real.keys()])) {
        const [said, is] = [columns.get(name), real.get(name)];
        if (!said) breaches.push(`${table}.${name}: missing from the row type`);
        else if (!is) breaches.push(`${table}.${name}: missing from the table`);
        else if (said.nullable !== is.nullable)
          breaches.push(
            `${table}.${name}: ${is.nullable ? "may be null, and the row type says that it may not" : "is never null, and the row type says that it may be"}`,
          );
        else if (said.kind !== "" && said.kind !== is.kind)
          breaches.push(`${table}.${name}: is ${is.kind}, and the row type says ${said.kind}`);
      }
  }
  return breaches;
}
