import { Globe, type LucideIcon, Mail, MapPin, Phone, UserRound, Video } from "lucide-react";
import type { ReactNode } from "react";
import type { Booking } from "../../../api/bookings";
import { Icon } from "../../../components/icon";
import { hostWords, isSession } from "../../../lib/booking-people";
import { plainAddress } from "../../../lib/words";
import { zoneCity, zoneOffset } from "../../../lib/zones";

const PLACE_ICON: Record<string, LucideIcon> = { video_call: Video, phone_call: Phone };

/** Where it is, who hosts it, and how to reach the invitee. */
export function ContactFacts({ booking }: { booking: Booking }) {
  const link = booking.meeting_link;
  const hosts = hostWords(booking.hosts);
  return (
    <div className="kv">
      {link && /^https?:\/\//.test(link) ? (
        <Fact icon={Video}>
          <a href={link} target="_blank" rel="noreferrer">
            {plainAddress(link)}
          </a>
        </Fact>
      ) : (
        booking.location_text && (
          <Fact icon={PLACE_ICON[booking.location_type] ?? MapPin}>{booking.location_text}</Fact>
        )
      )}
      {hosts && (
        <Fact icon={UserRound}>
          {hosts} <span className="muted">{booking.hosts.length > 1 ? "host it" : "hosts it"}</span>
        </Fact>
      )}
      {booking.invitee_email && (
        <Fact icon={Mail}>
          <a href={`mailto:${booking.invitee_email}`}>{booking.invitee_email}</a>
        </Fact>
      )}
      {booking.invitee_phone && (
        <Fact icon={Phone}>
          <a href={`tel:${booking.invitee_phone.replace(/[^+\d]/g, "")}`}>
            <bdi>{booking.invitee_phone}</bdi>
          </a>
        </Fact>
      )}
      {!isSession(booking) && (
        <Fact icon={Globe}>
          {zoneCity(booking.invitee_timezone)}{" "}
          <span className="muted">
            {zoneOffset(booking.invitee_timezone, new Date(booking.start_time))}
          </span>
        </Fact>
      )}
    </div>
  );
}

function Fact({ icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <div>
      <Icon of={icon} />
      <span>{children}</span>
    </div>
  );
}
