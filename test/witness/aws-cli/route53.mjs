// Route 53 in the AWS CLI's words.

const record = (name, type, value, more = {}) => ({
  Name: name,
  Type: type,
  TTL: 60,
  ResourceRecords: [{ Value: value }],
  ...more,
});
const batch = (...changes) => ({ Changes: changes.map(([Action, ResourceRecordSet]) => ({ Action, ResourceRecordSet })) });

/** Zones: made, found, told, deleted. Gives the id of one that stays. */
export async function zones(bench, aws) {
  const ids = [];
  for (const name of ["cli.example.com", "second.example.com", "third.example.com"]) {
    const made = await aws.ok("route53:CreateHostedZone", "--name", name, "--caller-reference", `ref-${name}`);
    ids.push(made?.HostedZone.Id);
  }
  await aws.refused("route53:CreateHostedZone", "HostedZoneAlreadyExists", "--name", "x.example", "--caller-reference", "ref-cli.example.com");
  const seen = await aws.ok("route53:GetHostedZone", "--id", ids[0]);
  bench.check("a zone has four name servers", seen?.DelegationSet.NameServers.length === 4, JSON.stringify(seen));
  const count = await aws.ok("route53:GetHostedZoneCount");
  bench.check("three zones are counted", count?.HostedZoneCount === 3, JSON.stringify(count));

  const paged = await aws.ok("route53:ListHostedZones", "--page-size", "1");
  bench.check("--page-size reads on to the end", paged?.HostedZones.length === 3, JSON.stringify(paged));
  const part = await aws.ok("route53:ListHostedZones", "--max-items", "2");
  bench.check("--max-items stops", part?.HostedZones.length === 2 && part.NextToken !== undefined, JSON.stringify(part));
  const rest = await aws.ok("route53:ListHostedZones", "--max-items", "2", "--starting-token", part?.NextToken ?? "");
  bench.check("--starting-token goes on there", [...(part?.HostedZones ?? []), ...(rest?.HostedZones ?? [])].map(({ Id }) => Id).toSorted().join() === ids.toSorted().join(), JSON.stringify(rest));
  const byName = await aws.ok("route53:ListHostedZonesByName", "--dns-name", "second.example.com", "--max-items", "1");
  bench.check("a zone is found by its name", byName?.HostedZones[0]?.Name === "second.example.com.", JSON.stringify(byName));

  const said = await aws.ok("route53:UpdateHostedZoneComment", "--id", ids[0], "--comment", "by the CLI");
  bench.check("a comment is kept", said?.HostedZone.Config.Comment === "by the CLI", JSON.stringify(said));
  await aws.ok("route53:GetDNSSEC", "--hosted-zone-id", ids[0]);
  const limit = await aws.ok("route53:GetHostedZoneLimit", "--type", "MAX_RRSETS_BY_ZONE", "--hosted-zone-id", ids[0]);
  bench.check("a zone's limit is told", limit?.Limit.Value === 10_000 && limit.Count === 2, JSON.stringify(limit));
  await aws.ok("route53:DeleteHostedZone", "--id", ids[2]);
  await aws.refused("route53:GetHostedZone", "NoSuchHostedZone", "--id", ids[2]);
  return ids[0];
}

/** Record sets: changed, waited for, listed, asked for, refused. */
export async function records(bench, aws, zone) {
  const change = ["--hosted-zone-id", zone, "--change-batch"];
  const many = Array.from({ length: 12 }, (_, index) =>
    record("many.cli.example.com.", "A", `192.0.2.${index}`, { SetIdentifier: `id${index}`, Weight: index }),
  );
  const made = await aws.ok("route53:ChangeResourceRecordSets", ...change, batch(
    ["CREATE", record("\\052.cli.example.com", "TXT", '"a \\"quoted\\" <text>"')],
    ...many.map((each) => ["CREATE", each]),
  ));
  await aws.waits("route53", "resource-record-sets-changed", "--id", made?.ChangeInfo.Id ?? "");
  const state = await aws.ok("route53:GetChange", "--id", made?.ChangeInfo.Id ?? "");
  bench.check("the change is INSYNC", state?.ChangeInfo.Status === "INSYNC", JSON.stringify(state));

  const list = (...args) => aws.ok("route53:ListResourceRecordSets", "--hosted-zone-id", zone, ...args);
  const listed = (await list("--page-size", "5"))?.ResourceRecordSets ?? [];
  const txt = listed.find(({ Type }) => Type === "TXT");
  bench.check("text and wildcards come back as given", txt?.Name === "\\052.cli.example.com." && txt.ResourceRecords[0].Value === '"a \\"quoted\\" <text>"', JSON.stringify(txt));
  bench.check("pages end within one name and go on there", listed.filter(({ Weight }) => Weight !== undefined).length === 12 && listed.length === 15, JSON.stringify(listed));
  const first = await list("--max-items", "7");
  const then = await list("--starting-token", first?.NextToken ?? "");
  bench.check("--starting-token goes on within a name", JSON.stringify([...(first?.ResourceRecordSets ?? []), ...(then?.ResourceRecordSets ?? [])]) === JSON.stringify(listed), JSON.stringify(then));
  const told = await aws.ok("route53:TestDNSAnswer", "--hosted-zone-id", zone, "--record-name", "x.cli.example.com", "--record-type", "TXT");
  bench.check("a name server's answer is told", told?.ResponseCode === "NOERROR" && told.RecordData.length === 1, JSON.stringify(told));

  const wrong = async (code, ...changes) => aws.refused("route53:ChangeResourceRecordSets", code, ...change, batch(...changes));
  await wrong("InvalidChangeBatch", ["DELETE", record("nothing.cli.example.com", "A", "192.0.2.1")]);
  await wrong("InvalidChangeBatch", ["CREATE", many[0]], ["CREATE", record("x.elsewhere.org", "A", "192.0.2.1")]);
  await wrong("InvalidInput", ["CREATE", { Name: "x.cli.example.com", Type: "A", TTL: 1 }]);
  const { stderr } = await aws.invoke("route53:ChangeResourceRecordSets", [...change, batch(["CREATE", many[0]])]);
  bench.check("the CLI shows the messages of a batch", stderr.includes("[Tried to create resource record set") && stderr.includes("but it already exists]"), stderr);
  await aws.refused("route53:DeleteHostedZone", "HostedZoneNotEmpty", "--id", zone);
  await aws.refused("route53:GetChange", "NoSuchChange", "--id", "CNOTTHERE");
}

