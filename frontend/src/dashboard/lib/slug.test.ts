import { expect, it } from "vitest";
import { slugify } from "./slug";

it.each([
  ["Ana Duarte", "ana-duarte"],
  ["  Jürgen  Müller! ", "jurgen-muller"],
  ["--Intro & more--", "intro-more"],
  ["محمد", ""],
])("makes a slug of %j", (name, slug) => {
  expect(slugify(name)).toBe(slug);
});
