import type { Cloud } from "../cloud/cloud.ts";
import type { Instant } from "../cloud/instant.ts";

/** What the Cloud was, for a while. */
export interface RecentClouds {
  add(cloud: Cloud): void;
  /** As it was at `at`, or the oldest that is remembered. */
  at(at: Instant): Cloud;
}

const REMEMBERED = 1_024;

/** Clouds share what did not change between them, so a thousand cost little more than one. */
export function recentClouds(first: Cloud): RecentClouds {
  let clouds: readonly Cloud[] = [first];
  return {
    add(cloud) {
      clouds = [...clouds.slice(1 - REMEMBERED), cloud];
    },
    at: (at) => clouds.findLast((cloud) => cloud.now <= at) ?? clouds[0] ?? first,
  };
}
