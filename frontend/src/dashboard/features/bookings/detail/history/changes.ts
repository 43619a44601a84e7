import type { AuditEntry } from "../../../../api/audit";
import { formatMoment } from "../../../../lib/instants";
import { STATUS } from "../../status-tag";

export interface Change {
  label: string;
  /** Null where there was nothing before. */
  from: string | null;
  to: string;
}

const LABELS: Readonly<Record<string, string>> = {
  start_time: "Start",
  end_time: "End",
  status: "State",
  attendee_count: "Seats taken",
  capacity: "Seats",
  invitee_name: "Name",
  invitee_email: "E-mail",
  invitee_phone: "Phone",
  invitee_timezone: "Time zone",
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  timezone: "Time zone",
  notes: "Notes",
  custom_answers: "Answers",
  cancellation_reason: "Reason",
  request_expires_at: "Answer until",
};

/** What the deed itself says, or the booking's own page: told only where it changed. */
const SAID_BY_DEED: ReadonlySet<string> = new Set(["status", "attendee_count"]);
const FIRST: ReadonlySet<string> = new Set(["booking_created", "booking_requested"]);
const TOLD_AT_FIRST: ReadonlySet<string> = new Set(["start_time", "request_expires_at"]);

/** What an entry of the history changed, old and new side by side, in the words of `zone`. */
export function changesOf(entry: AuditEntry, zone: string): Change[] {
  const before = asRecord(entry.old_values);
  const after = asRecord(entry.new_values);
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  // The length stays with every move; only another length is news.
  if (names.has("start_time")) names.delete("end_time");
  return [...names].flatMap((name) => {
    const label = LABELS[name];
    const from = show(name, before[name], zone);
    const to = show(name, after[name], zone);
    if (!label || from === to || (from === "" && !isNews(name, entry.action))) return [];
    return [{ label, from: from === "" ? null : from, to: to || "empty" }];
  });
}

/** Whether a value is worth telling where there was none before. */
function isNews(name: string, action: string): boolean {
  if (FIRST.has(action)) return TOLD_AT_FIRST.has(name);
  return !SAID_BY_DEED.has(name) && !action.startsWith("attendee_");
}

function show(name: string, value: unknown, zone: string): string {
  if (value === undefined || value === null) return "";
  if (name === "status") return STATUS[value as keyof typeof STATUS]?.label ?? String(value);
  if (typeof value === "string") return isInstant(value) ? formatMoment(value, zone) : value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map((item) => show("", item, zone)).join(", ");
  return Object.values(asRecord(value))
    .map((item) => show("", item, zone))
    .filter(Boolean)
    .join("; ");
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
