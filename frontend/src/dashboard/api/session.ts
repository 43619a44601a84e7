import { request } from "./client";
import { ApiProblem } from "./problem";

const BASE = "/_allauth/browser/v1/auth";

export interface SignUp {
  name: string;
  email: string;
  password: string;
  timezone: string;
  slug: string;
}

interface Flow {
  id: string;
  is_pending?: boolean;
}

/** What has to happen before a session exists; `null` means that it exists now. */
export type PendingStep = "verify_email" | "mfa_authenticate" | "other" | null;

export const signUp = (body: SignUp) => startSession(`${BASE}/signup`, body);

export const signIn = (body: { email: string; password: string }) =>
  startSession(`${BASE}/login`, body);

export async function signOut(): Promise<void> {
  // allauth answers 401 to say that there is no session any more: that is the success here.
  await acceptSignedOut(request("DELETE", `${BASE}/session`));
}

export async function requestPasswordReset(email: string): Promise<void> {
  await request("POST", `${BASE}/password/request`, { body: { email } });
}

/** Throws an ApiProblem when the key of a reset link is unknown, used or expired. */
export async function checkResetKey(key: string): Promise<void> {
  await request("GET", `${BASE}/password/reset`, { headers: { "X-Password-Reset-Key": key } });
}

export async function resetPassword(key: string, password: string): Promise<void> {
  await acceptSignedOut(request("POST", `${BASE}/password/reset`, { body: { key, password } }));
}

export async function verifyEmail(key: string): Promise<void> {
  await acceptSignedOut(request("POST", `${BASE}/email/verify`, { body: { key } }));
}

/** Sends the link of `/verify-email/<key>` again; refused when one is on its way. */
export async function sendVerification(email: string): Promise<void> {
  await request("PUT", "/_allauth/browser/v1/account/email", { body: { email } });
}

async function startSession(path: string, body: unknown): Promise<PendingStep> {
  try {
    await request("POST", path, { body });
    return null;
  } catch (error) {
    const step = pendingStep(error);
    if (step) return step;
    throw error;
  }
}

function pendingStep(error: unknown): PendingStep {
  if (!(error instanceof ApiProblem) || error.status !== 401) return null;
  const data = error.extra.data as { flows?: Flow[] } | undefined;
  const pending = data?.flows?.find((flow) => flow.is_pending);
  if (!pending) return null;
  return pending.id === "verify_email" || pending.id === "mfa_authenticate" ? pending.id : "other";
}

async function acceptSignedOut(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return;
    throw error;
  }
}
