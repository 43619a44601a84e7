import { configure } from "@testing-library/dom";

// Waited for is a condition, not a time: a busy machine needs more than the usual second.
configure({ asyncUtilTimeout: 10_000 });
