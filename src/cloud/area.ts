import type { Region, Service } from "./call.ts";

/** The key in `Account.unseen` of what one service holds in one Region, such as `acm/eu-west-1`. */
export function area(service: Service, region: Region): string {
  return `${service}/${region}`;
}
