import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Attendee, BOOKINGS_PATH } from "./bookings";
import { request } from "./client";

export interface NewAttendee {
  name: string;
  email: string;
  phone?: string;
  timezone?: string;
  /** Whether they get an e-mail with their link. */
  notify: boolean;
}

/** Gives somebody a seat of a session. */
export function useAddAttendee() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ bookingId, ...body }: NewAttendee & { bookingId: string }) =>
      request<Attendee>("POST", `${BOOKINGS_PATH}${bookingId}/attendees/add/`, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["bookings"] }),
  });
}

interface OnAttendee {
  bookingId: string;
  attendeeId: string;
}

export const useRemoveAttendee = () => useAttendeeAction<{ reason: string }>("remove");

export const useAttendeeNoShow = () => useAttendeeAction<object>("no-show");

/** Gives their seat another start of the same event type. */
export const useMoveAttendee = () => useAttendeeAction<{ start_time: string }>("move");

/** Takes a no-show back. */
export const useAttendeeShowed = () => useAttendeeAction<object>("showed");

function useAttendeeAction<Body>(action: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ bookingId, attendeeId, ...body }: Body & OnAttendee) =>
      request<unknown>("POST", `${BOOKINGS_PATH}${bookingId}/attendees/${attendeeId}/${action}/`, {
        body,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["bookings"] }),
  });
}
