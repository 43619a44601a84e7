import { type FormEvent, useState } from "react";
import { ApiProblem, messageOf } from "../../api/problem";
import { type Schedule, useCreateSchedule } from "../../api/schedules";
import { Button } from "../../components/button";
import { Dialog } from "../../components/dialog";
import { TextField } from "../../components/inputs";

const OFFICE_HOURS = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: "09:00", end: "17:00" }));

export function NewScheduleDialog({
  timezone,
  onCreated,
  onClose,
}: {
  timezone: string;
  onCreated: (schedule: Schedule) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState("");
  const create = useCreateSchedule();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { name: name.trim(), timezone, weekly: OFFICE_HOURS, overrides: [], rules: [] },
      { onSuccess: onCreated },
    );
  };
  const fault = create.error instanceof ApiProblem ? create.error.fields.name : undefined;
  return (
    <Dialog title="New schedule" isOpen onClose={onClose}>
      <form onSubmit={submit}>
        <TextField
          label="Name"
          placeholder="Summer hours"
          autoFocus
          required
          maxLength={120}
          value={name}
          error={create.error ? (fault ?? messageOf(create.error)) : undefined}
          help="It starts with Monday to Friday, 09:00 to 17:00."
          onChange={(event) => setName(event.target.value)}
        />
        <div className="actions">
          <Button onClick={onClose}>Back</Button>
          <Button look="primary" type="submit" busy={create.isPending}>
            Create schedule
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
