import * as z from "zod/mini";

/** What a limit counts: bookings, or minutes, in a period. */
export const PERIODS = [
  "day",
  "week",
  "month",
  "total_minutes_per_day",
  "total_minutes_per_week",
  "total_minutes_per_month",
] as const;

export type Period = (typeof PERIODS)[number];

/** What a limit's number is of: "bookings a week". */
export const LIMIT_WORDS: Record<Period, string> = {
  day: "bookings a day",
  week: "bookings a week",
  month: "bookings a month",
  total_minutes_per_day: "minutes a day",
  total_minutes_per_week: "minutes a week",
  total_minutes_per_month: "minutes a month",
};

const WHOLE = "Use a whole number from 1.";

/** At most one limit of a kind; the server says the same. */
export const limitsSchema = z
  .array(
    z.object({
      per: z.enum(PERIODS),
      max: z
        .number({ error: WHOLE })
        .check(z.int({ error: WHOLE }), z.minimum(1, { error: WHOLE }), z.maximum(50_000)),
    }),
  )
  .check((context) => {
    context.value.forEach(({ per }, index) => {
      if (context.value.findIndex((other) => other.per === per) < index) {
        context.issues.push({
          code: "custom",
          input: context.value,
          path: [index, "per"],
          message: "There is a limit of this kind already.",
        });
      }
    });
  });

export type Limit = z.infer<typeof limitsSchema>[number];
