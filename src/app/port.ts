import { type AddressInfo, createServer } from "node:net";
import { Refused } from "./refused.ts";

/** The port if nobody has it; for 0, one that nobody has. @throws Refused with a sentence when the address cannot be listened to. */
export function freePort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => reject(refusedPort(error, host, port)));
    probe.listen(port, host, () => {
      const found = (probe.address() as AddressInfo).port;
      probe.close(() => resolve(found));
    });
  });
}

/** The sentence for an address that cannot be listened to. */
export function refusedPort(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new Refused(
      `Le port ${port} est déjà pris sur ${host}. Arrêtez ce qui l’occupe, ou choisissez-en un autre : PORT=${port + 1} npm start.`,
    );
  if (error.code === "EACCES")
    return new Refused(
      `Le port ${port} est réservé à l’administrateur de la machine : choisissez-en un au-dessus de 1024.`,
    );
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new Refused(`L’adresse HOST=${host} n’est pas une adresse de cette machine.`);
  return error;
}
