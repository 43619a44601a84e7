import type { EventType } from "../../api/event-types";
import { showToast } from "../../components/toast";
import { copyText } from "../../lib/copy-text";
import { plainAddress } from "../../lib/words";

export const pathOf = (slug: string, eventType: EventType): string =>
  `/${slug}/${eventType.event_type_slug}`;

export async function copyLink({ booking_url }: Pick<EventType, "booking_url">): Promise<void> {
  const copied = await copyText(booking_url);
  showToast({
    text: copied
      ? "Link copied."
      : `Your browser does not allow copying: ${plainAddress(booking_url)}`,
  });
}
