import { useQueryClient } from "@tanstack/react-query";
import { ChevronsUpDown, ExternalLink, LogOut } from "lucide-react";
import { readInit } from "../api/init";
import { meQuery, useMe } from "../api/me";
import { messageOf } from "../api/problem";
import { signOut } from "../api/session";
import { Icon } from "../components/icon";
import { showToast } from "../components/toast";
import { initials, plainAddress } from "../lib/words";

/** Who is signed in, their public page, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const leave = useSignOut();
  const page = `${readInit().base_url}/${me.slug}`;
  return (
    <>
      <button type="button" className="me" popoverTarget="account">
        <span className="face" aria-hidden="true">
          {initials(me.name)}
        </span>
        <span>
          {me.name}
          <small>{plainAddress(page)}</small>
        </span>
        <Icon of={ChevronsUpDown} />
      </button>
      <div id="account" className="me-pop" popover="auto">
        <a href={`/${me.slug}`} target="_blank" rel="noreferrer">
          <Icon of={ExternalLink} />
          Open your page
        </a>
        <button type="button" onClick={leave}>
          <Icon of={LogOut} />
          Sign out
        </button>
      </div>
    </>
  );
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    try {
      await signOut();
    } catch (error) {
      showToast({ text: messageOf(error) });
      return;
    }
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== meQuery.queryKey[0] });
    client.setQueryData(meQuery.queryKey, null);
  };
}
