import { both } from "./case.ts";
import type { Case } from "./case.ts";
import { certificatesConvergence, certificatesModel, CERTIFICATE_PROTOCOL } from "./certificates.ts";
import type { CertificateBounds, CertificateRules } from "./certificates.ts";
import { gateModel, GATE_PROTOCOL } from "./gate.ts";
import type { GateBounds, GateRules } from "./gate.ts";
import { checksConvergence, checksModel } from "./health-checks/model.ts";
import { CHECK_PROTOCOL } from "./health-checks/state.ts";
import type { CheckBounds, CheckRules } from "./health-checks/state.ts";
import { LIFETIME, NAMES } from "./name-cases.ts";

const TWO_WITH_CHECKS: CheckBounds = {
  runs: 2,
  starts: 2,
  kills: 0,
  lostAnswers: 0,
  pending: 1,
  generations: 2,
  manifests: [0, 1, 2],
  symmetric: true,
  lonely: false,
};

function checks(
  id: string,
  breaks: string | undefined,
  says: string,
  rules: Partial<CheckRules>,
  bounds: Partial<CheckBounds> = {},
  size: Case["size"] = "quick",
): Case {
  const kept: CheckRules = { ...CHECK_PROTOCOL, ...rules };
  const within: CheckBounds = { ...TWO_WITH_CHECKS, ...bounds, symmetric: breaks === undefined };
  return {
    model: "health checks",
    id,
    says,
    breaks,
    kind: breaks === undefined ? "protocol" : "variant",
    size,
    check: (maxStates) => both(checksModel(kept, within), checksConvergence(kept, within), maxStates),
  };
}

const CHECKS: readonly Case[] = [
  checks("2 runs, 2 starts, with a check or without", undefined, "the protocol", {}, { manifests: [0, 2] }),
  checks("2 runs, 2 starts", undefined, "the protocol", {}, {}, "default"),
  checks("2 runs, 2 starts, 1 kill", undefined, "the protocol", {}, { kills: 1 }, "default"),
  checks(
    "2 runs, 2 starts, 1 lost answer",
    undefined,
    "the protocol",
    {},
    { lostAnswers: 1, manifests: [0, 2] },
    "default",
  ),
  checks(
    "2 runs, 2 starts, 1 kill, 1 lost answer",
    undefined,
    "the protocol",
    {},
    { kills: 1, lostAnswers: 1 },
    "deep",
  ),
  checks("H1", "I4", "one caller reference for all generations", { generations: false }, { starts: 1 }),
  checks("H2", "I2", "a condemned check is used again", { skipCondemned: false }),
  checks("H3", "I2", "the check is made before the marker is read", { markerFirst: false }),
];

function gate(
  id: string,
  breaks: string | undefined,
  says: string,
  rules: Partial<GateRules>,
  bounds: Partial<GateBounds> = {},
  size: Case["size"] = "quick",
): Case {
  const kept: GateRules = { ...GATE_PROTOCOL, ...rules };
  const within: GateBounds = { runs: 2, starts: 2, kills: 0, symmetric: breaks === undefined, ...bounds };
  return {
    model: "gate",
    id,
    says,
    breaks,
    kind: breaks === undefined ? "protocol" : "variant",
    size,
    check: (maxStates) => both(gateModel(kept, within), undefined, maxStates),
  };
}

const GATE: readonly Case[] = [
  gate("2 runs, 2 starts", undefined, "the protocol", {}),
  gate("2 runs, 3 starts, 1 kill", undefined, "the protocol", {}, { starts: 3, kills: 1 }, "default"),
  gate("3 runs, 4 starts, 1 kill", undefined, "the protocol", {}, { runs: 3, starts: 4, kills: 1 }, "default"),
  gate("3 runs, 4 starts, 2 kills", undefined, "the protocol", {}, { runs: 3, starts: 4, kills: 2 }, "deep"),
  gate("G1", "I2", "two markers, and no home", { home: false }),
  gate("G2", "I2", "a name that stands in the home marker is not registered again", { registerAlways: false }),
  gate("G3", "I2", "a name leaves the home marker without a bump of its own", { bumpBeforeLeaving: false }),
];

function certificates(
  id: string,
  breaks: string | undefined,
  says: string,
  rules: Partial<CertificateRules>,
  bounds: Partial<CertificateBounds> = {},
  size: Case["size"] = "quick",
): Case {
  const kept: CertificateRules = { ...CERTIFICATE_PROTOCOL, ...rules };
  const within: CertificateBounds = {
    runs: 2,
    starts: 2,
    kills: 1,
    lostAnswers: 1,
    symmetric: breaks === undefined,
    lonely: false,
    ...bounds,
  };
  return {
    model: "certificates",
    id,
    says,
    breaks,
    kind: breaks === undefined ? "protocol" : "variant",
    size,
    check: (maxStates) => both(certificatesModel(kept, within), certificatesConvergence(kept, within), maxStates),
  };
}

const CERTIFICATES: readonly Case[] = [
  certificates("2 runs, 2 starts, 1 kill, 1 lost answer", undefined, "the protocol", {}),
  certificates(
    "2 runs, 4 starts, 2 kills, 2 lost answers",
    undefined,
    "the protocol",
    {},
    { starts: 4, kills: 2, lostAnswers: 2 },
    "default",
  ),
  certificates(
    "3 runs, 3 starts, 1 kill, 1 lost answer",
    undefined,
    "the protocol",
    {},
    { runs: 3, starts: 3 },
    "default",
  ),
  certificates(
    "3 runs, 4 starts, 1 kill, 1 lost answer",
    undefined,
    "the protocol",
    {},
    { runs: 3, starts: 4 },
    "deep",
  ),
  {
    ...certificates("C1", "I2", "ACM learns late that a certificate is in use", { acmRefuses: false }),
    kind: "assumption",
  },
  certificates("C2", "I2", "a validation record goes with its certificate", { keepsRecords: false }),
  certificates("C3", "I3", "a refused deletion is taken for done", { waitsForRefusal: false }),
];

export const CASES: readonly Case[] = [...NAMES, ...LIFETIME, ...CHECKS, ...GATE, ...CERTIFICATES];
