import { expect, it } from "vitest";
import { isScreen, safePath } from "./use-enter";

it.each([
  ["/bookings?view=week", "/bookings?view=week"],
  ["/admin/", "/admin/"],
  ["/admin/users/user/?q=ana#top", "/admin/users/user/?q=ana#top"],
  [null, "/event-types"],
  ["", "/event-types"],
  ["admin/", "/event-types"],
  ["https://evil.example/", "/event-types"],
  ["javascript:alert(1)", "/event-types"],
  ["//evil.example/", "/event-types"],
  ["/\\evil.example/", "/event-types"],
  ["/\t/evil.example/", "/event-types"],
  ["/.//evil.example/", "/event-types"],
  ["//[", "/event-types"],
])("goes on to %j as %s", (next, path) => {
  expect(safePath(next)).toBe(path);
});

it.each([
  ["/event-types", true],
  ["/bookings?view=week", true],
  ["/settings", true],
  ["/admin/", false],
  ["/", false],
  ["/bookings-of-old", false],
])("takes %s for a screen of the dashboard: %s", (path, screen) => {
  expect(isScreen(path)).toBe(screen);
});
