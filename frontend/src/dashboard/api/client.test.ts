import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listAll, queryString, request } from "./client";

/** The network itself, the one thing a unit test has to stand in for. */
const network = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal("fetch", network);
  // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no CookieStore
  document.cookie = "csrftoken=t%3Dken";
});
afterEach(() => {
  network.mockReset();
  vi.unstubAllGlobals();
});

const json = (body: unknown, status = 200) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status });

it("sends the CSRF token with what changes something, and only then", async () => {
  network.mockImplementation(async () => json({}));
  await request("GET", "/a/");
  await request("POST", "/b/", { body: { name: "x" } });
  const [read, write] = network.mock.calls.map(([, init]) => new Headers(init?.headers));
  expect(read?.get("X-CSRFToken")).toBeNull();
  expect(write?.get("X-CSRFToken")).toBe("t=ken");
  expect(network.mock.calls[1]?.[1]?.body).toBe('{"name":"x"}');
});

it("answers nothing for an empty body", async () => {
  network.mockResolvedValue(json(undefined, 204));
  await expect(request("DELETE", "/a/")).resolves.toBeUndefined();
});

it("says offline when there is no answer at all", async () => {
  network.mockRejectedValue(new TypeError("Failed to fetch"));
  await expect(request("GET", "/a/")).rejects.toMatchObject({ code: "offline", status: 0 });
});

it("follows a list to its end, by path only", async () => {
  network
    .mockResolvedValueOnce(json({ results: [1, 2], next: "http://other.host/list/?cursor=b" }))
    .mockResolvedValueOnce(json({ results: [3], next: null }));
  await expect(listAll<number>("/list/")).resolves.toEqual([1, 2, 3]);
  expect(network.mock.calls[1]?.[0]).toBe("/list/?cursor=b");
});

it("leaves unset values out of a query", () => {
  expect(queryString({ a: "", b: undefined, c: null, d: 0, e: "x y" })).toBe("?d=0&e=x+y");
  expect(queryString({ a: "" })).toBe("");
});
