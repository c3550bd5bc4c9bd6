import type { Outlook, QuotaUse } from "../plan/outlook.ts";
import { count } from "./words.ts";

/** What a plan means for quotas and for the bill. Lines. */
export function outlookLines({ quotas, monthlyCost }: Outlook): readonly string[] {
  const several = new Set(quotas.map(({ account }) => account)).size > 1;
  const uses = fullest(quotas).map(
    (each) => `${use(each)}${several && each.region === "" ? ` in account ${each.account}` : ""}`,
  );
  const lines = uses.length === 0 ? [] : [`Quotas: ${uses.join("; ")}`];
  if (monthlyCost.before === 0 && monthlyCost.after === 0) return lines;
  const before = monthlyCost.before === monthlyCost.after ? "" : `${dollars(monthlyCost.before)} → `;
  return [...lines, `Health checks cost about ${before}${dollars(monthlyCost.after)} a month`];
}

interface Fullest extends QuotaUse {
  /** Regions that are not said: they have more room. */
  readonly others: number;
}

const sort = ({ what, account }: QuotaUse): string => `${what} ${account}`;

/** Of each sort, in each account, the Region that comes nearest to its quota. */
function fullest(quotas: readonly QuotaUse[]): readonly Fullest[] {
  return [...new Set(quotas.map(sort))].map((one) => {
    const [first, ...others] = quotas.filter((each) => sort(each) === one).toSorted((a, b) => b.peak - a.peak);
    if (first === undefined) throw new Error(`no use of ${one}`);
    return { ...first, others: others.length };
  });
}

/** The peak where it is above both ends. */
function use({ what, region, now, peak, after, quota, others }: Fullest): string {
  const over = peak > Math.max(now, after) ? ` (${peak} on the way)` : "";
  const more = others === 0 ? "" : ` and ${count(others, "other Region")}`;
  return `${what} ${now} → ${after}${over} of ${quota}${region === "" ? "" : ` in ${region}${more}`}`;
}

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
