import { screen, within } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { type Question, withDefaults } from "../../shared/questions/question";
import { installFakeServer, json, MARCH, makeInit, server, showBooker } from "./testing";

installFakeServer();

const user = userEvent.setup();
const creates = () => server.seen.filter(({ url }) => url.pathname.endsWith("/bookings/create/"));

const QUESTIONS: Question[] = [
  withDefaults({
    id: "where",
    question_text: "Where?",
    question_type: "radio",
    options: ["Online", "In person"],
    is_required: true,
  }),
  withDefaults({
    id: "city",
    question_text: "Which city?",
    is_required: true,
    validation_rules: { pattern: "[A-Z][a-z]+" },
    help_text: "Begin with a capital letter.",
    conditions: { all: [{ question: "where", op: "equals", value: "In person" }] },
  }),
  withDefaults({
    id: "district",
    question_text: "Which district?",
    conditions: { all: [{ question: "city", op: "answered" }] },
  }),
  withDefaults({
    id: "seats",
    question_text: "How many?",
    question_type: "number",
    validation_rules: { max: 8 },
  }),
];

async function open(answers: Record<string, unknown> = {}) {
  const init = makeInit({ prefill: { name: "Jonas", email: "jonas@keller.example", answers } });
  showBooker({ ...init, event_type: { ...init.event_type, questions: QUESTIONS } });
  await user.click(await screen.findByRole("radio", { name: /^10:30/ }));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  await screen.findByRole("radiogroup", { name: /^Where\?/ });
}

const book = () => user.click(screen.getByRole("button", { name: "Book" }));
const answersSent = () => creates().at(-1)?.body.custom_answers;
const complain = () => {
  server.answer = ({ method }) => {
    if (method === "GET") return json({ slots: MARCH });
    return json({ code: "validation_failed", detail: "", errors: [] }, 422);
  };
};

it("asks what an answer brings up, says so, and forgets what it hides again", async () => {
  complain();
  await open();
  expect(screen.queryByLabelText(/Which city/)).toBeNull();
  await user.click(screen.getByRole("radio", { name: "In person" }));
  await user.type(await screen.findByLabelText(/^Which city\?/), "Kiel");
  await user.type(await screen.findByLabelText(/^Which district\?/), "North");
  expect(screen.getByText("Asked as well: Which district?")).toBeTruthy();

  await user.click(screen.getByRole("radio", { name: "Online" }));
  expect(await screen.findByText(/Not asked any more: Which city\?/)).toBeTruthy();
  expect(screen.queryByLabelText(/Which district/)).toBeNull();
  await book();
  expect(answersSent()).toEqual({ where: "Online" });

  await user.click(screen.getByRole("radio", { name: "In person" }));
  expect((await screen.findByLabelText<HTMLInputElement>(/^Which city\?/)).value).toBe("");
});

it("names what is wrong at its question, in canonical form sends what is right", async () => {
  complain();
  await open();
  await user.type(screen.getByLabelText(/^How many\?/), "9");
  await book();
  const group = screen.getByRole("radiogroup", { name: /^Where\?/ });
  expect(within(group).getByText("Answer this question.")).toBeTruthy();
  expect(screen.getByText("Enter 8 or less.")).toBeTruthy();
  expect(document.activeElement).toBe(group);
  expect(creates()).toHaveLength(0);

  await user.click(screen.getByRole("radio", { name: "In person" }));
  await user.type(await screen.findByLabelText(/^Which city\?/), "kiel");
  await user.clear(screen.getByLabelText(/^How many\?/));
  await user.type(screen.getByLabelText(/^How many\?/), "07");
  await book();
  expect(screen.getByText("Begin with a capital letter.").closest(".bad")).toBeTruthy();
  await user.clear(screen.getByLabelText(/^Which city\?/));
  await user.type(screen.getByLabelText(/^Which city\?/), " Kiel ");
  await book();
  expect(answersSent()).toEqual({ where: "In person", city: "Kiel", seats: "7" });
});

it("starts from what the link fills in, and keeps it on the way to the times and back", async () => {
  await open({ where: "In person", city: "Bonn" });
  const city = () => screen.findByLabelText<HTMLInputElement>(/^Which city\?/);
  expect((await city()).value).toBe("Bonn");
  expect(screen.getByLabelText(/^Which district\?/)).toBeTruthy();
  await user.type(await city(), "n");
  history.back();
  await user.click(await screen.findByRole("button", { name: "Continue" }));
  expect((await city()).value).toBe("Bonnn");
});

it("shows the server's complaint at its question", async () => {
  server.answer = ({ method }) => {
    if (method === "GET") return json({ slots: MARCH });
    const error = { pointer: "/custom_answers/seats", code: "too_big", detail: "Only 4 are left." };
    return json({ code: "validation_failed", detail: error.detail, errors: [error] }, 422);
  };
  await open({ where: "Online" });
  await book();
  expect(await screen.findByText("Only 4 are left.")).toBeTruthy();
  expect(screen.getByLabelText(/^How many\?/).getAttribute("aria-invalid")).toBe("true");
});