/** Health checks: made, changed, looked at, deleted. Gives the id of one that stays. */
export async function healthChecks(bench, aws) {
  const config = { Type: "HTTPS", FullyQualifiedDomainName: "api.example.com", ResourcePath: "/a?b=<c>&d", RequestInterval: 10, FailureThreshold: 2 };
  const create = ["--caller-reference", "cli-1", "--health-check-config"];
  const made = await aws.ok("route53:CreateHealthCheck", ...create, config);
  const id = made?.HealthCheck.Id ?? "";
  bench.check("its settings come back", made?.HealthCheck.HealthCheckConfig.ResourcePath === config.ResourcePath, JSON.stringify(made));
  await aws.refused("route53:CreateHealthCheck", "HealthCheckAlreadyExists", ...create, { ...config, Port: 8443 });
  await aws.refused("route53:CreateHealthCheck", "InvalidInput", "--caller-reference", "cli-2", "--health-check-config", { Type: "HTTP" });
  const of = ["--health-check-id", id];
  const updated = await aws.ok("route53:UpdateHealthCheck", ...of, "--health-check-version", "1", "--failure-threshold", "4", "--disabled");
  bench.check("an update has its version", updated?.HealthCheck.HealthCheckVersion === 2, JSON.stringify(updated));
  await aws.refused("route53:UpdateHealthCheck", "HealthCheckVersionMismatch", ...of, "--health-check-version", "1", "--no-disabled");
  await aws.ok("route53:GetHealthCheck", ...of);
  await aws.ok("route53:GetHealthCheckStatus", ...of);
  await aws.ok("route53:GetHealthCheckLastFailureReason", ...of);
  const second = await aws.ok("route53:CreateHealthCheck", "--caller-reference", "cli-3", "--health-check-config", { Type: "TCP", IPAddress: "192.0.2.1", Port: 53 });
  const listed = await aws.ok("route53:ListHealthChecks", "--page-size", "1");
  bench.check("all checks are listed, page by page", listed?.HealthChecks.length === 2, JSON.stringify(listed));
  const count = await aws.ok("route53:GetHealthCheckCount");
  bench.check("two checks are counted", count?.HealthCheckCount === 2, JSON.stringify(count));
  await aws.ok("route53:DeleteHealthCheck", "--health-check-id", second?.HealthCheck.Id ?? "");
  await aws.refused("route53:GetHealthCheck", "NoSuchHealthCheck", "--health-check-id", second?.HealthCheck.Id ?? "");
  return id;
}

/** Tags, limits and who is asking. */
export async function account(bench, aws, healthCheck) {
  const resource = ["--resource-type", "healthcheck", "--resource-id", healthCheck];
  await aws.ok("route53:ChangeTagsForResource", ...resource, "--add-tags", "Key=team,Value=cli", "Key=gone,Value=1");
  await aws.ok("route53:ChangeTagsForResource", ...resource, "--remove-tag-keys", "gone");
  const tags = await aws.ok("route53:ListTagsForResource", ...resource);
  bench.check("tags come back", JSON.stringify(tags?.ResourceTagSet.Tags) === '[{"Key":"team","Value":"cli"}]', JSON.stringify(tags));
  await aws.ok("route53:ListTagsForResources", "--resource-type", "healthcheck", "--resource-ids", healthCheck);
  const limit = await aws.ok("route53:GetAccountLimit", "--type", "MAX_HEALTH_CHECKS_BY_OWNER");
  bench.check("an account's limit is told", limit?.Limit.Value === 200 && limit.Count === 1, JSON.stringify(limit));
  await aws.ok("route53:GetCheckerIpRanges");
  const caller = await aws.ok("sts:GetCallerIdentity");
  bench.check("the access key is the account", caller?.Account === "200000000003", JSON.stringify(caller));
  const role = "arn:aws:iam::200000000004:role/witness";
  const taken = await aws.ok("sts:AssumeRole", "--role-arn", role, "--role-session-name", "cli");
  bench.check("a role gives credentials", (taken?.Credentials.SessionToken.length ?? 0) > 0, JSON.stringify(taken));
  await aws.refused("sts:AssumeRole", "ValidationError", "--role-arn", "arn:aws:iam::200000000004:user/witness", "--role-session-name", "cli");
  await aws.refused("route53:ListTrafficPolicies", "NotEmulated");
}
