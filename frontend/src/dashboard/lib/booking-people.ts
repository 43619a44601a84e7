interface People {
  /** Of a group session the first who is in, and how many more. */
  invitee_name: string;
  capacity: number;
}

/** Whether several people may book into it; each of them then has data of their own. */
export function isSession({ capacity }: Pick<People, "capacity">): boolean {
  return capacity > 1;
}

/** The invitee, or who is in a group session; nobody is known any more once their data is erased. */
export function whoBooked({
  invitee_name,
  erased_at = null,
}: Pick<People, "invitee_name"> & { erased_at?: string | null }): string {
  return invitee_name || (erased_at ? "Erased" : "Nobody");
}

/** For sentences: "Jonas gets an e-mail", "Everyone gets an e-mail". */
export function whoIsTold(booking: People): string {
  return isSession(booking) ? "Everyone" : firstName(booking.invitee_name);
}

/** The first word of a name. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

interface Host {
  name: string;
  is_you: boolean;
}

/** "You, Rita Sol": who serves it. Empty where that is only the user, which goes without saying. */
export function hostWords(hosts: readonly Host[]): string {
  const others = hosts.filter(({ is_you }) => !is_you).map(({ name }) => name);
  if (others.length === 0) return "";
  return (others.length < hosts.length ? ["You", ...others] : others).join(", ");
}
