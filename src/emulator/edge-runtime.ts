/**
 * What code of a CloudFront function finds around it in runtime 2.0, as source that is run in its sandbox: `console`,
 * `Buffer`, and `require` of the built-in modules. The script is a function of the bridge, by which texts (and nothing
 * else) go out for what cannot be computed inside: bytes travel as texts of one character a byte.
 * Source: CloudFront guide "JavaScript runtime 2.0 features for CloudFront Functions", checked 2026-11-24.
 */
export const EDGE_RUNTIME = `(function (bridge, key) {
  'use strict';
  const ask = (what, ...texts) => {
    const answer = bridge(what, ...texts.map(String));
    if (answer.startsWith('!')) throw new Error(answer.slice(1));
    return answer.slice(1);
  };
  const logs = [];
  const shown = (value) => (typeof value === 'string' ? value : value instanceof Error ? String(value) : JSON.stringify(value) || String(value));
  const log = (...values) => void logs.push(values.map(shown).join(' '));
  globalThis.console = { log, error: log, warn: log, info: log, debug: log };

  const binary = (bytes) => { let text = ''; for (const byte of bytes) text += String.fromCharCode(byte); return text; };
  class Buffer extends Uint8Array {
    static from(value, encoding = 'utf8') {
      if (typeof value !== 'string') return super.from(value);
      return super.from(ask('decode', value, encoding), (char) => char.charCodeAt(0));
    }
    static alloc(size) { return new Buffer(size); }
    static isBuffer(value) { return value instanceof Buffer; }
    static byteLength(text, encoding) { return Buffer.from(text, encoding).length; }
    static concat(list) { return Buffer.from(list.flatMap((each) => Array.from(each))); }
    equals(other) { return binary(this) === binary(other); }
    toString(encoding = 'utf8') { return ask('encode', binary(this), encoding); }
  }
  globalThis.Buffer = Buffer;

  const bytesOf = (value) => binary(typeof value === 'string' ? Buffer.from(value) : value);
  const digester = (algorithm, secret) => {
    let data = '';
    return {
      update(value, encoding) { data += binary(typeof value === 'string' ? Buffer.from(value, encoding) : value); return this; },
      digest(encoding) {
        const bytes = Buffer.from(ask('digest', algorithm, data, ...(secret === undefined ? [] : [secret])), 'latin1');
        return encoding === undefined ? bytes : bytes.toString(encoding);
      },
    };
  };
  const crypto = {
    createHash: (algorithm) => digester(algorithm),
    createHmac: (algorithm, secret) => digester(algorithm, bytesOf(secret)),
  };

  const querystring = {
    escape: encodeURIComponent,
    unescape: decodeURIComponent,
    parse(text, separator = '&', equals = '=') {
      const found = {};
      for (const part of text.split(separator)) {
        if (part === '') continue;
        const [name, ...rest] = part.split(equals).map((each) => each.replace(/\\+/g, ' '));
        const at = decodeURIComponent(name);
        const value = decodeURIComponent(rest.join(equals));
        found[at] = at in found ? [].concat(found[at], value) : value;
      }
      return found;
    },
    stringify(values, separator = '&', equals = '=') {
      return Object.keys(values)
        .flatMap((name) => [].concat(values[name]).map((value) => encodeURIComponent(name) + equals + encodeURIComponent(value)))
        .join(separator);
    },
  };

  const notHere = (name) => () => { throw new Error(name + ' of the cloudfront module is not modelled'); };
  const cloudfront = Object.fromEntries(
    ['kvs', 'updateRequestOrigin', 'selectRequestOriginById', 'createRequestOriginGroup'].map((name) => [name, notHere(name)]),
  );
  const modules = { buffer: { Buffer }, crypto, querystring, cloudfront };
  globalThis.require = (name) => {
    if (!Object.hasOwn(modules, name)) throw new Error('Cannot find module "' + name + '"');
    return modules[name];
  };
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef', 'escape', 'unescape']) delete globalThis[name];

  const outcome = {};
  const words = (error) => (error instanceof Error || (error && error.message) ? String(error.name || 'Error') + ': ' + String(error.message) : String(error));
  Object.defineProperty(globalThis, key, {
    value: {
      failed(error) { outcome.error = words(error); },
      run(handle, event) {
        const done = (returned) => { outcome.settled = true; outcome.returned = returned; };
        const failed = (error) => { outcome.settled = true; outcome.error = words(error); };
        try {
          const returned = handle(JSON.parse(event));
          if (returned && typeof returned.then === 'function') returned.then(done, failed);
          else done(returned);
        } catch (error) { failed(error); }
      },
      told: () => JSON.stringify({ ...outcome, logs }),
    },
  });
})`;
