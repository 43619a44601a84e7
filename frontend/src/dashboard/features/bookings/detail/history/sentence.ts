import type { AuditEntry } from "../../../../api/audit";

/** What attendees of a group session do for themselves. */
const VERBS: Readonly<Record<string, string>> = {
  attendee_joined: "joined",
  attendee_left: "left",
};
const AS_ATTENDEE: ReadonlySet<string> = new Set(["invitee", "attendee"]);

/** "Booked by Jonas Keller": the deed, and the person when it names none itself. */
export function sentence(entry: AuditEntry): string {
  const verb = VERBS[entry.action];
  if (verb && entry.actor_name && AS_ATTENDEE.has(entry.actor_type)) {
    return `${entry.actor_name} ${verb}`;
  }
  const deed = entry.description.replace(/\.$/, "");
  if (entry.actor_type === "system" || !entry.actor_name) return deed;
  return deed.includes(entry.actor_name) ? deed : `${deed} by ${entry.actor_name}`;
}
