import * as z from "zod/mini";
import { limitsSchema } from "../../lib/limits";
import { isHexColor } from "./accent";

export const settingsSchema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, { error: "Enter your name." })),
  slug: z.string().check(
    z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
      error: "Use small letters, digits and single hyphens.",
    }),
  ),
  timezone: z.string(),
  locale: z.string(),
  week_start: z.number(),
  default_slot_interval: z
    .number({ error: "Use 0 to 1,440 minutes." })
    .check(z.minimum(0, { error: "Use 0 to 1,440 minutes." }), z.maximum(1440)),
  booking_limits: limitsSchema,
  bio: z.string().check(z.maxLength(1000, { error: "Use at most 1,000 characters." })),
  contact: z.string().check(z.maxLength(200, { error: "Use at most 200 characters." })),
  accent_color: z.string().check(
    z.refine((color) => color === "" || isHexColor(color), {
      error: "Write the colour as #rrggbb.",
    }),
  ),
});

export type SettingsValues = z.infer<typeof settingsSchema>;
