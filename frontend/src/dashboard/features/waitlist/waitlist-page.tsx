import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { dayInZone } from "../../../shared/dates/days";
import { eventTypesQuery } from "../../api/event-types";
import { useMe } from "../../api/me";
import { messageOf } from "../../api/problem";
import { useNotifyEntry, type WaitlistEntry, waitlistQuery } from "../../api/waitlist";
import { Button, ButtonLink } from "../../components/button";
import { PageHead } from "../../components/page-head";
import { EmptyState, LoadError, Waiting } from "../../components/states";
import { showToast } from "../../components/toast";
import { firstName } from "../../lib/booking-people";
import { dayHeading } from "../../lib/instants";
import { useNow } from "../../lib/time-left";
import { OfferDialog, RemoveDialog } from "./entry-dialogs";
import { EntryRow } from "./entry-row";
import { Figures } from "./figures";
import { groupByDay } from "./group-by-day";
import { readView, TABS, toApiFilters, type WaitlistView } from "./tabs";
import "./waitlist.css";

export function Component() {
  const { timezone: zone } = useMe();
  const now = useNow();
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const list = useInfiniteQuery(waitlistQuery(toApiFilters(view)));
  const entries = list.data?.pages.flatMap((page) => page.results) ?? [];
  const notify = useNotifyEntry();
  const [open, setOpen] = useState<{ what: "offer" | "remove"; entry: WaitlistEntry } | null>(null);
  const close = () => setOpen(null);
  const today = dayInZone(now, zone);

  const offer = (entry: WaitlistEntry) => {
    // Passing somebody over is asked about; whose turn it is, is not.
    if (entry.position !== null && entry.position > 1) return setOpen({ what: "offer", entry });
    notify.mutate(entry.id, {
      onSuccess: () =>
        showToast({ text: `${firstName(entry.invitee_name)} gets an offer by e-mail.` }),
      onError: (error) => showToast({ text: messageOf(error) }),
    });
  };

  return (
    <>
      <PageHead title="Waitlist" />
      <Figures />
      <Tools
        view={view}
        onEventType={(id) =>
          setParams(
            (before) => {
              const after = new URLSearchParams(before);
              if (id) after.set("event_type", id);
              else after.delete("event_type");
              return after;
            },
            { replace: true },
          )
        }
      />
      {list.isPending && <Waiting rows={5} />}
      {list.isError && <LoadError error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && entries.length === 0 && <Nobody view={view} />}
      {entries.length > 0 && (
        <ul className="list waitlist">
          {groupByDay(entries, zone, view.tab === "waiting").map(([day, ofDay]) => (
            <Fragment key={day}>
              <li className="row grp">
                <h2>
                  {dayHeading(day, today)}{" "}
                  <span>{ofDay.length === 1 ? "1 person" : `${ofDay.length} people`}</span>
                </h2>
              </li>
              {ofDay.map((entry) => (
                <EntryRow
                  key={entry.id}
                  entry={entry}
                  zone={zone}
                  now={now}
                  busy={notify.isPending && notify.variables === entry.id}
                  onOffer={() => offer(entry)}
                  onRemove={() => setOpen({ what: "remove", entry })}
                />
              ))}
            </Fragment>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <p className="wl-more">
          <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Load more
          </Button>
        </p>
      )}
      {open?.what === "offer" && <OfferDialog entry={open.entry} onClose={close} />}
      {open?.what === "remove" && <RemoveDialog entry={open.entry} onClose={close} />}
    </>
  );
}

function Tools({ view, onEventType }: { view: WaitlistView; onEventType: (id: string) => void }) {
  const { data: eventTypes = [] } = useQuery(eventTypesQuery);
  const kept = view.eventType ? `event_type=${view.eventType}` : "";
  return (
    <div className="tools wl-tools">
      <nav className="tabs" aria-label="Which entries">
        {TABS.map(({ id, label }) => {
          const query = [id === "waiting" ? "" : `tab=${id}`, kept].filter(Boolean).join("&");
          return (
            <Link
              key={id}
              to={query ? `/waitlist?${query}` : "/waitlist"}
              aria-current={view.tab === id ? "true" : undefined}
            >
              {label}
            </Link>
          );
        })}
      </nav>
      <select
        className="input"
        aria-label="Event type"
        value={view.eventType}
        onChange={(event) => onEventType(event.target.value)}
      >
        <option value="">All event types</option>
        {eventTypes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Nobody({ view }: { view: WaitlistView }) {
  const { data: eventTypes = [] } = useQuery(eventTypesQuery);
  if (view.eventType) {
    return (
      <EmptyState title="Nobody here for this event type">
        Choose another one to see who waits for it.
      </EmptyState>
    );
  }
  if (view.tab === "booked") {
    return <EmptyState title="Nobody was booked from the waitlist yet" />;
  }
  if (view.tab === "ended") return <EmptyState title="Nobody lapsed or left" />;
  if (!eventTypes.some(({ enable_waitlist }) => enable_waitlist)) {
    return (
      <EmptyState
        title="No event type has a waitlist"
        action={<ButtonLink to="/event-types">Choose an event type</ButtonLink>}
      >
        With one, a time that is full can be waited for, and a cancelled one finds its next taker by
        itself.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody is waiting">
      When a time is full, visitors can join the waitlist on its page.
    </EmptyState>
  );
}
