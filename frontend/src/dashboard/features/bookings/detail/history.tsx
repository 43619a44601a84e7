import { useQuery } from "@tanstack/react-query";
import { type AuditEntry, auditQuery } from "../../../api/bookings";
import { LoadError, Waiting } from "../../../components/states";
import { formatMoment } from "../../../lib/instants";

/** What happened to the booking, the latest first. */
export function History({ bookingId, zone }: { bookingId: string; zone: string }) {
  const audit = useQuery(auditQuery(bookingId));
  if (audit.isError) return <LoadError error={audit.error} onRetry={() => audit.refetch()} />;
  if (!audit.data) return <Waiting rows={2} height={34} />;
  return (
    <ol className="log">
      {audit.data.toReversed().map((entry) => (
        <li key={entry.id}>
          {sentence(entry)}
          <small className="t">{formatMoment(entry.created_at, zone)}</small>
        </li>
      ))}
    </ol>
  );
}

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
