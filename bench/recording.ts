// What the program says to the database for each gesture, so that the floor can say the same.
import type pg from "pg";

export type Statement = { text: string; values: unknown[] };
export type Recording = {
  house: string;
  persons: string[];
  search: Statement[][];
  person: Statement[][];
  chapter: Statement[][];
  visit: { statements: Statement[]; key: string; person: string };
};

const frame =
  /^\s*(BEGIN|COMMIT|ROLLBACK|SET |SELECT set_config|SELECT house\.open_session|INSERT INTO core\.journal)/i;

/** Listens to every statement of a pool until `stop`, leaving out the frame: transaction, session, scope, journal. */
export function listenTo(pool: pg.Pool): { take(): Statement[] } {
  let heard: Statement[] = [];
  const listen = (client: pg.PoolClient): void => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]): unknown => {
        const [first, second] = args;
        const text = typeof first === "string" ? first : ((first as { text?: string }).text ?? "");
        const values =
          (typeof first === "object" && first !== null
            ? (first as { values?: unknown[] }).values
            : (second as unknown[])) ?? [];
        if (!frame.test(text)) heard.push({ text, values: values as unknown[] });
        return query(...args);
      },
    });
  };
  pool.on("connect", listen);
  return {
    take() {
      const taken = heard;
      heard = [];
      return taken;
    },
  };
}
