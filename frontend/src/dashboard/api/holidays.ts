import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type { Schemas } from "./schemas";

export type Holiday = Schemas["Holiday"];
/** `country` is empty while none is chosen, `region` for the whole country. */
export type HolidayCalendar = Schemas["Holidays"];
/** Without `open_dates`, those stay that are holidays of the new place too. */
export type HolidayChoice = Pick<HolidayCalendar, "country" | "region"> &
  Partial<Pick<HolidayCalendar, "open_dates">>;
export type Country = Schemas["Country"];

const PATH = "/api/v1/availability/holidays/";

export const holidaysQuery = queryOptions({
  queryKey: ["holidays", "mine"],
  queryFn: ({ signal }) => request<HolidayCalendar>("GET", PATH, { signal }),
});

export const countriesQuery = queryOptions({
  queryKey: ["holidays", "countries"],
  queryFn: async ({ signal }) => {
    const answer = await request<Schemas["Countries"]>("GET", `${PATH}countries/`, { signal });
    return answer.countries;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** Changes of one calendar are sent one after the other: the last one made is the one that stays. */
const SCOPE = { id: "holidays" };

export function useChooseHolidays() {
  const client = useQueryClient();
  return useMutation({
    scope: SCOPE,
    mutationFn: (body: HolidayChoice) => request<HolidayCalendar>("PATCH", PATH, { body }),
    onSuccess: (saved) => client.setQueryData(holidaysQuery.queryKey, saved),
  });
}

export function useRemoveHolidays() {
  const client = useQueryClient();
  return useMutation({
    scope: SCOPE,
    mutationFn: () => request<void>("DELETE", PATH),
    onSuccess: () =>
      client.setQueryData(holidaysQuery.queryKey, {
        country: "",
        region: "",
        open_dates: [],
        days: [],
      }),
  });
}

/** Shows the switch's new state at once and takes that day back if the server refuses. */
export function useSetHolidayOpen() {
  const client = useQueryClient();
  return useMutation({
    scope: SCOPE,
    mutationFn: () => {
      const open_dates = client.getQueryData(holidaysQuery.queryKey)?.open_dates ?? [];
      return request<HolidayCalendar>("PATCH", PATH, { body: { open_dates } });
    },
    onMutate: async ({ date, is_open }: Pick<Holiday, "date" | "is_open">) => {
      await client.cancelQueries({ queryKey: holidaysQuery.queryKey });
      setOpen(client, date, is_open);
    },
    onError: (_error, { date, is_open }) => setOpen(client, date, !is_open),
  });
}

function setOpen(client: QueryClient, date: string, is_open: boolean): void {
  client.setQueryData(
    holidaysQuery.queryKey,
    (calendar) => calendar && withDay(calendar, date, is_open),
  );
}

/** The calendar with that day worked on or closed; open dates of other years stay. */
export function withDay(
  calendar: HolidayCalendar,
  date: string,
  is_open: boolean,
): HolidayCalendar {
  const others = calendar.open_dates.filter((open) => open !== date);
  return {
    ...calendar,
    open_dates: is_open ? [...others, date].sort() : others,
    days: calendar.days.map((day) => (day.date === date ? { ...day, is_open } : day)),
  };
}
