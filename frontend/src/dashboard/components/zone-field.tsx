import { useMemo } from "react";
import { allZones, zoneOffset } from "../lib/zones";
import { ComboField, type ComboItem } from "./combo-field";

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
    <ComboField
      label={label}
      openLabel="Show zones"
      value={value}
      items={items}
      error={error}
      help={help}
      onChange={onChange}
    />
  );
}

function zoneItems(current: string): ComboItem[] {
  const now = new Date();
  return allZones(current).map((id) => ({
    id,
    name: id.replaceAll("_", " "),
    note: zoneOffset(id, now),
  }));
}
