import { useInfiniteQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { useSearchParams } from "react-router";
import { dayInZone } from "../../../../shared/dates/days";
import { type Booking, bookingsQuery } from "../../../api/bookings";
import { Button } from "../../../components/button";
import { EmptyState, LoadError, Waiting } from "../../../components/states";
import { dayHeading } from "../../../lib/instants";
import { count } from "../../../lib/words";
import { CopyPageLink } from "../copy-page-link";
import { BookingRow } from "./booking-row";
import { isAhead, type ListQuery, readListQuery, toApiFilters } from "./filters";
import { groupByDay } from "./group-by-day";
import { ListTools } from "./list-tools";
import { useWaiting } from "./use-waiting";

export function ListView({
  zone,
  now,
  selected,
  onSelect,
}: {
  zone: string;
  now: number;
  selected: string | null;
  onSelect: (booking: Booking) => boolean;
}) {
  const [params, setParams] = useSearchParams();
  const query = readListQuery(params);
  const list = useInfiniteQuery(bookingsQuery(toApiFilters(query, now, zone)));
  const bookings = list.data?.pages.flatMap((page) => page.results) ?? [];
  const today = dayInZone(now, zone);
  const waiting = useWaiting();

  const change = (name: string, value: string) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value) after.set(name, value);
        else after.delete(name);
        return after;
      },
      { replace: true },
    );

  return (
    <>
      <ListTools query={query} onChange={change} />
      {list.isPending && <Waiting rows={8} height={44} />}
      {list.isError && <LoadError error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && bookings.length === 0 && <NoBookings query={query} />}
      {bookings.length > 0 && (
        <ul className="list bookings">
          {groupByDay(bookings, zone).map(([day, ofDay]) => (
            <Fragment key={day}>
              <li className="row grp">
                <h2>
                  {dayHeading(day, today)} <span>{count(ofDay.length, "booking")}</span>
                </h2>
              </li>
              {ofDay.map((booking) => (
                <BookingRow
                  key={booking.id}
                  booking={booking}
                  zone={zone}
                  waiting={waiting(booking)}
                  isAnswerable={isAhead(query.tab)}
                  selected={booking.id === selected}
                  onSelect={onSelect}
                />
              ))}
            </Fragment>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <p className="bk-more">
          <Button busy={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
            Load more
          </Button>
        </p>
      )}
    </>
  );
}

function NoBookings({ query }: { query: ListQuery }) {
  const filtered = query.status || query.eventType || query.day || query.search;
  if (filtered) {
    return (
      <EmptyState title="No bookings match">
        Change or clear a filter to see more of them.
      </EmptyState>
    );
  }
  if (query.tab === "upcoming") {
    return (
      <EmptyState title="No bookings ahead" action={<CopyPageLink />}>
        Share your link to get the first.
      </EmptyState>
    );
  }
  if (query.tab === "requests") {
    return (
      <EmptyState title="No requests to answer">
        Event types that you confirm yourself collect them here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={query.tab === "past" ? "Nothing has taken place yet" : "Nothing was cancelled"}
    />
  );
}
