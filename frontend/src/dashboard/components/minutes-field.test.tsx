import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { MinutesField } from "./minutes-field";

afterEach(cleanup);

function Harness({ start }: { start: number | null }) {
  const [minutes, setMinutes] = useState(start);
  return (
    <>
      <MinutesField
        label="Minimum notice"
        units={["minutes", "hours", "days"]}
        value={minutes}
        onChange={setMinutes}
      />
      <output>{String(minutes)}</output>
    </>
  );
}

it("shows the largest unit that fits and counts in minutes", async () => {
  const user = userEvent.setup();
  render(<Harness start={240} />);
  const amount = screen.getByLabelText<HTMLInputElement>("Minimum notice");
  expect(amount.value).toBe("4");
  await user.clear(amount);
  await user.type(amount, "6");
  expect(screen.getByRole("status").textContent).toBe("360");
  await user.selectOptions(screen.getByLabelText("Unit of minimum notice"), "days");
  expect(screen.getByRole("status").textContent).toBe(String(6 * 1440));
});

it("is empty for no amount", async () => {
  const user = userEvent.setup();
  render(<Harness start={60} />);
  await user.clear(screen.getByLabelText("Minimum notice"));
  expect(screen.getByRole("status").textContent).toBe("null");
});
