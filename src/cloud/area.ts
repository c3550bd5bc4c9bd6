import type { Region, Service } from "./call.ts";

/** The key in `Account.unseen` of what one service holds in one Region, such as `acm/eu-west-1`, or in one hosted zone, such as `route53/Z1D633PJN98FT9`. */
export function area(service: Service, place: Region): string {
  return `${service}/${place}`;
}
