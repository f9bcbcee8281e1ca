// What the program says to the database for each gesture, so that the floor can say the same.
import type pg from "pg";

/** `name`: the statement is prepared once a connection under that name; the floor does the same. */
export type Statement = { name?: string; text: string; values: unknown[] };

/** What the floor reads. Each gesture that only reads has several samples, each a list of statements. */
export type Recording = {
  house: string;
  search: Statement[][];
  sheet: Statement[][];
  chapter: Statement[][];
  /** The statements of one visit, with the key and the person that stand in their values. */
  visit: { statements: Statement[]; key: string; person: string };
  /** Those of one booking, with its key, its date and its short code. */
  booking: { statements: Statement[]; key: string; date: string; code: string };
};

// The frame is what the floor does not know: transaction, session, scope, journal.
const frame =
  /^\s*(BEGIN|COMMIT|ROLLBACK|SET |SELECT set_config|SELECT house\.open_session|INSERT INTO core\.journal)/i;

// An act that leaves at once carries its journal line in its own statement (`Tx.atOnce`).
const line = /, told AS \(INSERT INTO core\.journal .*? FROM made\)/s;
const lineValues = 9;

/** The statement without what the floor does not know. */
const bare = (asked: Statement): Statement =>
  line.test(asked.text)
    ? { ...asked, text: asked.text.replace(line, ""), values: asked.values.slice(0, -lineValues) }
    : asked;

/** Listens to every statement of a pool, leaving out the frame; `take` gives what was heard since the last time. */
export function listenTo(pool: pg.Pool): { take(): Statement[] } {
  let heard: Statement[] = [];
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query: (...args: unknown[]): unknown => {
        const [first, second] = args;
        const asked = (typeof first === "string" ? { text: first, values: second } : first) as Statement;
        if (!frame.test(asked.text))
          heard.push(
            bare({ ...(asked.name ? { name: asked.name } : {}), text: asked.text, values: asked.values ?? [] }),
          );
        return query(...args);
      },
    });
  });
  return {
    take() {
      const taken = heard;
      heard = [];
      return taken;
    },
  };
}
