import { Ban, Check, CheckCheck, Clock3, type LucideIcon, MoveRight, UserX, X } from "lucide-react";
import type { BookingStatus } from "../../api/bookings";
import { Tag, type Tone } from "../../components/tag";

export const STATUS: Record<BookingStatus, { label: string; tone: Tone; icon: LucideIcon }> = {
  pending: { label: "To confirm", tone: "warn", icon: Clock3 },
  confirmed: { label: "Confirmed", tone: "ok", icon: Check },
  completed: { label: "Completed", tone: "neutral", icon: CheckCheck },
  no_show: { label: "No-show", tone: "warn", icon: UserX },
  cancelled: { label: "Cancelled", tone: "danger", icon: X },
  rejected: { label: "Rejected", tone: "danger", icon: Ban },
  expired: { label: "Expired", tone: "neutral", icon: Clock3 },
  rescheduled: { label: "Moved", tone: "neutral", icon: MoveRight },
};

/** The state in words, with an icon, so that colour never says it alone. */
export function StatusTag({ status }: { status: BookingStatus }) {
  const { label, tone, icon } = STATUS[status];
  return (
    <Tag tone={tone} icon={icon}>
      {label}
    </Tag>
  );
}
