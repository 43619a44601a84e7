/**
 * Texts of the page's script. The server inlines one locale's table into the page, so that no
 * visitor downloads another's; its keys are typed from the English catalogue.
 */
import type catalogue from "../../../backend/apps/events/pages/messages/en.json";

export type MessageTable = (typeof catalogue)["script"];
export type MessageKey = keyof MessageTable;
/** Messages with a plural form per `Intl.PluralRules` category, named without the category. */
export type PluralKey = {
  [Key in MessageKey]: Key extends `${infer Base}_other` ? Base : never;
}[MessageKey];

export type Params = Record<string, string | number>;

export interface Translate {
  (key: MessageKey, params?: Params): string;
  /** The form of `key` that `count` takes in this locale, with `{count}` in its digits. */
  plural(key: PluralKey, count: number, params?: Params): string;
}

const fill = (message: string, params: Params): string =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

export function translator(table: Record<string, string>, locale: string): Translate {
  const rules = new Intl.PluralRules(locale);
  const digits = new Intl.NumberFormat(locale);
  const translate = (key: MessageKey, params: Params = {}) => fill(table[key] ?? key, params);
  const plural = (key: PluralKey, count: number, params: Params = {}) => {
    const form = table[`${key}_${rules.select(count)}`] ?? table[`${key}_other`] ?? key;
    return fill(form, { ...params, count: digits.format(count) });
  };
  return Object.assign(translate, { plural });
}
