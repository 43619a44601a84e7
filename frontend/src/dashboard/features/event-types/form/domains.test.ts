import { expect, it } from "vitest";
import { domainOf } from "./domains";

it.each([
  ["example.com", "example.com"],
  [" Example.COM. ", "example.com"],
  ["@example.com", "example.com"],
  ["ana@studio.example.com", "studio.example.com"],
  ["https://example.com/about?x=1", "example.com"],
  ["*.example.com", "example.com"],
  ["münchen.de", "münchen.de"],
  ["@", ""],
])("reads %o as %o", (typed, domain) => {
  expect(domainOf(typed)).toBe(domain);
});
