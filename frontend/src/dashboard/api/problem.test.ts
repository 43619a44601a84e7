import { describe, expect, it } from "vitest";
import { messageOf, toProblem } from "./problem";

describe("one mapper for every answer that is not data", () => {
  it("reads problem+json, pointers becoming form paths", () => {
    const problem = toProblem(422, {
      code: "validation_failed",
      title: "Some fields need another value",
      detail: "Two fields are wrong.",
      errors: [
        { pointer: "/name", code: "not_unique", detail: "You have one of this name." },
        { pointer: "/weekly/3/start", code: "overlap", detail: "Overlaps." },
      ],
    });
    expect(problem.status).toBe(422);
    expect(problem.code).toBe("validation_failed");
    expect(problem.message).toBe("Two fields are wrong.");
    expect(problem.fields).toEqual({
      name: "You have one of this name.",
      "weekly.3.start": "Overlaps.",
    });
  });

  it("reads allauth's errors", () => {
    const problem = toProblem(400, {
      status: 400,
      errors: [{ param: "password", code: "email_password_mismatch", message: "Wrong." }],
    });
    expect(problem.fields).toEqual({ password: "Wrong." });
    expect(problem.code).toBe("email_password_mismatch");
  });

  it("shows an error that belongs to no field as the message", () => {
    const problem = toProblem(400, { errors: [{ code: "too_many", message: "Too often." }] });
    expect(problem.message).toBe("Too often.");
    expect(problem.fields).toEqual({});
  });

  it("keeps the first of two errors at one field", () => {
    const problem = toProblem(400, {
      errors: [
        { param: "password", message: "Too short." },
        { param: "password", message: "Too common." },
      ],
    });
    expect(problem.fields.password).toBe("Too short.");
  });

  it("carries what else was answered", () => {
    const alternatives = ["2027-03-11T09:30:00Z"];
    const problem = toProblem(409, { code: "slot_taken", detail: "Taken.", alternatives });
    expect(problem.extra.alternatives).toEqual(alternatives);
  });

  it.each([
    [401, "not_authenticated"],
    [404, "not_found"],
    [429, "rate_limited"],
    [502, "server_error"],
  ])("finds words for a bare %i", (status, code) => {
    const problem = toProblem(status, undefined);
    expect(problem.code).toBe(code);
    expect(problem.message).not.toBe("");
  });

  it("never shows a bug's own words", () => {
    expect(messageOf(new TypeError("x is not a function"))).not.toContain("function");
  });
});
