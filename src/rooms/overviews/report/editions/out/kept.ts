// Files of what is published, which anybody may ask for at any time: made once for a freeze, however many ask, and kept while they are asked for.
const most = 6;
const kept = new Map<string, Promise<Buffer | null>>();

/** `name`: all that the file hangs on. What could not be made is made again. */
export async function keptFile(name: string, make: () => Promise<Buffer | null>): Promise<Buffer | null> {
  const known = kept.get(name);
  const made = known ?? make();
  kept.delete(name);
  kept.set(name, made);
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  const file = await made.catch(() => null);
  if (file === null && kept.get(name) === made) kept.delete(name);
  return file;
}
