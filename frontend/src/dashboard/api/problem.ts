/** One shape for everything that a call can answer instead of data: ours, allauth's, or silence. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  /** Message by form path ("weekly.0.start"); what belongs to no field is in `message`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whatever else the answer carried, such as `alternatives`. */
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    options: {
      status: number;
      code: string;
      fields?: Record<string, string>;
      extra?: Record<string, unknown>;
    },
  ) {
    super(message);
    this.name = "ApiProblem";
    this.status = options.status;
    this.code = options.code;
    this.fields = options.fields ?? {};
    this.extra = options.extra ?? {};
  }
}

interface ErrorItem {
  pointer?: unknown;
  param?: unknown;
  code?: unknown;
  detail?: unknown;
  message?: unknown;
}

const OFFLINE = "You seem to be offline. Your answers are kept here; try again when you are back.";
const UNEXPECTED = "That did not work, and it is not your fault. Try again in a moment.";

export function offlineProblem(): ApiProblem {
  return new ApiProblem(OFFLINE, { status: 0, code: "offline" });
}

/** Maps an answer's status and body (problem+json, allauth's errors, or none) to an ApiProblem. */
export function toProblem(status: number, body: unknown): ApiProblem {
  const answer = isRecord(body) ? body : {};
  const items = Array.isArray(answer.errors) ? (answer.errors as ErrorItem[]) : [];
  const fields: Record<string, string> = {};
  const loose: string[] = [];
  for (const item of items) {
    const text = asText(item.detail) || asText(item.message);
    const path = fieldPath(item);
    if (!text) continue;
    if (path) fields[path] ??= text;
    else loose.push(text);
  }
  const code = asText(answer.code) || asText(items[0]?.code) || defaultCode(status);
  const message =
    asText(answer.detail) || loose[0] || defaultMessage(status, Object.keys(fields).length);
  return new ApiProblem(message, { status, code, fields, extra: answer });
}

function fieldPath(item: ErrorItem): string {
  const pointer = asText(item.pointer);
  if (pointer) return pointer.replace(/^#?\//, "").replaceAll("/", ".");
  return asText(item.param);
}

function defaultCode(status: number): string {
  if (status === 401) return "not_authenticated";
  if (status === 404) return "not_found";
  if (status === 429) return "rate_limited";
  return status >= 500 ? "server_error" : "invalid_request";
}

function defaultMessage(status: number, fieldCount: number): string {
  if (fieldCount > 0) return "Some answers need a second look.";
  if (status === 401) return "You are signed out. Sign in and try again.";
  if (status === 403) return "You may not do this.";
  if (status === 404) return "This does not exist, or not any more.";
  if (status === 429) return "That was too often. Wait a minute, then try again.";
  return UNEXPECTED;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The sentence to show for anything that a promise was rejected with. */
export function messageOf(error: unknown): string {
  return error instanceof ApiProblem ? error.message : UNEXPECTED;
}
