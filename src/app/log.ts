// The program's log: one JSON object a line, without personal data (no name, no query, no form).
import pino, { type Logger } from "pino";

export type Log = Logger;

export const makeLog = (level: string): Log => pino({ level, base: null }, pino.destination({ fd: 2, sync: false }));
