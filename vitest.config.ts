import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Noisy machines: no test is judged by its time.
    testTimeout: 300_000,
    include: ["test/**/*.test.ts"],
    // What needs more than Node (moto, the AWS CLI, Terraform) lives in test/witness and is run by name.
    exclude: ["test/witness/**", "**/node_modules/**"],
    // Tests keep no state in modules, so files may share a worker: three times faster.
    isolate: false,
    // As Node does it: the default of a CommonJS module is its module.exports.
    deps: { interopDefault: false },
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", NO_COLOR: "1" },
  },
});
