import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { TagField } from "./tag-field";

afterEach(cleanup);

function Fixture({ first = [] }: { first?: string[] }) {
  const [values, setValues] = useState(first);
  return (
    <TagField
      label="Domains"
      values={values}
      normalize={(text) => text.toLowerCase()}
      onChange={setValues}
    />
  );
}

const shown = () => screen.queryAllByRole("listitem").map((item) => item.textContent);

it("adds what is typed on Enter, a comma and leaving, each once", async () => {
  render(<Fixture />);
  const input = screen.getByRole("textbox");
  await userEvent.type(input, "A.example{Enter}b.example,a.example{Enter}c.example");
  expect(shown()).toEqual(["a.example", "b.example"]);
  await userEvent.tab();
  expect(shown()).toEqual(["a.example", "b.example", "c.example"]);
});

it("takes a pasted list apart", async () => {
  render(<Fixture />);
  await userEvent.click(screen.getByRole("textbox"));
  await userEvent.paste("a.example; b.example\nc.example");
  expect(shown()).toEqual(["a.example", "b.example", "c.example"]);
});

it("removes by button and by Backspace, says so, and keeps the focus", async () => {
  render(<Fixture first={["a.example", "b.example", "c.example"]} />);
  await userEvent.click(screen.getByRole("button", { name: "Remove a.example" }));
  expect(shown()).toEqual(["b.example", "c.example"]);
  expect(screen.getByRole("status").textContent).toBe("a.example removed.");
  expect(document.activeElement).toBe(screen.getByRole("textbox"));
  await userEvent.keyboard("{Backspace}");
  expect(shown()).toEqual(["b.example"]);
});
