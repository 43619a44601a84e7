import { expect, it } from "vitest";
import { hostWords, whoBooked, whoIsTold } from "./booking-people";

it("names the invitee, or those of a group", () => {
  const one = { invitee_name: "Jonas Keller", capacity: 1 };
  const group = { invitee_name: "Jonas Keller +2", capacity: 6 };
  expect([whoBooked(one), whoIsTold(one)]).toEqual(["Jonas Keller", "Jonas"]);
  expect([whoBooked(group), whoIsTold(group)]).toEqual(["Jonas Keller +2", "Everyone"]);
  expect(whoBooked({ invitee_name: "" })).toBe("Nobody");
  expect(whoBooked({ invitee_name: "", erased_at: "2027-03-01T09:00:00Z" })).toBe("Erased");
});

it("names the hosts unless it is only the reader", () => {
  const [you, rita] = [
    { name: "Ana Duarte", is_you: true },
    { name: "Rita Sol", is_you: false },
  ];
  expect(hostWords([you])).toBe("");
  expect(hostWords([rita, you])).toBe("You, Rita Sol");
  expect(hostWords([rita])).toBe("Rita Sol");
});
