// CloudFront function, viewer-request, runtime cloudfront-js-2.0.
//
// Serves a static site's directories from an origin that knows only objects: /docs/ becomes /docs/index.html. The URI is
// changed for the origin and the cache only; what the viewer sees, and the query string, stay as they are.

// true: /docs becomes /docs/index.html too. A link in that page that is relative then leads one level too high; put
// trailing-slash-redirect.js in front if that matters.
const EXTENSIONLESS = false;

const INDEX = "index.html";
// Below this path names have no extension and are files all the same (RFC 8615).
const WELL_KNOWN = "/.well-known/";

function handler(event) {
  const request = event.request;
  const uri = request.uri;
  if (uri.endsWith("/")) {
    request.uri = uri + INDEX;
  } else if (EXTENSIONLESS && !uri.startsWith(WELL_KNOWN) && !hasExtension(uri)) {
    request.uri = uri + "/" + INDEX;
  }
  return request;
}

// Only the last segment counts: directories may have dots (/v1.2/docs). An extension has a letter (.html, .mp4, .7z),
// so that /v1.2 is a directory; a dot at the front is no extension (/.git).
function hasExtension(uri) {
  const name = uri.slice(uri.lastIndexOf("/") + 1).replace(/%2e/gi, ".");
  return /[^.]\.[a-z0-9]*[a-z][a-z0-9]*$/i.test(name);
}
