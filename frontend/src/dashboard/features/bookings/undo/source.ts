import type { Source, UndoCounts } from "../../../api/undo";
import { count } from "../../../lib/words";

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;
const EMAIL = /^\S+@\S+\.\S+$/;

/** What somebody typed as the source: an e-mail address or one of the network; null for neither. */
export function readSource(typed: string): Source | null {
  const text = typed.trim();
  if (EMAIL.test(text)) return { email: text };
  return IPV4.test(text) || IPV6.test(text) ? { ip_address: text } : null;
}

/** "3 bookings, 1 seat and 2 waitlist entries"; empty where there is nothing. */
export function countWords({
  bookings,
  attendees,
  waitlist,
}: Omit<UndoCounts, "remaining">): string {
  const parts = [
    bookings > 0 && count(bookings, "booking"),
    attendees > 0 && count(attendees, "seat"),
    waitlist > 0 && count(waitlist, "waitlist entry", "waitlist entries"),
  ].filter((part) => part !== false);
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
