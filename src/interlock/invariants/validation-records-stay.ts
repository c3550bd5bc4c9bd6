import type { Call } from "../../cloud/call.ts";
import type { Certificate } from "../../cloud/cloud.ts";
import { provedBy } from "../../cloud/acm/validation.ts";
import { display, domainName, wildcardBase } from "../../dns/domain-name.ts";
import { batchOf, takenBy } from "../batch.ts";
import type { Invariant } from "../invariant.ts";
import type { Reachable } from "../reachable.ts";

/**
 * The CNAME that proves a name to ACM stays as long as a certificate needs it: ACM renews only while it stands.
 * Source: ACM guide, "Managed certificate renewal", "Renewing certificates validated by DNS", checked 2026-11-23.
 */
export const validationRecordsStay = {
  code: "VALIDATION_RECORD_LOST",
  allows(call: Call, at: Reachable) {
    const batch = batchOf(call);
    for (const record of batch === undefined ? [] : takenBy(batch)) {
      const proved = provedBy(record);
      const needing =
        proved === undefined
          ? undefined
          : certificatesIn(at).find(({ domains }) => domains.some((domain) => wildcardBase(domain) === proved));
      if (proved === undefined || needing === undefined) continue;
      return [
        {
          code: "VALIDATION_RECORD_LOST",
          name: proved,
          viewpoint: undefined,
          message: `The record ${display(domainName(record.Name))} would go, by which ACM renews the certificate ${needing.arn} of ${display(proved)}.`,
          help: "Validation records stay while a certificate has the name.",
        },
      ];
    }
    return [];
  },
} satisfies Invariant;

const certificatesIn = ({ cloud }: Reachable): readonly Certificate[] =>
  [...cloud.accounts].flatMap(({ regions }) => [...regions].flatMap(({ certificates }) => [...certificates]));
