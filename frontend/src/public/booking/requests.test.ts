import { afterEach, expect, it, vi } from "vitest";
import { CREATE_URL, IdempotentPost } from "./requests";

const network = vi.fn<typeof fetch>(async () => new Response("{}", { status: 201 }));

afterEach(() => {
  network.mockClear();
  vi.unstubAllGlobals();
});

/** A page on http://192.168.1.20: browsers keep `randomUUID` from it. */
function enterInsecurePage() {
  const { crypto } = globalThis;
  vi.stubGlobal("fetch", network);
  vi.stubGlobal("crypto", {
    getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes),
  });
}

const keys = () =>
  network.mock.calls.map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"));

it("books from a plain http address, with a key for each body", async () => {
  enterInsecurePage();
  const post = new IdempotentPost();
  await post.send(CREATE_URL, { start_time: "2027-03-11T09:30:00Z" });
  await post.send(CREATE_URL, { start_time: "2027-03-11T09:30:00Z" });
  await post.send(CREATE_URL, { start_time: "2027-03-11T10:00:00Z" });
  const [first, retry, other] = keys();
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(retry).toBe(first);
  expect(other).toMatch(/^[0-9a-f]{32}$/);
  expect(other).not.toBe(first);
});
