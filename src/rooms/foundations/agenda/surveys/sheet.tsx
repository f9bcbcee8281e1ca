// The questions of a sheet, as they are answered on a telephone or typed from paper.
import { RadioField } from "../../../../ui/fields.tsx";
import type { Question } from "./reads.ts";
import { answersOf, shown } from "./words.ts";

export const QuestionFields = ({
  questions,
  values,
}: {
  questions: readonly Question[];
  values: Readonly<Record<string, string>>;
}) => (
  <>
    {questions.map((question) => (
      <RadioField
        key={question.id}
        name={`q-${question.id}`}
        label={shown(question.label)}
        value={values[`q-${question.id}`]}
        options={Object.entries(answersOf(question.scale)).map(([value, label]) => ({ value, label }))}
      />
    ))}
  </>
);
