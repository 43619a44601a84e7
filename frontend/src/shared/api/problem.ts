/** Errors as the API gives them (RFC 9457 `application/problem+json`). */

export interface FieldProblem {
  pointer: string;
  code: string;
  detail: string;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors: FieldProblem[];
  /** Seconds to wait before asking again; 0 when the server named none. */
  retryAfter: number;
  /** Further members of the answer, such as `alternatives`. */
  extra: Record<string, unknown>;
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/** No answer at all: offline, refused, or timed out. */
export class Unreachable extends Error {}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Reads the problem from a refused answer; an answer of another shape gets the code "unknown". */
export async function readProblem(response: Response): Promise<Problem> {
  const body: Record<string, unknown> = await response.json().catch(() => ({}));
  return {
    status: response.status,
    code: text(body.code) || "unknown",
    title: text(body.title),
    detail: text(body.detail),
    errors: Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [],
    retryAfter: Number(response.headers.get("Retry-After")) || 0,
    extra: body,
  };
}

/**
 * Fetches JSON from our own API.
 * @throws ProblemError when the server refuses, Unreachable when there is no answer.
 */
export async function requestJson<T>(url: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: "same-origin", ...init });
  } catch (cause) {
    if (init?.signal?.aborted) throw cause;
    throw new Unreachable("No answer from the server", { cause });
  }
  if (!response.ok) throw new ProblemError(await readProblem(response));
  return (await response.json()) as T;
}
