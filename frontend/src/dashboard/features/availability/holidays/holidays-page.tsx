import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { dayInZone } from "../../../../shared/dates/days";
import {
  countriesQuery,
  type HolidayCalendar,
  holidaysQuery,
  useChooseHolidays,
  useRemoveHolidays,
} from "../../../api/holidays";
import { useMe } from "../../../api/me";
import { messageOf } from "../../../api/problem";
import { Button } from "../../../components/button";
import { EmptyState, LoadError, Waiting } from "../../../components/states";
import { showToast } from "../../../components/toast";
import { Frame } from "../frame";
import { HolidayList } from "./holiday-list";
import { PlaceFields } from "./place-fields";

export function Component() {
  const { timezone } = useMe();
  const calendar = useQuery(holidaysQuery);
  const countries = useQuery(countriesQuery);
  const choose = useChooseHolidays();
  const remove = useRemoveHolidays();
  const title = useRef<HTMLHeadingElement>(null);
  const failed = [calendar, countries].filter(({ isError }) => isError);
  const chosen = calendar.data;
  const removeAll = ({ country, region, open_dates }: HolidayCalendar) =>
    remove.mutate(undefined, {
      onSuccess: () => {
        showToast({
          text: "Your public holidays are removed.",
          undo: () => choose.mutate({ country, region, open_dates }),
        });
        title.current?.focus();
      },
      onError: (error) => showToast({ text: messageOf(error) }),
    });
  return (
    <Frame view="/availability/holidays">
      <section className="av-view" aria-labelledby="holidays-title">
        <div>
          <h2 id="holidays-title" ref={title} className="sr" tabIndex={-1}>
            Public holidays
          </h2>
          <p className="sub">
            Nothing can be booked on your country’s public holidays. Switch off those on which you
            work.
          </p>
        </div>
        {failed.length > 0 && (
          <LoadError
            error={failed[0]?.error}
            onRetry={() => {
              for (const query of failed) query.refetch();
            }}
          />
        )}
        {failed.length === 0 && !(chosen && countries.data) && <Waiting rows={6} />}
        {chosen && countries.data && (
          <>
            <PlaceFields
              place={(!choose.isSuccess && choose.variables) || chosen}
              countries={countries.data}
              error={choose.error}
              onChange={(next) => choose.mutate(next)}
            />
            {chosen.country ? (
              <div className="av-holidays" aria-busy={choose.isPending}>
                <HolidayList days={chosen.days} today={dayInZone(Date.now(), timezone)} />
                <Button look="quiet" busy={remove.isPending} onClick={() => removeAll(chosen)}>
                  Remove public holidays
                </Button>
              </div>
            ) : (
              <EmptyState title="No country chosen">
                Choose yours, and its public holidays are closed, this year and every year.
              </EmptyState>
            )}
          </>
        )}
      </section>
    </Frame>
  );
}
