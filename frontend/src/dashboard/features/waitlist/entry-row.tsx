import { Check, Clock3, Mail, UserMinus } from "lucide-react";
import { Link } from "react-router";
import type { WaitlistEntry } from "../../api/waitlist";
import { ActionMenu } from "../../components/action-menu";
import { Button } from "../../components/button";
import { Tag } from "../../components/tag";
import { showToast } from "../../components/toast";
import { firstName } from "../../lib/booking-people";
import { copyText } from "../../lib/copy-text";
import { hueClass } from "../../lib/hues";
import { formatMoment } from "../../lib/instants";
import { timeLeft } from "../../lib/time-left";
import { count } from "../../lib/words";
import { wishWords } from "./words";

export function EntryRow({
  entry,
  zone,
  now,
  busy,
  onOffer,
  onRemove,
}: {
  entry: WaitlistEntry;
  zone: string;
  /** The present, in milliseconds. */
  now: number;
  busy: boolean;
  onOffer: () => void;
  onRemove: () => void;
}) {
  const name = entry.invitee_name || "Erased";
  const isWaiting = entry.status === "active" || entry.status === "notified";
  return (
    <li className={`row ${hueClass(entry.event_type.color)}`}>
      <span className="wl-time t">{wishWords(entry, zone)}</span>
      <span className="wl-who">
        <b>
          <bdi>{name}</bdi>
        </b>
        <span className="meta">
          <bdi>{entry.invitee_email}</bdi>
        </span>
      </span>
      <span className="cell wl-type">
        <i className="dot" aria-hidden="true" />
        <span>{entry.event_type.name}</span>
      </span>
      <span className="wl-state">
        <State entry={entry} zone={zone} now={now} />
      </span>
      <span className="acts">
        {entry.status === "active" && (
          <Button aria-label={`Offer ${name} a time now`} busy={busy} onClick={onOffer}>
            Offer now
          </Button>
        )}
        {isWaiting && (
          <ActionMenu
            label={`More for ${name}`}
            actions={[
              {
                id: "copy",
                label: "Copy e-mail address",
                icon: Mail,
                run: async () => {
                  const copied = await copyText(entry.invitee_email);
                  showToast({
                    text: copied ? "Address copied." : "Your browser does not allow copying.",
                  });
                },
              },
              {
                id: "remove",
                label: `Remove ${firstName(name)}`,
                icon: UserMinus,
                danger: true,
                apart: true,
                run: onRemove,
              },
            ]}
          />
        )}
        {entry.converted_booking && (
          <Link className="btn quiet" to={`/bookings/${entry.converted_booking}`}>
            Open booking
          </Link>
        )}
      </span>
    </li>
  );
}

/** Where somebody stands, and what was offered to them. */
function State({ entry, zone, now }: { entry: WaitlistEntry; zone: string; now: number }) {
  if (entry.status === "active") {
    return (
      <>
        {entry.position !== null && <span>No. {entry.position} in line</span>}
        <span className="meta">
          {entry.offers_made > 0
            ? `${count(entry.offers_made, "offer")} lapsed`
            : `Since ${formatMoment(entry.created_at, zone)}`}
        </span>
      </>
    );
  }
  if (entry.status === "notified") {
    const left = entry.offer_expires_at ? timeLeft(entry.offer_expires_at, now) : null;
    return (
      <>
        <span>
          <Tag tone="warn" icon={Clock3}>
            Offered
          </Tag>
        </span>
        <span className="meta">{left ? `${left} left to take it` : "About to lapse"}</span>
      </>
    );
  }
  if (entry.status === "converted") {
    return (
      <span>
        <Tag tone="ok" icon={Check}>
          Booked
        </Tag>
      </span>
    );
  }
  return (
    <>
      <span>
        <Tag>{entry.status === "expired" ? "Lapsed" : "Left"}</Tag>
      </span>
      {entry.offers_made > 0 && <span className="meta">{count(entry.offers_made, "offer")}</span>}
    </>
  );
}
