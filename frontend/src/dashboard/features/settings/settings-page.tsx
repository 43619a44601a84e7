import { useQuery } from "@tanstack/react-query";
import { profileQuery } from "../../api/me";
import { PageHead } from "../../components/page-head";
import { LoadError, Waiting } from "../../components/states";
import { HostCode } from "./host-code";
import "./settings.css";
import { SettingsForm } from "./settings-form";

export function Component() {
  const profile = useQuery(profileQuery);
  return (
    <>
      <PageHead title="Settings" />
      {profile.isPending && <Waiting rows={8} />}
      {profile.isError && <LoadError error={profile.error} onRetry={() => profile.refetch()} />}
      {profile.data && (
        <>
          <SettingsForm profile={profile.data} />
          <div className="settings">
            <HostCode code={profile.data.id} />
          </div>
        </>
      )}
    </>
  );
}
