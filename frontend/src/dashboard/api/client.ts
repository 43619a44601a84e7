import { offlineProblem, toProblem } from "./problem";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Page<T> {
  results: T[];
  next: string | null;
  previous: string | null;
}

interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Sends JSON with the session cookie; answers the parsed body or throws an ApiProblem. */
export async function request<T>(
  method: Method,
  path: string,
  { body, headers, signal }: RequestOptions = {},
): Promise<T> {
  const init: RequestInit = {
    method,
    credentials: "same-origin",
    headers: { Accept: "application/json", ...headers },
    signal: signal ?? null,
  };
  if (method !== "GET") {
    init.headers = { ...init.headers, "X-CSRFToken": await csrfToken() };
  }
  if (body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  const response = await send(path, init);
  const answer = await parse(response);
  if (!response.ok) throw toProblem(response.status, answer);
  return answer as T;
}

/** Follows `next` to the end. For lists that stay small: event types, schedules, one week. */
export async function listAll<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let next: string | null = path;
  while (next) {
    const page: Page<T> = await request<Page<T>>("GET", next, signal ? { signal } : {});
    all.push(...page.results);
    next = page.next ? localPath(page.next) : null;
  }
  return all;
}

/** Query string of the values that are set; empty when none is. */
export function queryString(values: Record<string, string | number | boolean | null | undefined>) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}

/** `next` is absolute; only its path may be followed, so that a proxy's host name does no harm. */
export function localPath(url: string): string {
  const { pathname, search } = new URL(url, window.location.origin);
  return pathname + search;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw offlineProblem();
  }
}

async function parse(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function csrfToken(): Promise<string> {
  const known = readCookie("csrftoken");
  if (known) return known;
  // Any answer of the sign-in API sets the cookie.
  await send("/_allauth/browser/v1/config", { credentials: "same-origin" });
  return readCookie("csrftoken");
}

function readCookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
