import { useQuery } from "@tanstack/react-query";
import { DoorOpen, ExternalLink, Link2 } from "lucide-react";
import { useState } from "react";
import { type Hosting, hostingQuery, useLeaveEventType } from "../../../api/hosting";
import { ActionMenu } from "../../../components/action-menu";
import { ConfirmDialog } from "../../../components/confirm-dialog";
import { LoadError } from "../../../components/states";
import { Tag } from "../../../components/tag";
import { showToast } from "../../../components/toast";
import { plainAddress } from "../../../lib/words";
import { copyLink } from "../links";
import "./hosting.css";

/** Event types of others that the signed-in user serves; nothing at all when there are none. */
export function HostingList() {
  const hosting = useQuery(hostingQuery);
  const [leaving, setLeaving] = useState<Hosting | null>(null);
  if (hosting.isError) {
    return <LoadError error={hosting.error} onRetry={() => hosting.refetch()} />;
  }
  if (!hosting.data?.length) return null;
  return (
    <>
      <ul className="list hosting" aria-labelledby="hosting-title">
        <li className="row grp">
          <h2 id="hosting-title">You are a host of</h2>
        </li>
        {hosting.data.map((each) => (
          <HostingRow key={each.event_type} hosting={each} onLeave={() => setLeaving(each)} />
        ))}
      </ul>
      <LeaveHostingDialog hosting={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function HostingRow({ hosting, onLeave }: { hosting: Hosting; onLeave: () => void }) {
  return (
    <li className="row it">
      <span className="title">
        <span className="title-line">
          <a className="name" href={hosting.booking_url} target="_blank" rel="noreferrer">
            {hosting.name}
          </a>
          {!hosting.is_active && <Tag>Off</Tag>}
        </span>
        <span className="meta">
          <bdi>{hosting.organizer_name}</bdi> · <bdi>{plainAddress(hosting.booking_url)}</bdi>
        </span>
      </span>
      <span className="muted hosting-part">{partWords(hosting)}</span>
      <ActionMenu
        label={`More for ${hosting.name}`}
        actions={[
          {
            id: "open",
            label: "Open page",
            icon: ExternalLink,
            run: () => window.open(hosting.booking_url, "_blank", "noopener"),
          },
          { id: "copy", label: "Copy link", icon: Link2, run: () => copyLink(hosting) },
          {
            id: "leave",
            label: "Leave",
            icon: DoorOpen,
            danger: true,
            apart: true,
            run: onLeave,
          },
        ]}
      />
    </li>
  );
}

/** What it means to be a host there, in few words. */
export function partWords({ kind, required }: Pick<Hosting, "kind" | "required">): string {
  if (kind === "round_robin") return required ? "You always attend" : "You take turns";
  return kind === "collective" ? "All hosts together" : "You serve it";
}

/** Only the organizer can take somebody in again, so it is asked first. */
function LeaveHostingDialog({
  hosting,
  onClose,
}: {
  hosting: Hosting | null;
  onClose: () => void;
}) {
  const leave = useLeaveEventType();
  if (!hosting) return null;
  return (
    <ConfirmDialog
      question={`Leave ${hosting.name}?`}
      keep="Stay a host"
      confirm="Leave event type"
      busy={leave.isPending}
      error={leave.error}
      isOpen
      onClose={onClose}
      onConfirm={() =>
        leave.mutate(hosting.event_type, {
          onSuccess: () => {
            onClose();
            showToast({ text: `You are no longer a host of ${hosting.name}.` });
          },
        })
      }
    >
      <p className="muted">
        It takes no more of your time. Bookings that were made stay yours, and only{" "}
        {hosting.organizer_name} can make you a host again.
      </p>
    </ConfirmDialog>
  );
}
