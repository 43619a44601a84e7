import { type FormEvent, useRef, useState } from "react";
import { useAddAttendee } from "../../../../api/attendees";
import type { Booking } from "../../../../api/bookings";
import { ApiProblem, messageOf } from "../../../../api/problem";
import { Button } from "../../../../components/button";
import { Dialog } from "../../../../components/dialog";
import { TextField } from "../../../../components/inputs";
import { Option } from "../../../../components/option";
import { showToast } from "../../../../components/toast";
import { ZoneField } from "../../../../components/zone-field";
import { firstName } from "../../../../lib/booking-people";

const PLACES = ["name", "email", "phone", "timezone"] as const;

/** Gives somebody a seat by hand, whether or not the time can still be booked by visitors. */
export function AddAttendeeDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const add = useAddAttendee();
  const [draft, setDraft] = useState({
    name: "",
    email: "",
    phone: "",
    timezone: booking.host_timezone,
    notify: true,
  });
  const [isSent, setSent] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const faults = { ...refusals(add.error), ...(isSent ? missing(draft) : {}) };
  const change = (changes: Partial<typeof draft>) => {
    setDraft({ ...draft, ...changes });
    add.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    const fault = Object.keys(missing(draft))[0];
    if (fault) {
      form.current?.querySelector<HTMLInputElement>(`[name="${fault}"]`)?.focus();
      return;
    }
    add.mutate(
      { bookingId: booking.id, ...draft, name: draft.name.trim(), email: draft.email.trim() },
      {
        onSuccess: () => {
          const mail = draft.notify ? " They get an e-mail with their link." : "";
          showToast({ text: `${firstName(draft.name)} is in.${mail}` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title="Add somebody" isOpen onClose={onClose}>
      <form className="form" ref={form} onSubmit={submit} noValidate>
        <TextField
          label="Name"
          name="name"
          autoFocus
          maxLength={200}
          autoComplete="off"
          value={draft.name}
          error={faults.name}
          onChange={(event) => change({ name: event.target.value })}
        />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          maxLength={254}
          autoComplete="off"
          value={draft.email}
          error={faults.email}
          onChange={(event) => change({ email: event.target.value })}
        />
        <TextField
          label="Phone"
          name="phone"
          type="tel"
          optional
          maxLength={40}
          autoComplete="off"
          value={draft.phone}
          error={faults.phone}
          onChange={(event) => change({ phone: event.target.value })}
        />
        <ZoneField
          label="Time zone"
          value={draft.timezone}
          error={faults.timezone}
          help="Of their mails and their page."
          onChange={(timezone) => change({ timezone })}
        />
        <Option
          label="Send them an e-mail"
          help="With the time, the place, and a link to leave again."
          checked={draft.notify}
          onChange={(event) => change({ notify: event.target.checked })}
        />
        {faults.summary && (
          <p className="hint error" role="alert">
            {faults.summary}
          </p>
        )}
        <div className="actions">
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" type="submit" busy={add.isPending}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Faults = Partial<Record<(typeof PLACES)[number] | "summary", string>>;

/** What the browser can tell by itself. */
export function missing({ name, email }: { name: string; email: string }): Faults {
  const faults: Faults = {};
  if (!name.trim()) faults.name = "Enter their name.";
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) {
    faults.email = "Enter an e-mail address, such as ana@example.com.";
  }
  return faults;
}

/** The server's complaints at their fields; the rest in one sentence. */
function refusals(error: unknown): Faults {
  if (!error) return {};
  const placed: Faults = {};
  const loose: string[] = [];
  for (const [path, message] of error instanceof ApiProblem ? Object.entries(error.fields) : []) {
    const place = PLACES.find((name) => name === path);
    if (place) placed[place] = message;
    else loose.push(message);
  }
  if (Object.keys(placed).length > 0 && loose.length === 0) return placed;
  return { ...placed, summary: loose.join(" ") || messageOf(error) };
}
