import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useReducer } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { emptyWeek, reduceDraft } from "./draft";
import { NO_FAULTS } from "./server-faults";
import { WeekEditor } from "./week-editor";

// jsdom has no CSS.escape, which popovers call.
vi.stubGlobal("CSS", { escape: (text: string) => text });
afterEach(cleanup);

function Harness() {
  const [draft, dispatch] = useReducer(reduceDraft, {
    name: "Hours",
    timezone: "Europe/Lisbon",
    week: { ...emptyWeek(), 1: [["09:00", "12:00"]] },
    overrides: [],
    rules: [],
  });
  return <WeekEditor draft={draft} weekStart={7} faults={NO_FAULTS} dispatch={dispatch} />;
}

it("starts the week on the organizer's first day", () => {
  render(<Harness />);
  expect(screen.getAllByRole("switch")[0]).toBe(screen.getByRole("switch", { name: "Sunday" }));
});

it("adds a second window, warns while they overlap and stops once they do not", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("button", { name: "Add hours on Monday" }));
  await user.selectOptions(screen.getByLabelText("Monday, start 2"), "11:00");
  expect(screen.getByText(/overlap/)).toBeTruthy();
  await user.selectOptions(screen.getByLabelText("Monday, start 2"), "12:00");
  expect(screen.queryByText(/overlap/)).toBeNull();
});

it("copies a day's hours to the chosen days", async () => {
  const user = userEvent.setup();
  render(<Harness />);
  await user.click(screen.getByRole("button", { name: "Copy the hours of Monday" }));
  const choice = within(screen.getByRole("dialog"));
  await user.click(choice.getByLabelText("Thursday"));
  await user.click(choice.getByRole("button", { name: "Copy" }));
  expect(screen.getByLabelText<HTMLSelectElement>("Thursday, end 1").value).toBe("12:00");
  expect(screen.getByRole<HTMLInputElement>("switch", { name: "Friday" }).checked).toBe(false);
});
