import { Plus } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { type UseFormReturn, useFieldArray } from "react-hook-form";
import { Link } from "react-router";
import { Button } from "../../../components/button";
import { Field, Hint } from "../../../components/field";
import { Icon } from "../../../components/icon";
import { findCodeProblem, readHostCode } from "./host-code";
import { HostRow } from "./host-row";
import "./hosts.css";
import { type EventTypeValues, newHost } from "./values";

/** The hosts of a team in their order, and a field that adds one by code. */
export function HostsEditor({
  form,
  kind,
}: {
  form: UseFormReturn<EventTypeValues>;
  kind: EventTypeValues["kind"];
}) {
  const hosts = useFieldArray({ control: form.control, name: "hosts" });
  const codeInput = useRef<HTMLInputElement>(null);
  const faults = form.formState.errors.hosts;
  const codes = form.watch("hosts").map(({ user }) => user);
  return (
    <>
      <div className="field">
        <span className="label" id="hosts-list">
          Hosts
        </span>
        <ul className="list hosts" aria-labelledby="hosts-list">
          {hosts.fields.length === 0 && <li className="row muted">Nobody yet.</li>}
          {hosts.fields.map((host, index) => (
            <HostRow
              key={host.id}
              form={form}
              index={index}
              isLast={index === hosts.fields.length - 1}
              takesTurns={kind === "round_robin"}
              onMove={(to) => hosts.move(index, to)}
              onRemove={() => {
                hosts.remove(index);
                // Once the menu is gone: while it is open it keeps the focus.
                setTimeout(() => codeInput.current?.focus());
              }}
            />
          ))}
        </ul>
        <Hint id="hosts-hint" error={faults?.root?.message ?? faults?.message}>
          {kind === "round_robin"
            ? "Who has weight 2 gets twice as many bookings as who has 1. At a tie the higher priority decides, then who was booked longest ago, then the order here."
            : "The first one's name stands first in mails and calendars."}
        </Hint>
      </div>
      <AddHost
        inputRef={codeInput}
        taken={codes}
        onAdd={(code) => hosts.append(newHost(code, "", kind), { shouldFocus: false })}
      />
    </>
  );
}

function AddHost({
  inputRef,
  taken,
  onAdd,
}: {
  inputRef: RefObject<HTMLInputElement | null>;
  taken: readonly string[];
  onAdd: (code: string) => void;
}) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const add = () => {
    const code = readHostCode(typed);
    const problem = findCodeProblem(code, taken);
    setFault(problem);
    inputRef.current?.focus();
    if (problem) return;
    onAdd(code);
    setTyped("");
  };
  return (
    <Field
      label="Add a host"
      error={fault}
      help={
        <>
          Ask your colleague for their host code; it stands in their{" "}
          <Link className="link" to="/settings#host-code">
            Settings
          </Link>
          .
        </>
      }
    >
      {(control) => (
        <div className="et-add">
          <input
            ref={inputRef}
            className="input"
            placeholder="Host code"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
            {...control}
          />
          <Button onClick={add}>
            <Icon of={Plus} />
            Add host
          </Button>
        </div>
      )}
    </Field>
  );
}
