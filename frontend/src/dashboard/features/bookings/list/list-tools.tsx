import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { requestCountQuery } from "../../../api/bookings";
import { eventTypesQuery } from "../../../api/event-types";
import { SearchBox } from "../../../components/search-box";
import { STATUS } from "../status-tag";
import { isAhead, type ListQuery, TABS } from "./filters";

/** Tabs and filters; every change goes into the address. */
export function ListTools({
  query,
  onChange,
}: {
  query: ListQuery;
  onChange: (name: string, value: string) => void;
}) {
  const { data: eventTypes = [] } = useQuery(eventTypesQuery);
  const states = TABS.find(({ id }) => id === query.tab)?.states ?? [];
  return (
    <div className="tools bk-tools">
      <nav className="tabs" aria-label="Which bookings">
        {TABS.map(({ id, label }) => (
          <Link
            key={id}
            to={id === "upcoming" ? "/bookings" : `/bookings?tab=${id}`}
            aria-current={query.tab === id ? "true" : undefined}
          >
            {label}
            {id === "requests" && <RequestCount />}
          </Link>
        ))}
      </nav>
      <select
        className="input"
        aria-label="Event type"
        value={query.eventType}
        onChange={(event) => onChange("event_type", event.target.value)}
      >
        <option value="">All event types</option>
        {eventTypes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {states.length > 1 && (
        <select
          className="input"
          aria-label="State"
          value={query.status}
          onChange={(event) => onChange("status", event.target.value)}
        >
          <option value="">Any state</option>
          {states.map((state) => (
            <option key={state} value={state}>
              {STATUS[state].label}
            </option>
          ))}
        </select>
      )}
      <input
        className="input"
        type="date"
        aria-label={isAhead(query.tab) ? "From this day" : "Up to this day"}
        value={query.day}
        onChange={(event) => onChange("day", event.target.value)}
      />
      <DelayedSearch value={query.search} onChange={(text) => onChange("search", text)} />
    </div>
  );
}

/** How many wait for an answer; nothing where none does. */
function RequestCount() {
  const { data } = useQuery(requestCountQuery);
  if (!data?.count) return null;
  return <span className="count-mark">{data.more ? `${data.count}+` : data.count}</span>;
}

const TYPING_PAUSE_MS = 250;

/** Asks the server once typing pauses. */
function DelayedSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the clock
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <SearchBox label="Search bookings" value={text} onChange={setText} />;
}
