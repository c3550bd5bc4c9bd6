import { test } from "vitest";
import { live, worldWhere, refusal } from "./estates.ts";
import { ACCOUNT, RETIRE, reconcile } from "../world/world.ts";
import { storefront, withApi } from "../world/storefront.ts";
test("x", async () => {
    const into = worldWhere(live, (call, _send, at) => {
      if (call.operation === "GetDomainName")
        at.emulator.call({
          account: ACCOUNT,
          region: call.region,
          service: "apigateway",
          operation: "UpdateDomainName",
          input: { domainName: "shop.example.com", patchOperations: [{ op: "replace", path: "/securityPolicy", value: "TLS_1_0" }, { op: "replace", path: "/endpointConfiguration/ipAddressType", value: "dualstack" }] },
        });
      return undefined;
    });
  const done = await reconcile(into, withApi({ securityPolicy: "TLS_1_0", ipAddressType: "dualstack" }), { lift: ["updatePercent"] });
  console.log(done.events.map((e) => JSON.stringify(e).slice(0, 320)).join("\n"));
  const two = worldWhere(live, (call) => call.operation === "DeleteCertificate" ? refusal("ResourceInUseException"): undefined);
  const d = await reconcile(two, storefront, RETIRE);
  console.log([...new Set(d.events.filter((e) => e.type === "step" ).map((e) => e.state + e.why))]);
});
