import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { showToast, ToastRegion } from "./toast";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("shows the newest only, undoes once and goes", () => {
  const undo = vi.fn();
  render(<ToastRegion />);
  act(() => showToast({ text: "First" }));
  act(() => showToast({ text: "Intro call is off.", undo }));
  expect(screen.queryByText("First")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText("Intro call is off.")).toBeNull();
});

it("leaves after eight seconds, but not while someone reads it", () => {
  render(<ToastRegion />);
  act(() => showToast({ text: "Link copied." }));
  fireEvent.mouseEnter(screen.getByText("Link copied."));
  act(() => vi.advanceTimersByTime(20_000));
  expect(screen.getByText("Link copied.")).toBeTruthy();
  fireEvent.mouseLeave(screen.getByText("Link copied."));
  act(() => vi.advanceTimersByTime(7_900));
  expect(screen.getByText("Link copied.")).toBeTruthy();
  act(() => vi.advanceTimersByTime(200));
  expect(screen.queryByText("Link copied.")).toBeNull();
});
