import type { Call } from "../../cloud/call.ts";
import type { ApiDomain } from "../../cloud/cloud.ts";
import { accountOf } from "../../cloud/edit.ts";
import { display } from "../../dns/domain-name.ts";
import { textIn } from "../batch.ts";
import type { Invariant } from "../invariant.ts";
import type { Reachable } from "../reachable.ts";

/**
 * No certificate is deleted that an API Gateway domain presents.
 * Source: ACM API reference, DeleteCertificate (a certificate in use cannot be deleted), checked 2026-11-23.
 */
export const certificateInUseStays = {
  code: "CERTIFICATE_IN_USE",
  allows(call: Call, at: Reachable) {
    if (call.operation !== "DeleteCertificate") return [];
    const arn = textIn(call, "CertificateArn");
    const presents = ({ regionalCertificateArn, edge }: ApiDomain): boolean =>
      regionalCertificateArn === arn || edge?.certificateArn === arn;
    const user =
      arn === undefined
        ? undefined
        : [...accountOf(at.cloud, call.account).regions].flatMap(({ domains }) => [...domains]).find(presents);
    if (user === undefined) return [];
    return [
      {
        code: "CERTIFICATE_IN_USE",
        name: user.name,
        viewpoint: call.region,
        message: `The certificate ${arn} would be deleted while ${display(user.name)} in ${call.region} presents it.`,
        help: "Another certificate must be bound there first, or the domain must go.",
      },
    ];
  },
} satisfies Invariant;
