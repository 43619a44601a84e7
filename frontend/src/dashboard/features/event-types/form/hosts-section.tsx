import { type UseFormReturn, useWatch } from "react-hook-form";
import { useMe } from "../../../api/me";
import { Button } from "../../../components/button";
import { type Choice, ChoiceList } from "../../../components/choice-list";
import { HostsEditor } from "./hosts-editor";
import { NumberInput } from "./number-input";
import { Section } from "./section";
import { type EventTypeValues, isTeam, newHost } from "./values";

type Kind = EventTypeValues["kind"];

const KINDS: readonly Choice<Kind>[] = [
  { value: "one_on_one", label: "One-on-one", help: "A time takes one booking." },
  { value: "group", label: "Group with seats", help: "Several people book into the same time." },
  {
    value: "collective",
    label: "All hosts together",
    help: "Offered when every host is free; all of them come.",
  },
  {
    value: "round_robin",
    label: "Hosts take turns",
    help: "Offered when one of them is free; bookings are shared out among them.",
  },
];

const SEATS_OF_NEW_GROUP = 10;

/** Who is there: one host or several, one invitee or a group. */
export function HostsSection({ form }: { form: UseFormReturn<EventTypeValues> }) {
  const me = useMe();
  const { errors } = form.formState;
  const kind = useWatch({ control: form.control, name: "kind" });
  const setHosts = (hosts: EventTypeValues["hosts"]) =>
    form.setValue("hosts", hosts, { shouldDirty: true });
  const settle = (next: Kind) => {
    if (next === "group" && form.getValues("max_attendees") < 2) {
      form.setValue("max_attendees", SEATS_OF_NEW_GROUP, { shouldDirty: true });
    }
    const hosts = form.getValues("hosts");
    if (isTeam(next) && hosts.length === 0) {
      setHosts([newHost(me.id, me.name, next)]);
      return;
    }
    // Whoever served it alone was always there; in a round robin somebody has to take turns.
    if (next === "round_robin" && hosts.every(({ required }) => required)) {
      setHosts(hosts.map((host) => ({ ...host, required: false })));
    }
  };
  return (
    <Section id="hosts" lead="Who is there, and how many can book the same time.">
      <ChoiceList
        label="Kind"
        choices={KINDS}
        error={errors.kind?.message}
        {...form.register("kind", { onChange: (event) => settle(event.target.value) })}
      />
      {isTeam(kind) ? (
        <HostsEditor form={form} kind={kind} />
      ) : (
        <SingleHost form={form} myCode={me.id} />
      )}
      {kind !== "one_on_one" && (
        <NumberInput
          form={form}
          name="max_attendees"
          label="Seats"
          min={kind === "group" ? 2 : 1}
          max={100}
          help={
            kind === "group"
              ? "How many people one time has room for. Visitors see how many are left."
              : "1: a time takes one booking. More: several people book into the same time."
          }
        />
      )}
    </Section>
  );
}

/** Says so where somebody else serves it: through the API a single host may be any. */
function SingleHost({ form, myCode }: { form: UseFormReturn<EventTypeValues>; myCode: string }) {
  const hosts = useWatch({ control: form.control, name: "hosts" });
  const host = hosts.length === 1 ? hosts[0] : undefined;
  if (!host || host.user === myCode) return null;
  return (
    <p>
      {host.name || "Somebody else"} serves it, not you.{" "}
      <Button
        look="quiet"
        onClick={() => form.setValue("hosts", [], { shouldDirty: true, shouldValidate: true })}
      >
        Serve it myself
      </Button>
    </p>
  );
}
