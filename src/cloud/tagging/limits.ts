import { HOUR, MINUTE, SECOND } from "../instant.ts";

export const TAGGING_TIMES = {
  /**
   * From a change of tags until GetResources shows it. The service gathers tags from the others, which takes a while
   * (Resource Groups Tagging API reference, "GetResources"; AWS calls it eventually consistent, checked 2026-11-23).
   */
  // Assumed: the figure; AWS names none.
  shownAfter: 30 * SECOND,
  /** After this a reader may rely on GetResources. */
  // Assumed: the figure, generously.
  settledWithin: HOUR,
  /** Source: Resource Groups Tagging API reference "PaginationTokenExpiredException", checked 2026-11-23. */
  tokenValid: 15 * MINUTE,
} as const;

/** Source: Resource Groups Tagging API reference "GetResources" (ResourcesPerPage), checked 2026-11-23. */
export const RESOURCES_PER_PAGE_MAX = 100;
