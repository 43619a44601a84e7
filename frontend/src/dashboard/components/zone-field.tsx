import { ChevronDown } from "lucide-react";
import { useMemo } from "react";
import {
  Button,
  ComboBox,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { allZones, zoneOffset } from "../lib/zones";
import { Hint } from "./field";
import { Icon } from "./icon";

/** Type a city, choose a zone; shows today's offset beside each name. */
export function ZoneField({
  label,
  value,
  error,
  help,
  onChange,
}: {
  label: string;
  value: string;
  error?: string | undefined;
  help?: string;
  onChange: (zone: string) => void;
}) {
  const items = useMemo(() => zoneItems(value), [value]);
  return (
    <ComboBox
      className="field"
      menuTrigger="focus"
      defaultItems={items}
      selectedKey={value}
      isInvalid={Boolean(error)}
      defaultFilter={matchesZone}
      onSelectionChange={(key) => {
        if (key) onChange(String(key));
      }}
    >
      <Label className="label">{label}</Label>
      <div className="combo">
        <Input className="input" autoComplete="off" />
        <Button className="combo-open" aria-label="Show zones">
          <Icon of={ChevronDown} />
        </Button>
      </div>
      <Text slot="description">
        <Hint id="" error={error}>
          {help}
        </Hint>
      </Text>
      <Popover className="pop zones" offset={4}>
        <ListBox>
          {(zone: ZoneItem) => (
            <ListBoxItem id={zone.id} className="pop-item" textValue={zone.name}>
              {zone.name}
              <small>{zone.offset}</small>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

interface ZoneItem {
  id: string;
  name: string;
  offset: string;
}

function zoneItems(current: string): ZoneItem[] {
  const now = new Date();
  return allZones(current).map((id) => ({
    id,
    name: id.replaceAll("_", " "),
    offset: zoneOffset(id, now),
  }));
}

function matchesZone(text: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase().replaceAll("_", " ");
  return text.toLowerCase().includes(wanted);
}
