// Visits that wait for the line, in the browser's own database. Each bears its key: however often it is sent, it is recorded once.
export type Waiting = { key: string; fields: [string, string][]; name: string; at: string; refused?: string };

const opened = new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open("traboule-accueil", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("visits", { keyPath: "key" });
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function inStore<R>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<R>): Promise<R> {
  const store = (await opened).transaction("visits", mode).objectStore("visits");
  return new Promise((resolve, reject) => {
    const request = act(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export const keep = (visit: Waiting): Promise<unknown> => inStore("readwrite", (store) => store.put(visit));
export const forget = (key: string): Promise<unknown> => inStore("readwrite", (store) => store.delete(key));
export const waiting = (): Promise<Waiting[]> =>
  inStore("readonly", (store) => store.getAll() as IDBRequest<Waiting[]>);

export type Sent =
  | { state: "done"; html: string }
  | { state: "cut" }
  | { state: "signed-out" }
  | { state: "refused"; html: string };

/** Sends one visit. A server that does not answer, or answers 503, is a cut line: the visit is kept. */
export async function send(visit: Waiting): Promise<Sent> {
  try {
    const answer = await fetch("/accueil/visites", {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Fragment": "accueil-dit" },
      body: new URLSearchParams(visit.fields),
      credentials: "same-origin",
      signal: AbortSignal.timeout(8000),
    });
    if (answer.status === 401) return { state: "signed-out" };
    const html = await answer.text();
    if (answer.ok) return { state: "done", html };
    return answer.status >= 500 ? { state: "cut" } : { state: "refused", html };
  } catch {
    return { state: "cut" };
  }
}
