import type { Reason } from "../../api/explanation";

export interface HostReasons {
  /** The host's account id; empty for what concerns no host in particular. */
  host: string;
  reasons: Reason[];
}

/**
 * Reasons by the host they concern, in the order they came; those of no host stand last. Unless
 * the hosts are told apart, all are one group.
 */
export function groupByHost(
  reasons: readonly Reason[],
  { apart }: { apart: boolean },
): HostReasons[] {
  const groups = new Map<string, Reason[]>();
  for (const reason of reasons) {
    const host = apart ? reason.host : "";
    groups.set(host, [...(groups.get(host) ?? []), reason]);
  }
  return [...groups]
    .map(([host, itsReasons]) => ({ host, reasons: itsReasons }))
    .sort((one, other) => Number(one.host === "") - Number(other.host === ""));
}
