import { Link2 } from "lucide-react";
import { readInit } from "../../api/init";
import { useMe } from "../../api/me";
import { Button } from "../../components/button";
import { Icon } from "../../components/icon";
import { showToast } from "../../components/toast";
import { copyText } from "../../lib/copy-text";
import { plainAddress } from "../../lib/words";

/** The organizer's own page, to share. */
export function CopyPageLink() {
  const me = useMe();
  const url = `${readInit().base_url}/${me.slug}`;
  return (
    <Button
      onClick={async () => {
        const copied = await copyText(url);
        showToast({ text: copied ? "Link copied." : `Your page is ${plainAddress(url)}` });
      }}
    >
      <Icon of={Link2} />
      Copy link
    </Button>
  );
}
