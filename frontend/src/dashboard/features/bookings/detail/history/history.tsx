import { useQuery } from "@tanstack/react-query";
import { ArrowRight, ShieldAlert, ShieldCheck } from "lucide-react";
import { type AuditEntry, auditQuery, type ChainState, chainQuery } from "../../../../api/audit";
import { Icon } from "../../../../components/icon";
import { LoadError, Waiting } from "../../../../components/states";
import { formatMoment } from "../../../../lib/instants";
import { count } from "../../../../lib/words";
import { changesOf } from "./changes";
import { sentence } from "./sentence";

/** What happened to the booking, the latest first, and whether that is the whole of it. */
export function History({ bookingId, zone }: { bookingId: string; zone: string }) {
  const audit = useQuery(auditQuery(bookingId));
  const chain = useQuery({ ...chainQuery(bookingId), retry: false });
  if (audit.isError) return <LoadError error={audit.error} onRetry={() => audit.refetch()} />;
  if (!audit.data) return <Waiting rows={2} height={34} />;
  const broken = chain.data?.first_broken ?? null;
  return (
    <>
      <ol className="log">
        {audit.data.toReversed().map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            zone={zone}
            isBroken={broken !== null && entry.sequence === broken}
          />
        ))}
      </ol>
      {chain.data && <Chain state={chain.data} />}
    </>
  );
}

function Entry({ entry, zone, isBroken }: { entry: AuditEntry; zone: string; isBroken: boolean }) {
  const changes = changesOf(entry, zone);
  const from = entry.ip_address;
  return (
    <li data-broken={isBroken || undefined}>
      {sentence(entry)}
      <small className="t">{formatMoment(entry.created_at, zone)}</small>
      {changes.map((change) => (
        <small key={change.label} className="log-change">
          {change.label}:{" "}
          {change.from !== null && (
            <>
              <bdi>{change.from}</bdi> <Icon of={ArrowRight} size={12} flip />
              <span className="sr">to</span>{" "}
            </>
          )}
          <bdi>{change.to}</bdi>
        </small>
      ))}
      {from && (
        <small>
          From <bdi className="t">{from}</bdi>
        </small>
      )}
      {entry.erased_at && <small>Personal values erased</small>}
      {isBroken && <small className="error">Not as it was written</small>}
    </li>
  );
}

/** Every entry carries the fingerprint of the one before; here is what checking them gave. */
function Chain({ state }: { state: ChainState }) {
  if (!state.is_whole) {
    return (
      <p className="chain bad" role="alert">
        <Icon of={ShieldAlert} />
        <span>
          This history was tampered with
          {state.first_broken !== null && `: entry ${state.first_broken} is not as it was written`}.
          Tell whoever runs this server.
        </span>
      </p>
    );
  }
  return (
    <p className="chain">
      <Icon of={ShieldCheck} />
      <span>
        Verified: {count(state.rows, "entry", "entries")}, none changed
        {state.sealed_rows > 0 && `, ${state.sealed_rows} sealed`}.
      </span>
    </p>
  );
}
