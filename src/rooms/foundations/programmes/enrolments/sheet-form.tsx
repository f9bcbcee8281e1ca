// What every form of an enrolment's page shares: where it goes, what was refused and what was typed, the version that was read.
/** A form of the page that was refused: which one, what it said, what was typed. */
export type Refusal = {
  act: string;
  mistakes: Readonly<Record<string, string>>;
  values: Readonly<Record<string, string>>;
  status?: number;
};

/** The page that a form stands on: its address, whether this account may write there, the day as a hand writes it. */
export type SheetForm = {
  here: string;
  writes: boolean;
  refused: Refusal | null;
  today: string;
  version: number;
  key: () => string;
};

/** What was typed in a form that was refused; nothing for the others. */
export const typed = (form: SheetForm, act: string): Readonly<Record<string, string>> =>
  form.refused?.act === act ? form.refused.values : {};

/** What a refused form is told, by field; nothing for the others. */
export const mistakes = (form: SheetForm, act: string): Readonly<Record<string, string>> =>
  form.refused?.act === act ? form.refused.mistakes : {};

/** The version that was read, sent back with the act: a change made meanwhile is seen. */
export const Version = ({ form }: { form: SheetForm }) => (
  <input type="hidden" name="version" value={String(form.version)} />
);
