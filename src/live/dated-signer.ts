import { SIGNED_AT_HEADER } from "../cloud/signature.ts";

/** The part of the SDK's `HttpRequest` that matters. */
interface SignableRequest {
  readonly headers: Readonly<Record<string, string>>;
}

/** The SDK's SignatureV4; `signingDate` becomes X-Amz-Date. */
interface Signer {
  sign(request: SignableRequest, options: { readonly signingDate?: Date }): Promise<unknown>;
}

/** Of an SDK client, once it has been made. */
export interface SignerConfig {
  signer: (authScheme: unknown) => Promise<Signer>;
}

/**
 * Makes a client sign a request with the date that its header `SIGNED_AT_HEADER` gives. All others are signed as ever,
 * with the time at which they are sent, corrected by what the SDK has learnt of AWS's clock. `told`: the header goes
 * along, to an AWS that is not the real one.
 */
export function datedSigner(config: SignerConfig, told: boolean): void {
  const original = config.signer;
  config.signer = async (authScheme) => {
    const signer = await original(authScheme);
    return {
      sign(request, options) {
        const { [SIGNED_AT_HEADER]: date, ...headers } = request.headers;
        if (date === undefined) return signer.sign(request, options);
        const signed = told ? request : { ...request, headers };
        return signer.sign(signed, { ...options, signingDate: new Date(Number(date)) });
      },
    };
  };
}
