import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { type UseFormReturn, useController, useWatch } from "react-hook-form";
import { useMe } from "../../../api/me";
import { schedulesQuery } from "../../../api/schedules";
import { type Action, ActionMenu } from "../../../components/action-menu";
import { Hint } from "../../../components/field";
import { SelectField } from "../../../components/inputs";
import { Tag } from "../../../components/tag";
import { initials } from "../../../lib/words";
import { shortCode } from "./host-code";
import { NumberInput } from "./number-input";
import type { EventTypeValues } from "./values";

const PARTS = [
  { value: "turns", label: "Takes turns" },
  { value: "always", label: "Always attends" },
];

/** One host: who, in which part, by whose hours; and what the server said about them. */
export function HostRow({
  form,
  index,
  isLast,
  takesTurns,
  onMove,
  onRemove,
}: {
  form: UseFormReturn<EventTypeValues>;
  index: number;
  isLast: boolean;
  /** Whether the event type is a round robin, where hosts have a part and a weight. */
  takesTurns: boolean;
  onMove: (to: number) => void;
  onRemove: () => void;
}) {
  const me = useMe();
  const code = useController({ control: form.control, name: `hosts.${index}.user` });
  const host = useWatch({ control: form.control, name: `hosts.${index}` });
  const faults = form.formState.errors.hosts?.[index];
  const isMe = host.user === me.id;
  const name = (isMe && me.name) || host.name || shortCode(host.user);
  const actions: Action[] = [
    {
      id: "remove",
      label: "Remove",
      icon: Trash2,
      danger: true,
      apart: !isLast || index > 0,
      run: onRemove,
    },
  ];
  if (!isLast) {
    actions.unshift({
      id: "down",
      label: "Move down",
      icon: ArrowDown,
      run: () => onMove(index + 1),
    });
  }
  if (index > 0) {
    actions.unshift({ id: "up", label: "Move up", icon: ArrowUp, run: () => onMove(index - 1) });
  }
  return (
    // Focusable by script only: the server's complaint about a host leads here.
    <li className="row host" ref={code.field.ref} tabIndex={-1} aria-label={name}>
      <div className="host-head">
        <span className="face" aria-hidden="true">
          {initials(isMe ? me.name : host.name) || "?"}
        </span>
        <span className="host-name">
          <b>{name}</b>
          {isMe && <Tag>You</Tag>}
          {!isMe && !host.name && <small>The name is shown once this is saved.</small>}
        </span>
        <ActionMenu label={`More for ${name}`} actions={actions} />
      </div>
      {(faults?.user?.message ?? faults?.message) && (
        <Hint id={`host-${index}-fault`} error={faults?.user?.message ?? faults?.message} />
      )}
      {takesTurns && <TurnFields form={form} index={index} name={name} always={host.required} />}
      {isMe && <OwnHours form={form} index={index} />}
      {!isMe && faults?.schedule?.message && (
        <Hint id={`host-${index}-hours`} error={faults.schedule.message} />
      )}
    </li>
  );
}

function TurnFields({
  form,
  index,
  name,
  always,
}: {
  form: UseFormReturn<EventTypeValues>;
  index: number;
  name: string;
  always: boolean;
}) {
  const { field, fieldState } = useController({
    control: form.control,
    name: `hosts.${index}.required`,
  });
  return (
    <div className="host-turns">
      <SelectField
        label="Part"
        aria-label={`Part of ${name}`}
        options={PARTS}
        value={always ? "always" : "turns"}
        onChange={(event) => field.onChange(event.target.value === "always")}
        error={fieldState.error?.message}
        help={always ? "Must be free, and comes to every booking." : "One of these comes."}
      />
      {!always && (
        <>
          <NumberInput
            form={form}
            name={`hosts.${index}.weight`}
            label="Weight"
            aria-label={`Weight of ${name}`}
            min={1}
            max={100}
          />
          <NumberInput
            form={form}
            name={`hosts.${index}.priority`}
            label="Priority"
            aria-label={`Priority of ${name}`}
            min={0}
            max={100}
          />
        </>
      )}
    </div>
  );
}

/** Only one's own schedules can be chosen from; the others keep to their default hours. */
function OwnHours({ form, index }: { form: UseFormReturn<EventTypeValues>; index: number }) {
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const { field, fieldState } = useController({
    control: form.control,
    name: `hosts.${index}.schedule`,
  });
  if (field.value === null && !fieldState.error) return null;
  return (
    <SelectField
      label="Hours of yours that count here"
      options={[
        { value: "", label: "As chosen under Times" },
        ...schedules.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={field.value ?? ""}
      onChange={(event) => field.onChange(event.target.value || null)}
      error={fieldState.error?.message}
    />
  );
}
