/** What the form asks beside who books: a code from an e-mail, and that robots stay out. */

import { ProblemError, requestJson } from "../../shared/api/problem";
import type { EventType } from "../init";
import type { Page } from "./page";

const CODE_URL = "/api/v1/events/bookings/email-code/";

/** Whether the organizer has to confirm a booking of `start` that is made now (milliseconds). */
export function isRequest(eventType: EventType, start: string, now: number): boolean {
  if (!eventType.requires_confirmation) return false;
  const within = eventType.confirmation_within_minutes;
  return within === null || Date.parse(start) - now < within * 60_000;
}

/** Whether a booking was refused only because the address is not proved yet. */
export const lacksCode = (error: unknown): boolean =>
  error instanceof ProblemError &&
  error.problem.errors.some(({ code }) => code === "email_code_required");

/** Has a code mailed to the address; the one before it is dead. */
export function mailCode(page: Page, email: string): Promise<unknown> {
  const { organizer, event_type: eventType, locale } = page.init;
  return requestJson(CODE_URL, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      organizer_slug: organizer.slug,
      event_type_slug: eventType.slug,
      email,
      locale,
    }),
  });
}

/** A field that nobody sees or reaches; only robots fill it in. */
export function Trap({ page }: { page: Page }) {
  return (
    <p className="sr" aria-hidden="true">
      <label>
        {page.t("leave_empty")} <input name="website" tabIndex={-1} autoComplete="off" />
      </label>
    </p>
  );
}

/** Asks for another code; beside the field, and after the server has refused one. */
export function NewCode({ page, onAsk }: { page: Page; onAsk(): void }) {
  return (
    <button type="button" className="plain" onClick={onAsk}>
      {page.t("email_code_again")}
    </button>
  );
}
