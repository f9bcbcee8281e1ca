// Work that goes on outside of the request that asks for it. What it has come to stands in the database; nothing here has to survive.
export type Works = {
  /** Starts a piece of work. Its signal says when the program is to stop. */
  start(work: (signal: AbortSignal) => Promise<void>): void;
  /** Waits until nothing is under way. */
  settled(): Promise<void>;
  /** Asks everything to stop and waits for it. */
  stop(): Promise<void>;
  /** Hears of mistakes of the program: a piece of work has nobody else to tell them to. */
  onMistake: (error: unknown) => void;
};

export function makeWorks(): Works {
  const going = new Set<Promise<void>>();
  const stopping = new AbortController();
  const settled = async (): Promise<void> => {
    while (going.size > 0) await Promise.all(going);
  };
  const works: Works = {
    start(work) {
      const done = work(stopping.signal)
        .catch((error: unknown) => works.onMistake(error))
        .finally(() => going.delete(done));
      going.add(done);
    },
    settled,
    stop() {
      stopping.abort();
      return settled();
    },
    onMistake: () => {},
  };
  return works;
}
