/**
 * Questions of a booking form: the rules of backend/apps/events/questions/, said again for the
 * browser. Both answer the vectors in that folder, and a test looks for a case in which they differ.
 */

export const QUESTION_TYPES = [
  "text",
  "textarea",
  "select",
  "radio",
  "multiselect",
  "checkbox",
  "email",
  "phone",
  "number",
  "date",
  "time",
  "url",
] as const;

export type QuestionType = (typeof QUESTION_TYPES)[number];

export interface Condition {
  question: string;
  op: string;
  value?: unknown;
}
export type Group = { all: Node[] } | { any: Node[] };
export type Node = Condition | Group;

export interface ValidationRules {
  min_length?: number | null;
  max_length?: number | null;
  pattern?: string | null;
  min?: number | string | null;
  max?: number | string | null;
  min_date?: string | null;
  max_date?: string | null;
  min_choices?: number | null;
  max_choices?: number | null;
}

export interface Question {
  id: string;
  question_text: string;
  question_type: QuestionType;
  help_text: string;
  is_required: boolean;
  options: string[];
  /** `{}` is always shown. */
  conditions: Group | Record<string, never>;
  validation_rules: ValidationRules;
  prefill_key: string;
}

/** In canonical form, see `reading.ts`. */
export type Answer = string | boolean | string[];

const FREE: ReadonlySet<string> = new Set(["text", "textarea", "email", "phone", "url"]);
/** Typed at will: compared without regard to the case of A-Z. */
export const isFree = (type: string): boolean => FREE.has(type);

export const MAX_OPTIONS = 100;
/** The longest answer of a type, in code points. */
export const MAX_LENGTH: Readonly<Record<string, number>> = {
  text: 500,
  textarea: 5000,
  email: 254,
  phone: 40,
  url: 2000,
};

const BLANK: Omit<Question, "id"> = {
  question_text: "",
  question_type: "text",
  help_text: "",
  is_required: false,
  options: [],
  conditions: {},
  validation_rules: {},
  prefill_key: "",
};

/** A question of which only some is told. */
export const withDefaults = (told: Partial<Question> & Pick<Question, "id">): Question => ({
  ...BLANK,
  ...told,
});
