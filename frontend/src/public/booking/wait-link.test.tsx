import { screen } from "@testing-library/dom";
import { describe, expect, it } from "vitest";
import { installFakeServer, MARCH, makeInit, server, showBooker } from "./testing";

installFakeServer();

const withWaitlist = () => {
  const init = makeInit();
  const slots = MARCH.map((slot, place) => ({ ...slot, seats_left: place ? 2 : 0 }));
  return {
    ...init,
    event_type: { ...init.event_type, has_waitlist: true },
    slots: { ...init.slots, slots },
  };
};

describe("where there is a waitlist", () => {
  it("leads from a full time to its waitlist, and offers it to nobody", async () => {
    showBooker(withWaitlist());
    const link = await screen.findByRole("link", { name: /^10:00\s*Full: join the waitlist$/ });
    expect(link.getAttribute("href")).toBe(
      "/ana/intro/wait?timezone=Europe%2FBerlin&start=2027-03-11T09%3A00%3A00Z",
    );
    expect(screen.queryByRole("radio", { name: /^10:00/ })).toBeNull();
    expect(await screen.findByRole("radio", { name: /^10:30/ })).toBeTruthy();
  });

  it("asks the server for full times too", async () => {
    showBooker(withWaitlist(), "timezone=Europe/Berlin&month=2027-05");
    await screen.findByRole("link", { name: "Tell me when a time frees up" });
    expect(server.seen[0]?.url.searchParams.get("include_full")).toBe("true");
  });

  it("leads to the waitlist of a day", async () => {
    showBooker(withWaitlist());
    const link = await screen.findByRole("link", { name: "Tell me when a time frees up" });
    expect(link.getAttribute("href")).toBe("/ana/intro/wait?timezone=Europe%2FBerlin");
  });
});

describe("where there is none", () => {
  it("says nothing of it, and asks for free times only", async () => {
    showBooker(makeInit(), "timezone=Europe/Berlin&month=2027-05");
    await screen.findByText(/No free times this month/);
    expect(screen.queryByRole("link", { name: "Tell me when a time frees up" })).toBeNull();
    expect(server.seen[0]?.url.searchParams.has("include_full")).toBe(false);
  });
});
