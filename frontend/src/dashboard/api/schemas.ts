import type { components } from "../../shared/api/schema.gen";

/** The API's own shapes, generated from its OpenAPI document. */
export type Schemas = components["schemas"];
