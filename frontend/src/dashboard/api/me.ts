import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { request } from "./client";
import type { Schemas } from "./schemas";

export type Profile = Required<Schemas["Account"]>;
export type ProfileChanges = Schemas["PatchedProfileRequest"];

/** What the page itself tells about its user: enough for every screen but the settings. */
export type Me = Pick<
  Profile,
  "id" | "email" | "name" | "slug" | "timezone" | "locale" | "week_start"
>;

const PATH = "/api/v1/users/me/";

/** `null` when nobody is signed in. Starts from what the server wrote into the page. */
export const meQuery = queryOptions<Me | null>({
  queryKey: ["me"],
  queryFn: ({ signal }) => request<Profile>("GET", PATH, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const profileQuery = queryOptions({
  queryKey: ["profile"],
  queryFn: ({ signal }) => request<Profile>("GET", PATH, { signal }),
});

export const MeContext = createContext<Me | null>(null);

/** The signed-in organizer; every screen below the sign-in guard has one. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe needs the sign-in guard above it");
  return me;
}

export function useUpdateProfile() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: ProfileChanges) => request<Profile>("PATCH", PATH, { body: changes }),
    onSuccess: (profile) => {
      client.setQueryData(profileQuery.queryKey, profile);
      client.setQueryData(meQuery.queryKey, profile);
    },
  });
}
