import { useQuery } from "@tanstack/react-query";
import { Check, Minus } from "lucide-react";
import { useState } from "react";
import type { Booking } from "../../../api/bookings";
import { messageOf } from "../../../api/problem";
import { hostChoicesQuery, useReassign } from "../../../api/reassign";
import { Button } from "../../../components/button";
import "../../../components/choice-list.css";
import { Dialog } from "../../../components/dialog";
import { Hint } from "../../../components/field";
import { LoadError, Waiting } from "../../../components/states";
import { Tag } from "../../../components/tag";
import { showToast } from "../../../components/toast";
import { whoBooked, whoIsTold } from "../../../lib/booking-people";

const WHY_NOT: Readonly<Record<string, string>> = {
  outside_hours: "Outside of their hours.",
  booked: "Has another booking then.",
  buffer: "Needs the break around another booking.",
  calendar_busy: "Is busy in their calendar.",
  held: "Somebody is about to book them.",
  too_soon: "It is too soon for them.",
  too_far: "It is too far ahead for them.",
  limit_reached: "Has as many bookings as they want.",
  off_grid: "Does not start at this time.",
};

/** Why a host is not free, in words. */
function whyNot(code: string): string {
  return WHY_NOT[code] ?? "Cannot take it at this time.";
}

/** Stands for "whose turn it is". */
const NEXT = "";

/** Gives a booking to another of its hosts: a chosen one, or the next in turn. */
export function ReassignDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const choices = useQuery(hostChoicesQuery(booking.id));
  const reassign = useReassign();
  const [host, setHost] = useState(NEXT);
  const hosts = choices.data?.hosts ?? [];
  const anyFree = hosts.some(({ is_free }) => is_free);
  return (
    <Dialog
      title={`Who takes ${booking.event_type.name} with ${whoBooked(booking)}?`}
      isOpen
      onClose={onClose}
    >
      {choices.isPending && <Waiting rows={3} height={44} />}
      {choices.isError && <LoadError error={choices.error} onRetry={() => choices.refetch()} />}
      {choices.isSuccess && !anyFree && (
        <p>Nobody else is free at this time. Move the booking, or add a host to its event type.</p>
      )}
      {choices.isSuccess && (
        <div className="choices" role="radiogroup" aria-label="Host">
          {anyFree && (
            <label>
              <input
                type="radio"
                name="host"
                checked={host === NEXT}
                onChange={() => setHost(NEXT)}
              />
              <span>
                <b>Whose turn it is</b>
                <small>The next of those who are free, by fair share.</small>
              </span>
            </label>
          )}
          {hosts.map((choice) => (
            <label key={choice.user} data-off={!choice.is_free || undefined}>
              <input
                type="radio"
                name="host"
                disabled={!choice.is_free}
                checked={host === choice.user}
                onChange={() => setHost(choice.user)}
              />
              <span>
                <b>
                  <bdi>{choice.name}</bdi>{" "}
                  <Tag
                    tone={choice.is_free ? "ok" : "neutral"}
                    icon={choice.is_free ? Check : Minus}
                  >
                    {choice.is_free ? "Free" : "Not free"}
                  </Tag>
                </b>
                {!choice.is_free && <small>{whyNot(choice.reason)}</small>}
              </span>
            </label>
          ))}
        </div>
      )}
      <Hint id="reassign-hint" error={reassign.error ? messageOf(reassign.error) : undefined}>
        {anyFree && `${whoIsTold(booking)} and both hosts get an e-mail; time and link stay.`}
      </Hint>
      <div className="actions">
        <Button onClick={onClose}>Keep the host</Button>
        <Button
          look="primary"
          disabled={!anyFree}
          busy={reassign.isPending}
          onClick={() =>
            reassign.mutate(
              { id: booking.id, host: host || null },
              {
                onSuccess: (changed) => {
                  const name = changed.host.is_you ? "You have it" : `${changed.host.name} has it`;
                  showToast({ text: `${name} now. Everyone concerned gets an e-mail.` });
                  onClose();
                },
                onError: () => choices.refetch(),
              },
            )
          }
        >
          Give it over
        </Button>
      </div>
    </Dialog>
  );
}
