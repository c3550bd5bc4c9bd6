import type { Invariant } from "./invariant.ts";
import { aliasTargetExists } from "./invariants/alias-target-exists.ts";
import { certificateCoversHost } from "./invariants/certificate-covers-host.ts";
import { nameKeepsAnswering } from "./invariants/name-keeps-answering.ts";

export const invariants: readonly Invariant[] = [
  nameKeepsAnswering, // a name that answers goes on answering
  aliasTargetExists, // no answer, current or held, leads nowhere
  certificateCoversHost, // and none leads to a certificate that is not for it
];
